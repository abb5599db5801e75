// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"

#include "tests/support/fresh_folder.h"
#include "tests/support/make_heif.h"
#include "tests/support/make_photo.h"
#include "tests/support/raster_difference.h"

#include <QPoint>
#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;
using image::Photo;
using image::Raster;
using image::SampleDepth;

namespace {

/// One color all over, which no codec and no chroma format blurs.
Raster plain(std::uint8_t r, std::uint8_t g, std::uint8_t b)
{
    constexpr Size size{64, 64};
    Bytes samples;
    for (int i = 0; i < size.width * size.height; ++i)
        samples.insert(samples.end(), {r, g, b});
    return {size, 3, SampleDepth::U8, std::move(samples)};
}

/// 16 bit, from black at the left to white at the right, for codecs that halve the chroma.
Raster grayRamp(Size size)
{
    Bytes samples;
    for (int i = 0; i < size.width * size.height; ++i) {
        const int value = i % size.width * 65535 / (size.width - 1);
        for (int byte = 0; byte < 6; ++byte)
            samples.push_back(static_cast<std::uint8_t>(byte % 2 == 0 ? value : value >> 8));
    }
    return {size, 3, SampleDepth::U16, std::move(samples)};
}

/// A little-endian TIFF structure of one tag: Orientation.
Bytes exifWithOrientation(std::uint8_t orientation)
{
    Bytes exif{'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0};
    exif.insert(exif.end(), {orientation, 0, 0, 0, 0, 0, 0, 0});
    return exif;
}

/// The largest difference of the first pixel from three 8-bit values, in 8-bit steps.
double distance(const Photo& photo, std::array<double, 3> expected)
{
    double worst = 0.0;
    for (std::size_t c = 0; c < 3; ++c)
        worst = std::max(worst, std::abs(photo.image.row(30)[90 + c] * 255.0 - expected[c]));
    return worst;
}

} // namespace

class TestHeifDecoder : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void readsTheSamples_data();
    void readsTheSamples();
    void whiteStaysWhite_data();
    void whiteStaysWhite();
    void alphaMayBePremultiplied();
    void turnsAsTheFileAsksAndNotOnceMoreAsExifDoes_data();
    void turnsAsTheFileAsksAndNotOnceMoreAsExifDoes();
    void exifAloneTurnsNothing();
    void numbersOfColorsBecomeAProfile_data();
    void numbersOfColorsBecomeAProfile();
    void colorsOfSrgbNeedNoProfile_data();
    void colorsOfSrgbNeedNoProfile();
    void anEmbeddedProfileIsTaken();
    void hdrCurvesAreRefused_data();
    void hdrCurvesAreRefused();
    void goesByContentAndNotByName();
    void furtherPicturesAreToldAsALoss();
    void anExportGoesToAFormatThatHoldsTheSamples_data();
    void anExportGoesToAFormatThatHoldsTheSamples();
    void nothingIsWrittenAsHeif();

private:
    Photo photoOf(const HeifRecipe& recipe)
    {
        makeHeifFile(file("photo"), recipe);
        auto photo = image::readPhoto(file("photo"));
        if (!photo)
            throw std::runtime_error(photo.error().detail);
        return *photo;
    }
};

void TestHeifDecoder::readsTheSamples_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("tolerance"); // of 255, or of 65,535
    QTest::newRow("HEIC") << FileFormat::Heic << 3 << 8 << 3;
    QTest::newRow("HEIC with alpha") << FileFormat::Heic << 4 << 8 << 3;
    QTest::newRow("HEIC 10 bit") << FileFormat::Heic << 3 << 10 << 400;
    QTest::newRow("HEIC 12 bit") << FileFormat::Heic << 3 << 12 << 400;
    QTest::newRow("AVIF") << FileFormat::Avif << 3 << 8 << 3;
    QTest::newRow("AVIF with alpha") << FileFormat::Avif << 4 << 8 << 3;
    QTest::newRow("AVIF 10 bit") << FileFormat::Avif << 3 << 10 << 400;
    QTest::newRow("AVIF 12 bit") << FileFormat::Avif << 3 << 12 << 400;
}

void TestHeifDecoder::readsTheSamples()
{
    QFETCH(FileFormat, format);
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(int, tolerance);
    const SampleDepth depth = bits == 8 ? SampleDepth::U8 : SampleDepth::U16;
    const bool hasHalvedChroma = format == FileFormat::Avif && bits > 8;
    const HeifRecipe recipe{.format = format,
                            .pixels = hasHalvedChroma ? grayRamp({96, 64})
                                                      : makeRaster({96, 64}, channels, depth),
                            .bits = bits};

    const Photo photo = photoOf(recipe);
    const auto header = image::inspectPhoto(file("photo"));

    const int worst = worstDifference(photo.original, recipe.pixels);
    QVERIFY2(worst >= 0 && worst <= tolerance, qPrintable(QString::number(worst)));
    QVERIFY(photo.format == format && photo.image.size() == Size(96, 64));
    QVERIFY(header && header->size == Size(96, 64) && header->channels == channels);
    QVERIFY(header->depth == depth && header->format == format);
}

void TestHeifDecoder::whiteStaysWhite_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("bits");
    QTest::newRow("HEIC 10 bit") << FileFormat::Heic << 10;
    QTest::newRow("HEIC 12 bit") << FileFormat::Heic << 12;
    QTest::newRow("AVIF 10 bit") << FileFormat::Avif << 10;
    QTest::newRow("AVIF 12 bit") << FileFormat::Avif << 12;
}

void TestHeifDecoder::whiteStaysWhite()
{
    QFETCH(FileFormat, format);
    QFETCH(int, bits);
    const Raster white({64, 64}, 3, SampleDepth::U16, Bytes(64 * 64 * 6, 0xFF));

    const Photo photo = photoOf({.format = format, .pixels = white, .bits = bits});

    QCOMPARE(photo.original.sample({20, 20}, 0), 65535);
    QCOMPARE(photo.image.row(20)[60], 1.0F);
}

void TestHeifDecoder::alphaMayBePremultiplied()
{
    Bytes half;
    for (int i = 0; i < 64 * 64; ++i)
        half.insert(half.end(), {100, 60, 20, 128});
    const Photo photo = photoOf({.format = FileFormat::Avif,
                                 .pixels = {{64, 64}, 4, SampleDepth::U8, std::move(half)},
                                 .isPremultiplied = true});

    QVERIFY(image::writePhoto(photo.original, photo, file("out"), {.format = FileFormat::Png}));

    const auto exported = image::readPhoto(file("out"));
    QVERIFY(exported);
    QVERIFY(std::abs(exported->original.sample({9, 9}, 0) - 199) <= 2);
    QVERIFY(std::abs(exported->original.sample({9, 9}, 2) - 40) <= 2);
}

void TestHeifDecoder::turnsAsTheFileAsksAndNotOnceMoreAsExifDoes_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QPoint>("bright"); // where the stored top left corner comes to lie
    QTest::newRow("mirrored") << 2 << QPoint(95, 0);
    QTest::newRow("upside down") << 3 << QPoint(95, 63);
    QTest::newRow("a quarter clockwise") << 6 << QPoint(63, 0);
    QTest::newRow("a quarter counterclockwise") << 8 << QPoint(0, 95);
}

void TestHeifDecoder::turnsAsTheFileAsksAndNotOnceMoreAsExifDoes()
{
    QFETCH(int, orientation);
    QFETCH(QPoint, bright);

    const Photo photo = photoOf(
        {.orientation = orientation, .exif = exifWithOrientation(std::uint8_t(orientation))});
    const auto header = image::inspectPhoto(file("photo"));

    const Size size = orientation <= 4 ? Size{96, 64} : Size{64, 96};
    QVERIFY(photo.size() == size && header && header->size == size);
    for (const int channel : {0, 1, 2})
        QVERIFY(photo.original.sample({bright.x(), bright.y()}, channel) > 220);
    QVERIFY(image::writePhoto(photo.original, photo, file("out"), {.format = FileFormat::Jpeg}));
    const auto exported = image::readPhoto(file("out"));
    QVERIFY(exported && exported->metadata.orientation() == 1 && exported->size() == size);
}

void TestHeifDecoder::exifAloneTurnsNothing()
{
    const Photo photo = photoOf({.exif = exifWithOrientation(6)});

    QVERIFY(photo.size() == Size(96, 64));
    QVERIFY(worstDifference(photo.original, makeRaster({96, 64})) <= 3);
}

void TestHeifDecoder::numbersOfColorsBecomeAProfile_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("curve");
    QTest::newRow("HEIC with sRGB's curve") << FileFormat::Heic << 13;
    QTest::newRow("HEIC with BT.709's curve") << FileFormat::Heic << 1;
    QTest::newRow("AVIF with sRGB's curve") << FileFormat::Avif << 13;
}

/// Display P3's (200, 100, 50) is (214.9, 92.6, 31.0) in sRGB, by the two standards' matrices.
void TestHeifDecoder::numbersOfColorsBecomeAProfile()
{
    QFETCH(FileFormat, format);
    QFETCH(int, curve);
    constexpr int displayP3 = 12;

    const Photo photo = photoOf({.format = format,
                                 .pixels = plain(200, 100, 50),
                                 .colors = {.primaries = displayP3, .curve = curve}});

    const double worst = distance(photo, {214.9, 92.6, 31.0});
    QVERIFY2(worst < 2.0, qPrintable(QString::number(worst)));
    QVERIFY(image::writePhoto(photo.original, photo, file("out"), {.format = FileFormat::Png}));
    const auto exported = image::readPhoto(file("out"));
    QVERIFY(exported && distance(*exported, {214.9, 92.6, 31.0}) < 2.0);
}

void TestHeifDecoder::colorsOfSrgbNeedNoProfile_data()
{
    QTest::addColumn<int>("primaries");
    QTest::addColumn<int>("curve");
    QTest::newRow("sRGB") << 1 << 13;
    QTest::newRow("BT.709, as cameras name it") << 1 << 1;
    QTest::newRow("unspecified primaries") << 2 << 13;
    QTest::newRow("nothing named") << 2 << 2;
}

void TestHeifDecoder::colorsOfSrgbNeedNoProfile()
{
    QFETCH(int, primaries);
    QFETCH(int, curve);

    const Photo photo = photoOf({.format = FileFormat::Avif,
                                 .pixels = plain(200, 100, 50),
                                 .colors = {.primaries = primaries, .curve = curve}});

    QVERIFY(photo.metadata.iccProfile().empty());
    QVERIFY(distance(photo, {200.0, 100.0, 50.0}) < 2.0);
}

void TestHeifDecoder::anEmbeddedProfileIsTaken()
{
    const Photo photo = photoOf({.pixels = plain(200, 100, 50), .icc = displayP3Profile()});

    const auto icc = photo.metadata.iccProfile();
    QVERIFY(Bytes(icc.begin(), icc.end()) == displayP3Profile());
    QVERIFY(distance(photo, {214.9, 92.6, 31.0}) < 2.0);
}

void TestHeifDecoder::hdrCurvesAreRefused_data()
{
    QTest::addColumn<int>("curve");
    QTest::newRow("PQ") << 16;
    QTest::newRow("HLG") << 18;
}

void TestHeifDecoder::hdrCurvesAreRefused()
{
    QFETCH(int, curve);
    makeHeifFile(file("photo"), {.format = FileFormat::Avif,
                                 .pixels = makeRaster({96, 64}, 3, SampleDepth::U16),
                                 .bits = 10,
                                 .colors = {.primaries = 9, .curve = curve}});

    const auto photo = image::readPhoto(file("photo"));

    QVERIFY(!photo);
    QVERIFY(photo.error().code == ErrorCode::UnsupportedFormat);
    QVERIFY(photo.error().detail.find("HDR") != std::string::npos);
}

void TestHeifDecoder::goesByContentAndNotByName()
{
    makeHeifFile(file("really-a-heic.jpg"), {});

    const auto header = image::inspectPhoto(file("really-a-heic.jpg"));

    QVERIFY(header && header->format == FileFormat::Heic);
}

void TestHeifDecoder::furtherPicturesAreToldAsALoss()
{
    const Photo alone = photoOf({});
    const Photo accompanied = photoOf({.hasSecondPicture = true});

    const auto losesMore = [](const Photo& photo) {
        const auto losses = image::foreseeLosses(photo, {});
        return std::ranges::count(losses, image::ExportLoss::MultiPicture) > 0;
    };
    QVERIFY(!losesMore(alone) && losesMore(accompanied));
}

void TestHeifDecoder::anExportGoesToAFormatThatHoldsTheSamples_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("bits");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("8 bit") << 3 << 8 << QByteArray("IMG_1-limpid.jpg");
    QTest::newRow("8 bit with alpha") << 4 << 8 << QByteArray("IMG_1-limpid.png");
    QTest::newRow("10 bit") << 3 << 10 << QByteArray("IMG_1-limpid.tif");
}

void TestHeifDecoder::anExportGoesToAFormatThatHoldsTheSamples()
{
    QFETCH(int, channels);
    QFETCH(int, bits);
    QFETCH(QByteArray, name);
    const SampleDepth depth = bits == 8 ? SampleDepth::U8 : SampleDepth::U16;
    makeHeifFile(file("IMG_1.HEIC"),
                 {.pixels = makeRaster({96, 64}, channels, depth), .bits = bits});
    const auto photo = image::readPhoto(file("IMG_1.HEIC"));
    QVERIFY(photo);

    const auto options = image::defaultExportOptions(*photo);
    const auto target = image::proposeTarget(photo->path, options.format);

    QCOMPARE(QByteArray::fromStdString(target.filename()), name);
    QVERIFY(image::foreseeLosses(*photo, options).empty());
    QVERIFY(image::writePhoto(photo->original, *photo, target, options));
    const auto exported = image::readPhoto(target);
    QVERIFY(exported && exported->original.depth() == depth);
    QVERIFY(exported->original.channels() == channels);
}

void TestHeifDecoder::nothingIsWrittenAsHeif()
{
    const Photo photo = photoOf({});

    const auto written =
        image::writePhoto(photo.original, photo, file("out"), {.format = FileFormat::Heic});

    QVERIFY(!written && written.error().code == ErrorCode::InvalidRequest);
    QVERIFY(!std::filesystem::exists(file("out")));
    QVERIFY(!image::formatFromExtension("photo.heic") && !image::formatFromExtension("photo.avif"));
}

QTEST_APPLESS_MAIN(TestHeifDecoder)
#include "tst_heif_decoder.moc"
