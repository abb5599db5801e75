// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sha256.h"
#include "core/image/photo_reader.h"
#include "tests/support/fake_runner.h"
#include "ui/state/file_path.h"
#include "ui/state/saved_work.h"

#include <QImage>
#include <QTemporaryDir>
#include <QTest>

namespace limpid::tests {

/// A photo that is a file, and results of two of its regions.
struct SavedWorkSample {
    SavedWorkSample()
    {
        const QString file = folder.filePath(QStringLiteral("holiday.png"));
        QImage picture(40, 32, QImage::Format_RGB888);
        picture.fill(QColor(200, 100, 50));
        QVERIFY(picture.save(file));
        photo = image::readPhoto(ui::toPath(file)).value();
        const auto left = made({.rect = {2, 2, 8, 8}, .featherPixels = 3}, 5);
        const auto right = made({.rect = {24, 10, 9, 7}, .featherPixels = 0}, 6);
        work = {.photo = photo.path,
                .checksum = sha256OfFile(photo.path).value(),
                .restoration = ui::laidOver(std::make_shared<ui::Restoration>(left), right),
                .view = {.region = right.request.region, .strength = 0.75F}};
    }

    ui::Restoration made(const region::Region& region, std::uint64_t seed) const
    {
        ui::Restoration result;
        result.request = {.image = photo.image,
                          .region = region,
                          .method = "fake",
                          .model = "fake-s",
                          .steps = 3,
                          .seed = seed + (std::uint64_t{1} << 60U),
                          .parameters = {{"order", 0.5}},
                          .texts = {{"prompt", "ein Blatt"}}};
        result.patch = fakePatch(result.request);
        result.mask = std::make_shared<const region::Mask>(region::rasterize(region, photo.size()));
        result.device = "cpu";
        result.elapsed = std::chrono::milliseconds(1234);
        result.step = 2;
        return result;
    }

    /// As another program may do while the photo is open.
    void replacePhoto() const
    {
        QImage other(40, 32, QImage::Format_RGB888);
        other.fill(Qt::black);
        QVERIFY(other.save(ui::toText(photo.path)));
    }

    std::filesystem::path file(const char* name) const
    {
        return ui::toPath(folder.filePath(QString::fromLatin1(name)));
    }

    QTemporaryDir folder;
    image::Photo photo;
    ui::SavedWork work;
};

} // namespace limpid::tests
