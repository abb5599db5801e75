// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"

#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"
#include "tests/support/raster_difference.h"

#include <QTest>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;
using image::Photo;
using image::Raster;
using image::SampleDepth;

class TestPhotoReader : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    /// QTemporaryDir cannot remove names that are not UTF-8.
    void cleanup() { std::filesystem::remove_all(path()); }

    void readsTheSamplesOfEveryFormat_data();
    void readsTheSamplesOfEveryFormat();
    void turnsEveryOrientationUpright_data();
    void turnsEveryOrientationUpright();
    void orientationDoesNotCostAlphaOrDepth();
    void convertsTheProfileOnce();
    void opensFilesWithUnusualNames_data();
    void opensFilesWithUnusualNames();
    void goesByContentAndNotByName();
};

void TestPhotoReader::readsTheSamplesOfEveryFormat_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("channels");
    QTest::addColumn<SampleDepth>("depth");
    QTest::addColumn<int>("tolerance");
    QTest::newRow("JPEG gray") << FileFormat::Jpeg << 1 << SampleDepth::U8 << 4;
    QTest::newRow("JPEG RGB") << FileFormat::Jpeg << 3 << SampleDepth::U8 << 40;
    QTest::newRow("PNG gray") << FileFormat::Png << 1 << SampleDepth::U8 << 0;
    QTest::newRow("PNG gray 16") << FileFormat::Png << 1 << SampleDepth::U16 << 0;
    QTest::newRow("PNG RGB") << FileFormat::Png << 3 << SampleDepth::U8 << 0;
    QTest::newRow("PNG RGB 16") << FileFormat::Png << 3 << SampleDepth::U16 << 0;
    QTest::newRow("PNG RGBA") << FileFormat::Png << 4 << SampleDepth::U8 << 0;
    QTest::newRow("PNG RGBA 16") << FileFormat::Png << 4 << SampleDepth::U16 << 0;
    QTest::newRow("TIFF gray") << FileFormat::Tiff << 1 << SampleDepth::U8 << 0;
    QTest::newRow("TIFF gray 16") << FileFormat::Tiff << 1 << SampleDepth::U16 << 0;
    QTest::newRow("TIFF RGB") << FileFormat::Tiff << 3 << SampleDepth::U8 << 0;
    QTest::newRow("TIFF RGB 16") << FileFormat::Tiff << 3 << SampleDepth::U16 << 0;
    QTest::newRow("TIFF RGBA") << FileFormat::Tiff << 4 << SampleDepth::U8 << 0;
    QTest::newRow("TIFF RGBA 16") << FileFormat::Tiff << 4 << SampleDepth::U16 << 0;
    QTest::newRow("WebP RGB") << FileFormat::WebP << 3 << SampleDepth::U8 << 0;
    QTest::newRow("WebP RGBA") << FileFormat::WebP << 4 << SampleDepth::U8 << 0;
}

void TestPhotoReader::readsTheSamplesOfEveryFormat()
{
    QFETCH(FileFormat, format);
    QFETCH(int, channels);
    QFETCH(SampleDepth, depth);
    QFETCH(int, tolerance);
    const PhotoRecipe recipe{.format = format, .channels = channels, .depth = depth, .icc = {}};
    makePhotoFile(file("photo"), recipe);

    const Result<Photo> photo = image::readPhoto(file("photo"));
    const auto header = image::inspectPhoto(file("photo"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    const int worst = worstDifference(photo->original, makeRaster(recipe.size, channels, depth));
    QVERIFY2(worst >= 0 && worst <= tolerance, qPrintable(QString::number(worst)));
    QVERIFY(photo->image.size() == recipe.size && photo->format == format);
    QVERIFY(header && header->size == recipe.size && header->channels == channels);
    QVERIFY(header->depth == depth && header->format == format);
}

void TestPhotoReader::turnsEveryOrientationUpright_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("orientation");
    const std::pair<const char*, FileFormat> formats[]{{"JPEG", FileFormat::Jpeg},
                                                       {"PNG", FileFormat::Png},
                                                       {"TIFF", FileFormat::Tiff},
                                                       {"WebP", FileFormat::WebP}};
    for (const auto& [name, format] : formats) {
        for (int orientation = 1; orientation <= 8; ++orientation)
            QTest::addRow("%s %d", name, orientation) << format << orientation;
    }
}

void TestPhotoReader::turnsEveryOrientationUpright()
{
    QFETCH(FileFormat, format);
    QFETCH(int, orientation);
    makePhotoFile(file("photo"), {.format = format, .orientation = orientation, .icc = {}});

    const Result<Photo> photo = image::readPhoto(file("photo"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QCOMPARE(photo->metadata.orientation(), orientation);
    const int worst = worstDifference(photo->original, makeRaster({96, 64}));
    const int tolerance = format == FileFormat::Jpeg ? 40 : 0;
    QVERIFY2(worst >= 0 && worst <= tolerance, qPrintable(QString::number(worst)));
}

void TestPhotoReader::orientationDoesNotCostAlphaOrDepth()
{
    makePhotoFile(file("photo"), {.format = FileFormat::Tiff,
                                  .channels = 4,
                                  .depth = SampleDepth::U16,
                                  .orientation = 6,
                                  .icc = {}});

    const Result<Photo> photo = image::readPhoto(file("photo"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QCOMPARE(worstDifference(photo->original, makeRaster({96, 64}, 4, SampleDepth::U16)), 0);
}

void TestPhotoReader::convertsTheProfileOnce()
{
    makePhotoFile(file("plain"), {.format = FileFormat::Png, .icc = {}});
    makePhotoFile(file("wide"), {.format = FileFormat::Png, .icc = displayP3Profile()});

    const Result<Photo> plain = image::readPhoto(file("plain"));
    const Result<Photo> wide = image::readPhoto(file("wide"));

    QVERIFY(plain && wide);
    QCOMPARE(worstDifference(plain->original, wide->original), 0);
    QVERIFY(plain->image.row(30)[90] != wide->image.row(30)[90]);
    const auto icc = wide->metadata.iccProfile();
    QVERIFY(Bytes(icc.begin(), icc.end()) == displayP3Profile());
}

void TestPhotoReader::opensFilesWithUnusualNames_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("umlaut") << QByteArray("ä ö.jpg");
    QTest::newRow("newline") << QByteArray("two\nlines.jpg");
    QTest::newRow("dash") << QByteArray("-rf.jpg");
    QTest::newRow("not UTF-8") << QByteArray("caf\xE9.jpg");
    QTest::newRow("255 bytes") << QByteArray(251, 'x') + ".jpg";
}

void TestPhotoReader::opensFilesWithUnusualNames()
{
    QFETCH(QByteArray, name);
    makePhotoFile(file(name.constData()), {.icc = {}});

    const Result<Photo> photo = image::readPhoto(file(name.constData()));

    QVERIFY(photo);
    QVERIFY(photo->path == file(name.constData()));
}

void TestPhotoReader::goesByContentAndNotByName()
{
    makePhotoFile(file("really-a-png.jpg"), {.format = FileFormat::Png, .icc = {}});

    const auto header = image::inspectPhoto(file("really-a-png.jpg"));

    QVERIFY(header);
    QVERIFY(header->format == FileFormat::Png);
}

QTEST_APPLESS_MAIN(TestPhotoReader)
#include "tst_photo_reader.moc"
