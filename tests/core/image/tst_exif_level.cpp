// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/exif_level.h"

#include "core/image/tiff_structure.h"

#include <exiv2/exiv2.hpp>

#include <QTest>

#include <map>

using namespace limpid;
using image::Bytes;
using image::MetadataLevel;

namespace {

using Tags = std::map<std::string, std::string>;

/// What nearly every camera writes, and every level but None keeps.
const Tags usualTags{{"Exif.Image.Make", "Synthetic"},
                     {"Exif.Image.Model", "Synthetic One"},
                     {"Exif.Image.Orientation", "1"},
                     {"Exif.Image.XResolution", "72/1"},
                     {"Exif.Image.YResolution", "72/1"},
                     {"Exif.Image.ResolutionUnit", "2"},
                     {"Exif.Image.DateTime", "2024:05:06 07:08:09"},
                     {"Exif.Photo.ExposureTime", "1/15"},
                     {"Exif.Photo.FNumber", "28/10"},
                     {"Exif.Photo.ExposureProgram", "2"},
                     {"Exif.Photo.ISOSpeedRatings", "100"},
                     {"Exif.Photo.ExifVersion", "48 50 51 50"},
                     {"Exif.Photo.DateTimeOriginal", "2024:05:06 07:08:09"},
                     {"Exif.Photo.DateTimeDigitized", "2024:05:06 07:08:09"},
                     {"Exif.Photo.MeteringMode", "5"},
                     {"Exif.Photo.Flash", "16"},
                     {"Exif.Photo.FocalLength", "50/1"},
                     {"Exif.Photo.ColorSpace", "1"},
                     {"Exif.Photo.PixelXDimension", "6000"},
                     {"Exif.Photo.PixelYDimension", "4000"},
                     {"Exif.Photo.FocalLengthIn35mmFilm", "75"},
                     {"Exif.Photo.LensModel", "Synthetic 50mm F2.8"}};

/// A block as Exiv2 writes it: without a byte between its values.
Bytes exifOf(const Tags& tags)
{
    Exiv2::ExifData data;
    for (const auto& [key, value] : tags)
        data[key].setValue(value);
    Exiv2::Blob blob;
    Exiv2::ExifParser::encode(blob, Exiv2::littleEndian, data);
    return {blob.begin(), blob.end()};
}

/// Those that Exiv2 finds, but for what is a place in the block.
Tags tagsIn(const Bytes& exif)
{
    Exiv2::ExifData data;
    Exiv2::ExifParser::decode(data, exif.data(), static_cast<std::uint32_t>(exif.size()));
    Tags tags;
    for (const auto& datum : data)
        tags[datum.key()] = datum.toString();
    tags.erase("Exif.Image.ExifTag");
    return tags;
}

} // namespace

class TestExifLevel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyUsualTagSurvives_data();
    void everyUsualTagSurvives();
    void anEmptyDirectoryIsNotNamed();
    void aBlockOfEmptyDirectoriesIsNone();
};

void TestExifLevel::everyUsualTagSurvives_data()
{
    QTest::addColumn<MetadataLevel>("level");
    QTest::newRow("without location") << MetadataLevel::NoLocation;
    QTest::newRow("basic") << MetadataLevel::Basic;
}

void TestExifLevel::everyUsualTagSurvives()
{
    QFETCH(MetadataLevel, level);

    const auto reduced = image::reducedExif(exifOf(usualTags), level);

    QVERIFY(reduced.isReadable && !reduced.losesPrivate);
    QCOMPARE(tagsIn(reduced.block), usualTags);
}

/// A pointer to nothing would name the block's own header as a directory.
void TestExifLevel::anEmptyDirectoryIsNotNamed()
{
    const Tags kept{{"Exif.Image.Copyright", "Somebody"}, {"Exif.Image.Make", "Synthetic"}};
    Tags tags = kept;
    tags["Exif.Photo.BodySerialNumber"] = "BODYSERIAL";
    const Bytes source = exifOf(tags);

    const auto reduced = image::reducedExif(source, MetadataLevel::Basic);

    const auto hasPointer = [](const Bytes& block) {
        const image::TiffStructure view(block);
        return image::findTag(view.directory(view.firstDirectory()), image::tiff::exifDirectory)
            .has_value();
    };
    QVERIFY(hasPointer(source));
    QVERIFY(!hasPointer(reduced.block));
    QCOMPARE(tagsIn(reduced.block), kept);
}

void TestExifLevel::aBlockOfEmptyDirectoriesIsNone()
{
    const Bytes source = exifOf({{"Exif.Photo.BodySerialNumber", "BODYSERIAL"}});

    QVERIFY(image::reducedExif(source, MetadataLevel::Basic).block.empty());
    QVERIFY(!image::reducedExif(source, MetadataLevel::NoLocation).block.empty());
}

QTEST_APPLESS_MAIN(TestExifLevel)
#include "tst_exif_level.moc"
