// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/photo_loader.h"

#include "core/image/photo_reader.h"
#include "ui/state/in_background.h"

namespace limpid::ui {

PhotoLoader::PhotoLoader(Read read, QObject* parent) : QObject(parent), read_(std::move(read))
{
    if (!read_)
        read_ = [](const std::filesystem::path& path) {
            return image::readPhoto(path);
        };
}

void PhotoLoader::open(const std::filesystem::path& path)
{
    const auto ticket = ++newest_;
    busy_ = true;
    Q_EMIT busyChanged();
    inBackground(
        this, [read = read_, path] { return read(path); },
        [this, ticket](const Result<image::Photo>& photo) { finish(ticket, photo); });
}

void PhotoLoader::finish(std::uint64_t ticket, const Result<image::Photo>& photo)
{
    if (ticket != newest_)
        return;
    busy_ = false;
    Q_EMIT busyChanged();
    if (photo)
        Q_EMIT opened(*photo);
    else
        Q_EMIT failed(photo.error());
}

} // namespace limpid::ui
