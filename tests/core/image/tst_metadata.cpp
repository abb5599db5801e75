// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "tests/core/image/exiv2_file.h"
#include "tests/core/image/file_holds.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <map>

using namespace limpid;
using namespace limpid::tests;
using image::ExportOptions;
using image::FileFormat;
using image::Photo;

namespace {

using Tags = std::map<std::string, std::string>;

/// What an export may change, and what describes the container and not the picture.
bool isFree(const std::string& key)
{
    static const std::array keys{"Exif.Image.Orientation",     "Exif.Image.Software",
                                 "Exif.Photo.PixelXDimension", "Exif.Photo.PixelYDimension",
                                 "Exif.Image.ExifTag",         "Exif.Image.GPSTag"};
    return std::ranges::find(keys, key) != keys.end() || key.starts_with("Exif.Thumbnail.");
}

/// Tags of the pixels' storage, which every TIFF file has.
bool isStorage(const std::string& key)
{
    static const std::array names{
        "ImageWidth",        "ImageLength",         "BitsPerSample",
        "Compression",       "StripOffsets",        "SamplesPerPixel",
        "RowsPerStrip",      "StripByteCounts",     "Predictor",
        "SampleFormat",      "PlanarConfiguration", "PhotometricInterpretation",
        "InterColorProfile", "XMLPacket",           "IPTCNAA",
        "ImageResources",    "ExtraSamples"};
    return std::ranges::any_of(
        names, [&](const char* name) { return key == std::string("Exif.Image.") + name; });
}

Tags tagsOf(const std::filesystem::path& path)
{
    const auto file = opened(path);
    Tags tags;
    for (const auto& datum : file->exifData()) {
        if (!isFree(datum.key()) && !isStorage(datum.key()))
            tags[datum.key()] = datum.toString();
    }
    for (const auto& datum : file->xmpData())
        tags[datum.key()] = datum.toString();
    return tags;
}

Tags captionOf(const std::filesystem::path& path)
{
    const auto file = opened(path);
    Tags tags;
    for (const auto& datum : file->iptcData())
        tags[datum.key()] = datum.toString();
    return tags;
}

std::string tag(const std::filesystem::path& path, const char* key)
{
    const auto file = opened(path);
    const auto found = file->exifData().findKey(Exiv2::ExifKey(key));
    return found == file->exifData().end() ? "absent" : found->toString();
}

QByteArray differences(const Tags& before, const Tags& after)
{
    QByteArray text;
    for (const auto& [key, value] : before) {
        const auto found = after.find(key);
        if (found == after.end() || found->second != value)
            text += QByteArray::fromStdString("\n" + key + " was " + value.substr(0, 80));
    }
    return text;
}

} // namespace

class TestMetadata : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void everyTagSurvivesEveryExport_data();
    void everyTagSurvivesEveryExport();
    void jpegKeepsEachOriginalByteOfItsBlocks();
    void dimensionsFollowTheUprightPicture_data();
    void dimensionsFollowTheUprightPicture();
    void thumbnailShowsTheExportedPicture();
    void aThumbnailThatCannotBeReplacedIsErased();
    void xmpOrientationIsPatchedToo();
    void extendedXmpSurvives_data();
    void extendedXmpSurvives();
    void onlyTheFirstOfTwoXmpPacketsIsPatched();
    void captionSurvivesBesideResourcesWithoutIt_data();
    void captionSurvivesBesideResourcesWithoutIt();
    void fieldsAreReadable();
    void aPhotoWithoutMetadataHasNone();

private:
    /// Opens one file and exports it unchanged to another.
    void exportPhoto(const char* from, const char* to, FileFormat format)
    {
        const auto photo = image::readPhoto(file(from));
        if (!photo)
            throw std::runtime_error(std::string(from) + ": " + photo.error().detail);
        QVERIFY(image::writePhoto(photo->original, *photo, file(to), {.format = format}));
    }
};

void TestMetadata::everyTagSurvivesEveryExport_data()
{
    QTest::addColumn<FileFormat>("from");
    QTest::addColumn<FileFormat>("to");
    QTest::addColumn<int>("orientation");
    const std::pair<const char*, FileFormat> formats[]{{"JPEG", FileFormat::Jpeg},
                                                       {"PNG", FileFormat::Png},
                                                       {"TIFF", FileFormat::Tiff},
                                                       {"WebP", FileFormat::WebP}};
    for (const auto& [fromName, from] : formats) {
        for (const auto& [toName, to] : formats) {
            QTest::addRow("%s to %s", fromName, toName) << from << to << 1;
            QTest::addRow("turned %s to %s", fromName, toName) << from << to << 8;
        }
    }
}

void TestMetadata::everyTagSurvivesEveryExport()
{
    QFETCH(FileFormat, from);
    QFETCH(FileFormat, to);
    QFETCH(int, orientation);
    makePhotoFile(file("source"), {.format = from,
                                   .orientation = orientation,
                                   .hasMetadata = true,
                                   .icc = displayP3Profile()});
    const Tags before = tagsOf(file("source"));
    QVERIFY(before.size() > 10 && before.contains("Exif.GPSInfo.GPSLatitude"));

    exportPhoto("source", "first", to);
    exportPhoto("first", "second", to);
    exportPhoto("second", "back", from);

    for (const char* name : {"first", "second", "back"}) {
        const QByteArray lost = differences(before, tagsOf(file(name)));
        QVERIFY2(lost.isEmpty(), (QByteArray(name) + lost).constData());
        QVERIFY(holds(file(name), makerNote()));
        const Photo photo = image::readPhoto(file(name)).value();
        QVERIFY(std::ranges::equal(photo.metadata.iccProfile(), displayP3Profile()));
        if (to != FileFormat::WebP)
            QVERIFY(captionOf(file(name)) == captionOf(file("source")));
    }
}

void TestMetadata::jpegKeepsEachOriginalByteOfItsBlocks()
{
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = displayP3Profile()});

    exportPhoto("source", "target", FileFormat::Jpeg);

    const auto before = opened(file("source"));
    const auto after = opened(file("target"));
    QCOMPARE(after->comment(), before->comment());
    QCOMPARE(after->xmpPacket(), before->xmpPacket());
    QVERIFY(holds(file("target"), makerNote()));
    QVERIFY(holds(file("target"), displayP3Profile()));
    QCOMPARE(tag(file("target"), "Exif.Image.Software"), std::string("Limpid"));
}

void TestMetadata::dimensionsFollowTheUprightPicture_data()
{
    QTest::addColumn<int>("orientation");
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("%d", orientation) << orientation;
}

void TestMetadata::dimensionsFollowTheUprightPicture()
{
    QFETCH(int, orientation);
    makePhotoFile(file("source"), {.orientation = orientation, .hasMetadata = true, .icc = {}});

    exportPhoto("source", "target", FileFormat::Jpeg);

    QCOMPARE(tag(file("target"), "Exif.Photo.PixelXDimension"), std::string("96"));
    QCOMPARE(tag(file("target"), "Exif.Photo.PixelYDimension"), std::string("64"));
    const std::string turned = tag(file("target"), "Exif.Image.Orientation");
    QVERIFY(turned == "1" || (orientation == 1 && turned == "absent"));
}

void TestMetadata::thumbnailShowsTheExportedPicture()
{
    makePhotoFile(file("source"),
                  {.size = {64, 96}, .orientation = 6, .hasMetadata = true, .icc = {}});

    exportPhoto("source", "target", FileFormat::Jpeg);

    const auto target = opened(file("target"));
    const Exiv2::DataBuf thumbnail = Exiv2::ExifThumbC(target->exifData()).copy();
    QVERIFY(thumbnail.size_ > 100);
    writeBytes(file("thumbnail"), Bytes(thumbnail.pData_, thumbnail.pData_ + thumbnail.size_));
    const auto small = image::readPhoto(file("thumbnail"));
    QVERIFY2(small, small ? "" : small.error().detail.c_str());
    QVERIFY(small->size() == (Size{64, 96}));
    QVERIFY(small->original.sample({2, 2}, 1) > 200); // the old one was red all over
}

void TestMetadata::aThumbnailThatCannotBeReplacedIsErased()
{
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});
    const auto source = opened(file("source"));
    const Bytes tiny{0xFF, 0xD8, 'o', 'l', 'd', 0xFF, 0xD9};
    Exiv2::ExifThumb(source->exifData()).setJpegThumbnail(tiny.data(), tiny.size());
    source->writeMetadata();

    exportPhoto("source", "target", FileFormat::Jpeg);

    const auto target = opened(file("target"));
    QVERIFY(holds(file("source"), tiny));
    QVERIFY(!holds(file("target"), tiny));
    QCOMPARE(Exiv2::ExifThumbC(target->exifData()).copy().size_, 0L);
    QVERIFY(holds(file("target"), makerNote()));
}

void TestMetadata::xmpOrientationIsPatchedToo()
{
    makePhotoFile(file("source"), {.orientation = 6, .hasMetadata = true, .icc = {}});
    const auto source = opened(file("source"));
    source->xmpData()["Xmp.tiff.Orientation"] = "6";
    source->xmpData()["Xmp.exif.PixelXDimension"] = "64";
    source->writeMetadata();

    exportPhoto("source", "target", FileFormat::Jpeg);

    const auto target = opened(file("target"));
    QCOMPARE(target->xmpData()["Xmp.tiff.Orientation"].toString(), std::string("1"));
    QCOMPARE(target->xmpData()["Xmp.exif.PixelXDimension"].toString(), std::string("96"));
    QCOMPARE(target->xmpData()["Xmp.xmp.Rating"].toString(), std::string("4"));
}

void TestMetadata::extendedXmpSurvives_data()
{
    QTest::addColumn<FileFormat>("through");
    QTest::newRow("JPEG") << FileFormat::Jpeg;
    QTest::newRow("PNG") << FileFormat::Png;
    QTest::newRow("TIFF") << FileFormat::Tiff;
    QTest::newRow("WebP") << FileFormat::WebP;
}

/// A packet that is too long for one segment of a JPEG file must be split there, and joined again.
void TestMetadata::extendedXmpSurvives()
{
    QFETCH(FileFormat, through);
    const std::string description(150'000, 'd');
    makePhotoFile(file("source"), {.format = FileFormat::Tiff, .hasMetadata = true, .icc = {}});
    const auto source = opened(file("source"));
    source->xmpData()["Xmp.dc.source"] = description;
    source->writeMetadata();

    exportPhoto("source", "split", FileFormat::Jpeg);
    exportPhoto("split", "through", through);
    exportPhoto("through", "joined", FileFormat::Tiff);

    const auto joined = opened(file("joined"));
    QVERIFY(joined->xmpData()["Xmp.dc.source"].toString() == description);
    QCOMPARE(joined->xmpData()["Xmp.xmp.Rating"].toString(), std::string("4"));
}

void TestMetadata::onlyTheFirstOfTwoXmpPacketsIsPatched()
{
    makePhotoFile(file("source"), {.orientation = 6, .hasMetadata = true, .icc = {}});
    Bytes contents = fileBytes(file("source"));
    const std::string packet = std::string("http://ns.adobe.com/xap/1.0/\0", 29) +
                               "<x:xmpmeta xmlns:x='adobe:ns:meta/'>second</x:xmpmeta>";
    Bytes segment{0xFF, 0xE1, 0, static_cast<std::uint8_t>(packet.size() + 2)};
    segment.insert(segment.end(), packet.begin(), packet.end());
    const Bytes pixels{0xFF, 0xDA};
    const auto scan = std::find_end(contents.begin(), contents.end(), pixels.begin(), pixels.end());
    contents.insert(scan, segment.begin(), segment.end());
    writeBytes(file("source"), contents);

    exportPhoto("source", "target", FileFormat::Jpeg);

    QVERIFY(holds(file("target"), segment));
    QCOMPARE(tagsOf(file("target")), tagsOf(file("source")));
}

void TestMetadata::captionSurvivesBesideResourcesWithoutIt_data()
{
    QTest::addColumn<FileFormat>("to");
    QTest::newRow("JPEG") << FileFormat::Jpeg;
    QTest::newRow("PNG") << FileFormat::Png;
}

/// TIFF holds IPTC twice: alone, and among Photoshop's resources. One may lack it.
void TestMetadata::captionSurvivesBesideResourcesWithoutIt()
{
    QFETCH(FileFormat, to);
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});
    exportPhoto("source", "tiff", FileFormat::Tiff);
    Bytes contents = fileBytes(file("tiff"));
    const std::string resource = "8BIM\4\4";
    const auto found = std::ranges::search(contents, resource);
    QVERIFY(!found.empty());
    *(found.end() - 1) = 5; // the number of another resource
    writeBytes(file("tiff"), contents);

    exportPhoto("tiff", "target", to);

    QVERIFY(!captionOf(file("source")).empty());
    QVERIFY(captionOf(file("target")) == captionOf(file("source")));
}

void TestMetadata::fieldsAreReadable()
{
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});

    const auto fields = image::readPhoto(file("source")).value().metadata.fields();

    const auto value = [&fields](const std::string& key) {
        const auto found = std::ranges::find(fields, key, &image::MetadataField::key);
        return found == fields.end() ? std::string("absent") : found->value;
    };
    QCOMPARE(value("Exif.Photo.ExposureTime").c_str(), "1/15 s");
    QCOMPARE(value("Iptc.Application2.Caption").c_str(), "A caption");
    QCOMPARE(value("Xmp.xmp.Rating").c_str(), "4");
}

void TestMetadata::aPhotoWithoutMetadataHasNone()
{
    makePhotoFile(file("source"), {.format = FileFormat::Png, .icc = {}});

    const Photo photo = image::readPhoto(file("source")).value();
    exportPhoto("source", "target", FileFormat::Jpeg);

    QVERIFY(photo.metadata.fields().empty() && photo.metadata.iccProfile().empty());
    QVERIFY(tagsOf(file("target")).empty());
}

QTEST_APPLESS_MAIN(TestMetadata)
#include "tst_metadata.moc"
