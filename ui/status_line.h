// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo.h"

#include <QPoint>
#include <QStatusBar>

#include <string>

class QLabel;

namespace limpid::ui {

class ElidedLabel;

/// The line at the bottom: file, size, pointer, zoom, device.
class StatusLine : public QStatusBar {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setPhoto(const image::Photo& photo);
    void setCursorPosition(QPoint imagePixel); ///< Negative: not over the photo.
    void setZoom(double factor);
    void setDevice(const std::string& device);

private:
    void add(QLabel* label, int stretch);

    ElidedLabel* file_ = nullptr;
    QLabel* size_ = nullptr;
    QLabel* cursor_ = nullptr;
    QLabel* zoom_ = nullptr;
    QLabel* device_ = nullptr;
};

} // namespace limpid::ui
