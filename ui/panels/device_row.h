// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"
#include "ui/state/document.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;

namespace limpid::ui {

/// Where runs compute: a choice, or a plain line with the reason (its tip) where only the CPU can.
/// Hidden until the devices are known. Writes into the document and follows it. Where the device
/// that the document has when they become known is not to be had, it says so below.
class DeviceRow : public QWidget {
    Q_OBJECT
public:
    explicit DeviceRow(Document& document, QWidget* parent = nullptr);

    /// A chosen device that can no longer be used gives way to the automatic choice. An empty list
    /// tells nothing.
    void setDevices(const std::vector<engine::DeviceInfo>& devices);

Q_SIGNALS:
    /// For the starts to come: by the user, or because the device remembered from a former start
    /// is not there. Not when one that is there cannot be used, which may work after a restart.
    void chosen(const std::string& id);

private:
    void build();
    void leaveUnusable(bool isRemembered);
    QString whyLeft(const std::string& id) const;
    void fillChoice();
    void showOnly();
    void choose(const std::string& id);
    void showSettings();

    Document& document_;
    std::vector<engine::DeviceInfo> devices_;
    QHBoxLayout* line_ = nullptr;
    QLabel* name_ = nullptr;
    QComboBox* choice_ = nullptr;
    QLabel* only_ = nullptr;
    QLabel* left_ = nullptr; ///< Why a remembered device is not used.
};

} // namespace limpid::ui
