// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"
#include "ui/state/document.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;

namespace limpid::ui {

/// Where runs compute: a choice, or a plain line with the reason (its tip) where only the CPU can.
/// Hidden until the devices are known. Writes into the document and follows it.
class DeviceRow : public QWidget {
    Q_OBJECT
public:
    explicit DeviceRow(Document& document, QWidget* parent = nullptr);

    /// A chosen device that can no longer be used gives way to the automatic choice.
    void setDevices(const std::vector<engine::DeviceInfo>& devices);

private:
    void fillChoice();
    void showOnly();
    void choose(const std::string& id);
    void showSettings();

    Document& document_;
    std::vector<engine::DeviceInfo> devices_;
    QLabel* name_ = nullptr;
    QComboBox* choice_ = nullptr;
    QLabel* only_ = nullptr;
};

} // namespace limpid::ui
