// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/heif_container.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "tests/core/image/heif_assembly.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_heif.h"

#include <QTest>

#include <algorithm>
#include <cstdlib>

using namespace limpid;
using namespace limpid::tests;

namespace {

/// One row of `columns` tiles.
AssembledItem gridOf(quint32 columns, quint32 width, quint32 height)
{
    return {.type = "grid",
            .data = number(0, 3) + number(columns - 1, 1) + number(width, 2) + number(height, 2),
            .properties = {sizeProperty(width, height)}};
}

/// Crops to the middle.
QByteArray cropProperty(quint32 width, quint32 height)
{
    return box("clap", number(width, 4) + number(1, 4) + number(height, 4) + number(1, 4) +
                           number(0, 4) + number(1, 4) + number(0, 4) + number(1, 4));
}

QByteArray auxiliaryProperty(const QByteArray& kind)
{
    return fullBox("auxC", kind + '\0');
}

} // namespace

class TestHeifGrid : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void tilesAreOnePicture();
    void aTurnedGridOfOneTileIsOpened();
    void aCroppedGridIsOpened();
    void tilesCountForTheLimitOfPixels();
    void whatTelephonesPutBesideIsNoHindrance();
    void alphaIsReadOrToldAsALoss();

private:
    /// 64 x 64 pixels.
    AssembledItem madeTile()
    {
        makeHeifFile(file("tile"), {.pixels = makeRaster({64, 64})});
        const Bytes bytes = fileBytes(file("tile"));
        return itemFrom({reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())});
    }

    Result<image::Photo> opened(const HeifAssembly& assembly, const image::ReadLimits& limits = {})
    {
        writeBytes(file("photo"), bytesOf(assembled(assembly)));
        return image::readPhoto(file("photo"), limits);
    }
};

void TestHeifGrid::tilesAreOnePicture()
{
    const HeifAssembly assembly{.items = {madeTile(), gridOf(2, 128, 64)},
                                .references = {{"dimg", 2, {1, 1}}},
                                .primary = 2};

    const auto photo = opened(assembly);

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QCOMPARE(image::parseHeifStructure(bytesOf(assembled(assembly))).codec, std::string("hvc1"));
    QVERIFY(photo->format == image::FileFormat::Heic && photo->size() == Size(128, 64));
    const auto expected = makeRaster({64, 64});
    for (const int x : {5, 40, 69, 104}) {
        const int difference =
            photo->original.sample({x, 30}, 0) - expected.sample({x % 64, 30}, 0);
        QVERIFY(std::abs(difference) <= 4);
    }
}

/// As libheif writes odd sizes: it names the size behind the turn.
void TestHeifGrid::aTurnedGridOfOneTileIsOpened()
{
    makeHeifFile(file("photo"), {.pixels = makeRaster({95, 77}), .orientation = 6});

    const auto photo = image::readPhoto(file("photo"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QVERIFY(photo->size() == Size(77, 95));
}

/// The decoder's limit must leave room for the whole grid.
void TestHeifGrid::aCroppedGridIsOpened()
{
    AssembledItem grid = gridOf(4, 256, 64);
    grid.properties.push_back(cropProperty(64, 64));

    const auto photo = opened(
        {.items = {madeTile(), grid}, .references = {{"dimg", 2, {1, 1, 1, 1}}}, .primary = 2});

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QVERIFY(photo->size() == Size(64, 64));
}

void TestHeifGrid::tilesCountForTheLimitOfPixels()
{
    const HeifAssembly assembly{.items = {madeTile(), gridOf(2, 100, 64)},
                                .references = {{"dimg", 2, {1, 1}}},
                                .primary = 2};

    const auto above = opened(assembly, {.maxPixels = 128 * 64 - 1});
    const auto below = opened(assembly, {.maxPixels = 128 * 64});

    QVERIFY(!above && above.error().code == ErrorCode::PictureTooLarge);
    QVERIFY2(below, below ? "" : below.error().detail.c_str());
}

/// Thumbnail, gain map, depth map, and an item of a type that is not known here.
void TestHeifGrid::whatTelephonesPutBesideIsNoHindrance()
{
    AssembledItem gainMap = madeTile();
    gainMap.properties.push_back(auxiliaryProperty("urn:com:apple:photo:2020:aux:hdrgainmap"));
    AssembledItem depthMap = madeTile();
    depthMap.properties.push_back(auxiliaryProperty("urn:mpeg:hevc:2015:auxid:2"));
    const AssembledItem toneMap{.type = "tmap", .data = QByteArray(60, '\0')};

    const auto photo =
        opened({.items = {madeTile(), gridOf(2, 128, 64), madeTile(), gainMap, depthMap, toneMap},
                .references = {{"dimg", 2, {1, 1}},
                               {"thmb", 3, {2}},
                               {"auxl", 4, {2}},
                               {"auxl", 5, {2}},
                               {"dimg", 6, {2, 4}}},
                .primary = 2});

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QVERIFY(photo->size() == Size(128, 64) && photo->original.channels() == 3);
    const auto losses = image::foreseeLosses(*photo, {});
    QVERIFY(std::ranges::count(losses, image::ExportLoss::MultiPicture) == 1);
}

/// Some versions of libheif leave it out.
void TestHeifGrid::alphaIsReadOrToldAsALoss()
{
    AssembledItem alpha = madeTile();
    alpha.properties.push_back(auxiliaryProperty("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"));

    const auto photo = opened({.items = {madeTile(), gridOf(2, 128, 64), alpha},
                               .references = {{"dimg", 2, {1, 1}}, {"auxl", 3, {2}}},
                               .primary = 2});

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    const auto losses = image::foreseeLosses(*photo, {.format = image::FileFormat::Png});
    const bool isTold = std::ranges::count(losses, image::ExportLoss::Unreadable) == 1;
    QVERIFY(isTold == (photo->original.channels() == 3));
}

QTEST_APPLESS_MAIN(TestHeifGrid)
#include "tst_heif_grid.moc"
