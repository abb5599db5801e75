// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "tests/support/fake_runner.h"
#include "ui/state/file_path.h"
#include "ui/state/photo_exporter.h"

#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;

namespace {

constexpr Rect patchArea{8, 8, 16, 16};

/// A real PNG on disk and a restoration of a part of it.
struct Order {
    Order()
    {
        const QString file = folder.filePath(QStringLiteral("source.png"));
        QImage picture(40, 32, QImage::Format_RGB888);
        picture.fill(QColor(200, 100, 50));
        QVERIFY(picture.save(file));
        const auto read = image::readPhoto(ui::toPath(file));
        QVERIFY(read.has_value());
        auto made = std::make_shared<ui::Restoration>();
        made->request.image = read->image;
        made->request.region = region::Region{.rect = patchArea};
        made->patch = tests::fakePatch(made->request);
        made->mask = std::make_shared<const region::Mask>(
            region::rasterize(*made->request.region, read->size()));
        order.photo = *read;
        order.restoration = made;
        order.options = image::defaultExportOptions(*read);
        order.target = ui::toPath(folder.filePath(QStringLiteral("out.png")));
    }

    QTemporaryDir folder;
    ui::ExportOrder order{};
};

} // namespace

class TestPhotoExporter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheRegionAndLeavesTheRest();
    void writesAllRegions();
    void refusesToWriteOverTheSource();
};

void TestPhotoExporter::writesTheRegionAndLeavesTheRest()
{
    Order made;
    ui::PhotoExporter exporter;
    QSignalSpy written(&exporter, &ui::PhotoExporter::written);

    exporter.write(made.order);
    QVERIFY(exporter.isBusy());
    QTRY_COMPARE(written.count(), 1);

    const auto result = image::readPhoto(made.order.target);
    QVERIFY(result.has_value());
    QCOMPARE(result->original.sample({1, 1}, 0), 200);
    QCOMPARE(result->original.sample({16, 16}, 0), 55); // the fake's result is the negative
    QVERIFY(!exporter.isBusy());
}

void TestPhotoExporter::writesAllRegions()
{
    Order made;
    auto other = *made.order.restoration;
    other.request.region = region::Region{.rect = {28, 8, 8, 8}};
    other.patch = tests::fakePatch(other.request);
    other.mask = std::make_shared<const region::Mask>(
        region::rasterize(*other.request.region, made.order.photo.size()));
    made.order.restoration = ui::laidOver(made.order.restoration, other);
    ui::PhotoExporter exporter;
    QSignalSpy written(&exporter, &ui::PhotoExporter::written);

    exporter.write(made.order);
    QTRY_COMPARE(written.count(), 1);

    const auto result = image::readPhoto(made.order.target);
    QVERIFY(result.has_value());
    QCOMPARE(result->original.sample({16, 16}, 0), 55);
    QCOMPARE(result->original.sample({30, 10}, 0), 55);
    QCOMPARE(result->original.sample({26, 10}, 0), 200);
}

void TestPhotoExporter::refusesToWriteOverTheSource()
{
    Order made;
    made.order.target = made.order.photo.path;
    ui::PhotoExporter exporter;
    QSignalSpy failed(&exporter, &ui::PhotoExporter::failed);

    exporter.write(made.order);
    QTRY_COMPARE(failed.count(), 1);

    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::WouldOverwriteSource);
    QVERIFY(image::readPhoto(made.order.photo.path)->original.sample({16, 16}, 0) == 200);
}

QTEST_GUILESS_MAIN(TestPhotoExporter)
#include "tst_photo_exporter.moc"
