// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "tests/core/image/exiv2_file.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_heif.h"
#include "tests/support/make_photo.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;
using image::Photo;

namespace {

constexpr const char* captureTime = "2024:05:17 18:03:21";

/// A TIFF structure with tags of four directories.
Bytes cameraExif()
{
    Exiv2::ExifData exif;
    exif["Exif.Image.Make"] = "Maker";
    exif["Exif.Image.Model"] = "Telephone 15";
    exif["Exif.Image.Orientation"] = std::uint16_t{6};
    exif["Exif.Photo.DateTimeOriginal"] = captureTime;
    exif["Exif.Photo.ExposureTime"] = Exiv2::URational(1, 15);
    exif["Exif.Photo.LensModel"] = "Lens 26 mm";
    exif["Exif.GPSInfo.GPSLatitudeRef"] = "N";
    exif["Exif.GPSInfo.GPSLatitude"] = "52/1 31/1 12/1";
    Exiv2::Blob blob;
    Exiv2::ExifParser::encode(blob, Exiv2::littleEndian, exif);
    return {blob.begin(), blob.end()};
}

Bytes packet()
{
    Exiv2::XmpData xmp;
    xmp["Xmp.dc.creator"] = "A photographer";
    xmp["Xmp.xmp.Rating"] = "4";
    xmp["Xmp.photoshop.City"] = "Berlin";
    std::string text;
    Exiv2::XmpParser::encode(text, xmp);
    return {text.begin(), text.end()};
}

std::map<std::string, std::string> expectedTags()
{
    return {{"Exif.Image.Make", "Maker"},
            {"Exif.Image.Model", "Telephone 15"},
            {"Exif.Photo.DateTimeOriginal", captureTime},
            {"Exif.Photo.ExposureTime", "1/15"},
            {"Exif.Photo.LensModel", "Lens 26 mm"},
            {"Exif.GPSInfo.GPSLatitude", "52/1 31/1 12/1"},
            {"Xmp.dc.creator", "A photographer"},
            {"Xmp.xmp.Rating", "4"},
            {"Xmp.photoshop.City", "Berlin"}};
}

} // namespace

class TestHeifMetadata : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void everyTagReachesEveryExport_data();
    void everyTagReachesEveryExport();
    void theOffsetBeforeExifIsFollowed();
    void exifOutsideItsBlockIsToldAsALoss();
    void aProfileForGrayIsToldAsALoss();
    void fieldsAreReadable();

private:
    QByteArray made(const HeifRecipe& recipe)
    {
        makeHeifFile(file("photo"), recipe);
        const Bytes bytes = fileBytes(file("photo"));
        return {reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())};
    }

    /// The photo after its file was replaced by this.
    Photo opened(const QByteArray& contents)
    {
        writeBytes(file("photo"), {contents.begin(), contents.end()});
        auto photo = image::readPhoto(file("photo"));
        if (!photo)
            throw std::runtime_error(photo.error().detail);
        return *photo;
    }
};

void TestHeifMetadata::everyTagReachesEveryExport_data()
{
    QTest::addColumn<FileFormat>("from");
    QTest::addColumn<FileFormat>("to");
    for (const auto& [name, from] :
         {std::pair{"HEIC", FileFormat::Heic}, std::pair{"AVIF", FileFormat::Avif}}) {
        QTest::addRow("%s to JPEG", name) << from << FileFormat::Jpeg;
        QTest::addRow("%s to PNG", name) << from << FileFormat::Png;
        QTest::addRow("%s to TIFF", name) << from << FileFormat::Tiff;
        QTest::addRow("%s to WebP", name) << from << FileFormat::WebP;
    }
}

void TestHeifMetadata::everyTagReachesEveryExport()
{
    QFETCH(FileFormat, from);
    QFETCH(FileFormat, to);
    const Photo photo =
        opened(made({.format = from, .orientation = 6, .exif = cameraExif(), .xmp = packet()}));

    QVERIFY(image::writePhoto(photo.original, photo, file("out"), {.format = to}));

    const auto exported = tests::opened(file("out"));
    auto expected = expectedTags();
    expected["Exif.Image.Orientation"] = "1";
    for (const auto& [key, value] : expected) {
        const bool isExif = key.starts_with("Exif.");
        const std::string found =
            isExif ? exported->exifData()[key].toString() : exported->xmpData()[key].toString();
        QVERIFY2(found == value, (key + " is " + found).c_str());
    }
    QVERIFY(image::foreseeLosses(photo, {.format = to}).empty());
}

/// Some writers put JPEG's prefix between the offset and the block.
void TestHeifMetadata::theOffsetBeforeExifIsFollowed()
{
    QByteArray contents = made({.exif = [] {
        Bytes padded{'x', 'x', 'x', 'x', 'x', 'x'};
        const Bytes exif = cameraExif();
        padded.insert(padded.end(), exif.begin(), exif.end());
        return padded;
    }()});
    const qsizetype padding = contents.indexOf("xxxxxx");
    QVERIFY(padding > 4);
    contents.replace(padding - 4, 4, QByteArray::fromHex("00000006"));
    const Photo byOffset = opened(contents);
    contents.replace(padding - 4, 4, QByteArray(4, '\0'))
        .replace(padding, 6, QByteArray("Exif\0\0", 6));
    const Photo byPrefix = opened(contents);

    for (const Photo& photo : {byOffset, byPrefix})
        QCOMPARE(photo.metadata.orientation(), 6);
}

void TestHeifMetadata::exifOutsideItsBlockIsToldAsALoss()
{
    QByteArray contents = made({.exif = cameraExif()});
    const qsizetype block = contents.lastIndexOf(QByteArray("II*\0", 4));
    contents.replace(block - 4, 4, QByteArray::fromHex("7fffffff"));

    const Photo photo = opened(contents);

    QCOMPARE(photo.metadata.orientation(), 1);
    const auto losses = image::foreseeLosses(photo, {});
    QVERIFY(std::ranges::count(losses, image::ExportLoss::Unreadable) == 1);
}

/// The picture is read as RGB, to which such a profile does not apply.
void TestHeifMetadata::aProfileForGrayIsToldAsALoss()
{
    const Photo photo = opened(made({.icc = grayProfile()}));

    QVERIFY(photo.metadata.iccProfile().empty());
    const auto losses = image::foreseeLosses(photo, {});
    QVERIFY(std::ranges::count(losses, image::ExportLoss::Unreadable) == 1);
}

void TestHeifMetadata::fieldsAreReadable()
{
    const Photo photo = opened(made({.exif = cameraExif(), .xmp = packet()}));

    const auto fields = photo.metadata.fields();

    const auto holds = [&](const char* key, const char* value) {
        return std::ranges::any_of(
            fields, [&](const auto& field) { return field.key == key && field.value == value; });
    };
    QVERIFY(holds("Exif.Photo.ExposureTime", "1/15 s"));
    QVERIFY(holds("Xmp.xmp.Rating", "4"));
}

QTEST_APPLESS_MAIN(TestHeifMetadata)
#include "tst_heif_metadata.moc"
