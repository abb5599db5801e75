// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo_writer.h"
#include "ui/state/restoration.h"

#include <QObject>

#include <filesystem>

namespace limpid::ui {

/// What an export writes: the photo with a restoration blended in, and where to.
struct ExportOrder {
    image::Photo photo;
    RestorationPtr restoration;
    float strength = 1.0F;
    std::filesystem::path target;
    image::ExportOptions options;
};

/// Blends at full depth and writes, in Qt's pool. One export at a time.
class PhotoExporter : public QObject {
    Q_OBJECT
public:
    explicit PhotoExporter(QObject* parent = nullptr) : QObject(parent) {}

    /// Ignored while an export is under way.
    void write(const ExportOrder& order);
    bool isBusy() const { return busy_; }

Q_SIGNALS:
    void busyChanged();
    void written(const std::filesystem::path& target);
    void failed(const limpid::Error& error);

private:
    void setBusy(bool busy);

    bool busy_ = false;
};

} // namespace limpid::ui
