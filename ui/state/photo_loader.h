// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/image/photo.h"

#include <QObject>

#include <cstdint>
#include <filesystem>
#include <functional>

namespace limpid::ui {

/// Opens photos in Qt's pool. A newer open() supersedes an older one, whose photo is dropped.
class PhotoLoader : public QObject {
    Q_OBJECT
public:
    using Read = std::function<Result<image::Photo>(const std::filesystem::path&)>;

    /// `read` is image::readPhoto unless a test says otherwise; runs in the pool.
    explicit PhotoLoader(Read read = {}, QObject* parent = nullptr);

    void open(const std::filesystem::path& path);
    bool isBusy() const { return busy_; }

Q_SIGNALS:
    void busyChanged();
    void opened(const limpid::image::Photo& photo);
    void failed(const limpid::Error& error);

private:
    void finish(std::uint64_t ticket, const Result<image::Photo>& photo);

    Read read_;
    std::uint64_t newest_ = 0;
    bool busy_ = false;
};

} // namespace limpid::ui
