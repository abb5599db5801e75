// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"

#include <QObject>

#include <string>
#include <vector>

namespace limpid::ui {

/// Where networks can run on this computer, as the inference thread finds out. It must outlive
/// whoever calls report(). GUI thread but for that.
class DeviceList : public QObject {
    Q_OBJECT
public:
    explicit DeviceList(QObject* parent = nullptr);

    /// The CPU, then the GPUs, with the reason for those that cannot be used. Any thread; it is
    /// known in the GUI thread a moment later.
    void report(const std::vector<engine::DeviceInfo>& devices);

    /// Empty until it was reported.
    const std::vector<engine::DeviceInfo>& devices() const { return devices_; }

Q_SIGNALS:
    void changed();

private:
    std::vector<engine::DeviceInfo> devices_;
};

} // namespace limpid::ui
