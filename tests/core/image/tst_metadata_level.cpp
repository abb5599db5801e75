// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata_level.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "tests/core/image/exiv2_file.h"
#include "tests/core/image/file_holds.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <set>

using namespace limpid;
using namespace limpid::tests;
using image::ExportLoss;
using image::FileFormat;
using image::MetadataLevel;
using image::Photo;

namespace {

using Tags = std::map<std::string, std::string>;

/// Each place where a location may stand has a word of its own.
const Tags xmpPlaces{
    {"Xmp.exif.GPSLatitude", "XGPSPLACE,1.2N"}, {"Xmp.exif.GPSAreaInformation", "XAREAPLACE"},
    {"Xmp.photoshop.City", "XCITYPLACE"},       {"Xmp.photoshop.State", "XSTATEPLACE"},
    {"Xmp.photoshop.Country", "XCOUNTRYPLACE"}, {"Xmp.iptc.Location", "XSUBPLACE"},
    {"Xmp.iptc.CountryCode", "XCODEPLACE"}};
const Tags iptcPlaces{{"Iptc.Application2.City", "ICITYPLACE"},
                      {"Iptc.Application2.SubLocation", "ISUBPLACE"},
                      {"Iptc.Application2.ProvinceState", "ISTATEPLACE"},
                      {"Iptc.Application2.CountryCode", "IPL"},
                      {"Iptc.Application2.CountryName", "ICOUNTRYPLACE"}};
const Tags exifPlaces{{"Exif.GPSInfo.GPSAreaInformation", "EAREAPLACE"},
                      {"Exif.GPSInfo.GPSMapDatum", "EDATUMPLACE"}};
const Tags serials{{"Exif.Photo.BodySerialNumber", "BODYSERIAL"},
                   {"Exif.Photo.LensSerialNumber", "LENSSERIAL"},
                   {"Exif.Photo.CameraOwnerName", "CAMERAOWNER"},
                   {"Xmp.aux.SerialNumber", "AUXSERIAL"},
                   {"Xmp.aux.OwnerName", "AUXOWNER"}};
const Tags people{
    {"Exif.Image.Artist", "EARTIST"},        {"Exif.Image.Copyright", "ECOPYRIGHT"},
    {"Exif.Photo.LensModel", "ELENS"},       {"Exif.Photo.OffsetTimeOriginal", "+02:00"},
    {"Iptc.Application2.Credit", "ICREDIT"}, {"Iptc.Application2.Copyright", "ICOPYRIGHT"},
    {"Xmp.photoshop.Credit", "XCREDIT"}};
const Tags words{{"Exif.Image.ImageDescription", "EDESCRIPTION"},
                 {"Iptc.Application2.Keywords", "IKEYWORD"},
                 {"Xmp.xmp.Label", "XLABEL"}};

void setTags(Exiv2::Image& file, const Tags& tags)
{
    for (const auto& [key, value] : tags) {
        if (key.starts_with("Exif."))
            file.exifData()[key] = value;
        else if (key.starts_with("Iptc."))
            file.iptcData()[key] = value;
        else
            file.xmpData()[key] = value;
    }
}

/// A nested structure, as IPTC Extension has it.
void setLocationShown(Exiv2::XmpData& xmp)
{
    Exiv2::XmpTextValue list;
    list.setXmpArrayType(Exiv2::XmpValue::xaBag);
    xmp.add(Exiv2::XmpKey("Xmp.iptcExt.LocationShown"), &list);
    xmp["Xmp.iptcExt.LocationShown[1]/iptcExt:City"] = "XSHOWNPLACE";
}

/// The words of these tags that stand in the file, also compressed ones.
QStringList wordsIn(const std::filesystem::path& path, const std::vector<Tags>& groups)
{
    const auto file = opened(path);
    const Bytes bytes = fileBytes(path);
    std::string all(bytes.begin(), bytes.end());
    for (const auto& datum : file->iptcData())
        all += datum.toString() + "\n";
    QStringList found;
    for (const Tags& tags : groups)
        for (const auto& [key, value] : tags)
            if (all.find(value) != all.npos)
                found << QString::fromStdString(key);
    return found;
}

std::string tag(const std::filesystem::path& path, const std::string& key)
{
    const auto file = opened(path);
    const auto found = file->exifData().findKey(Exiv2::ExifKey(key));
    return found == file->exifData().end() ? "absent" : found->toString();
}

} // namespace

class TestMetadataLevel : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void withoutLocationNoPlaceIsAnywhere_data() { formats(); }
    void withoutLocationNoPlaceIsAnywhere();
    void basicKeepsDatesCameraAndCredits_data() { formats(); }
    void basicKeepsDatesCameraAndCredits();
    void noneKeepsTheProfileAlone_data() { formats(); }
    void noneKeepsTheProfileAlone();
    void thumbnailIsRenewed_data();
    void thumbnailIsRenewed();
    void tellsThatAMakerNoteIsLeftOut();
    void readableTagsSurviveWithoutLocation();

private:
    static void formats();
    void makeSource(FileFormat format);
    void exportSource(FileFormat format, MetadataLevel level, const char* name = "target");
};

void TestMetadataLevel::formats()
{
    QTest::addColumn<FileFormat>("from");
    QTest::addColumn<FileFormat>("to");
    const std::pair<const char*, FileFormat> formats[]{{"JPEG", FileFormat::Jpeg},
                                                       {"PNG", FileFormat::Png},
                                                       {"TIFF", FileFormat::Tiff},
                                                       {"WebP", FileFormat::WebP}};
    for (const auto& [fromName, from] : formats)
        for (const auto& [toName, to] : formats)
            QTest::addRow("%s to %s", fromName, toName) << from << to;
}

void TestMetadataLevel::makeSource(FileFormat format)
{
    if (format == FileFormat::WebP) { // Exiv2 0.27 spoils the profile of one that it changes
        makeSource(FileFormat::Jpeg);
        exportSource(FileFormat::WebP, MetadataLevel::All, "webp");
        std::filesystem::rename(file("webp"), file("source"));
        return;
    }
    makePhotoFile(file("source"),
                  {.format = format, .hasMetadata = true, .icc = displayP3Profile()});
    const auto source = opened(file("source"));
    for (const Tags& tags : {xmpPlaces, exifPlaces, iptcPlaces, serials, people, words})
        setTags(*source, tags);
    setLocationShown(source->xmpData());
    source->writeMetadata();
}

void TestMetadataLevel::exportSource(FileFormat format, MetadataLevel level, const char* name)
{
    const auto photo = image::readPhoto(file("source"));
    if (!photo)
        throw std::runtime_error(photo.error().detail);
    QVERIFY(image::writePhoto(photo->original, *photo, file(name),
                              {.format = format, .metadata = level}));
}

void TestMetadataLevel::withoutLocationNoPlaceIsAnywhere()
{
    QFETCH(FileFormat, from);
    QFETCH(FileFormat, to);
    makeSource(from);
    const std::vector<Tags> places{
        xmpPlaces, exifPlaces, iptcPlaces, {{"LocationShown", "XSHOWNPLACE"}}};
    const std::vector<Tags> others{serials, people, words};
    exportSource(to, MetadataLevel::All, "all");

    exportSource(to, MetadataLevel::NoLocation);

    QVERIFY(wordsIn(file("all"), places).size() > 5);
    QCOMPARE(wordsIn(file("target"), places), QStringList());
    QCOMPARE(wordsIn(file("target"), others), wordsIn(file("all"), others));
    QCOMPARE(tag(file("target"), "Exif.GPSInfo.GPSLatitude"), std::string("absent"));
    QCOMPARE(tag(file("target"), "Exif.Image.GPSTag"), std::string("absent"));
    QCOMPARE(tag(file("target"), "Exif.Photo.ExposureTime"), std::string("1/15"));
    QVERIFY(!holds(file("target"), makerNote()));
    const Photo written = image::readPhoto(file("target")).value();
    QVERIFY(std::ranges::equal(written.metadata.iccProfile(), displayP3Profile()));
}

void TestMetadataLevel::basicKeepsDatesCameraAndCredits()
{
    QFETCH(FileFormat, from);
    QFETCH(FileFormat, to);
    makeSource(from);
    exportSource(to, MetadataLevel::All, "all");

    exportSource(to, MetadataLevel::Basic);

    QCOMPARE(wordsIn(file("target"), {xmpPlaces, exifPlaces, iptcPlaces, serials, words}),
             QStringList());
    QCOMPARE(wordsIn(file("target"), {people}), wordsIn(file("all"), {people}));
    QCOMPARE(tag(file("target"), "Exif.Photo.DateTimeOriginal"),
             std::string("2024:05:06 07:08:09"));
    QCOMPARE(tag(file("target"), "Exif.Image.Model"), std::string("Synthetic One"));
    QCOMPARE(tag(file("target"), "Exif.Photo.ExposureTime"), std::string("1/15"));
    QVERIFY(!holds(file("target"), makerNote()));
    QVERIFY(holds(file("target"), std::string("A. Photographer")));
}

void TestMetadataLevel::noneKeepsTheProfileAlone()
{
    QFETCH(FileFormat, from);
    QFETCH(FileFormat, to);
    makeSource(from);

    exportSource(to, MetadataLevel::None);

    QCOMPARE(wordsIn(file("target"), {xmpPlaces,
                                      exifPlaces,
                                      iptcPlaces,
                                      serials,
                                      people,
                                      words,
                                      {{"camera", "Synthetic One"},
                                       {"creator", "A. Photographer"},
                                       {"date", "2024:05:06"},
                                       {"comment", "a comment"}}}),
             QStringList());
    QVERIFY(opened(file("target"))->xmpData().empty());
    const Photo written = image::readPhoto(file("target")).value();
    QVERIFY(std::ranges::equal(written.metadata.iccProfile(), displayP3Profile()));
}

void TestMetadataLevel::thumbnailIsRenewed_data()
{
    QTest::addColumn<MetadataLevel>("level");
    QTest::newRow("without location") << MetadataLevel::NoLocation;
    QTest::newRow("basic") << MetadataLevel::Basic;
}

/// The old one is red all over, and may hold positions of its own.
void TestMetadataLevel::thumbnailIsRenewed()
{
    QFETCH(MetadataLevel, level);
    makeSource(FileFormat::Jpeg);
    const auto old = Exiv2::ExifThumbC(opened(file("source"))->exifData()).copy();
    constexpr long room = 4002; // behind its pixels
    const Bytes scan(old.pData_ + old.size_ - room - 64, old.pData_ + old.size_ - room);
    QVERIFY(holds(file("source"), scan));

    exportSource(FileFormat::Jpeg, level);

    const auto target = opened(file("target"));
    const Exiv2::DataBuf fresh = Exiv2::ExifThumbC(target->exifData()).copy();
    QVERIFY(fresh.size_ > 100);
    writeBytes(file("thumbnail"), Bytes(fresh.pData_, fresh.pData_ + fresh.size_));
    const auto small = image::readPhoto(file("thumbnail"));
    QVERIFY2(small, small ? "" : small.error().detail.c_str());
    QVERIFY(small->original.sample({2, 2}, 1) > 200);
    QVERIFY(!holds(file("target"), scan));
}

void TestMetadataLevel::tellsThatAMakerNoteIsLeftOut()
{
    makeSource(FileFormat::Jpeg);
    const Photo photo = image::readPhoto(file("source")).value();
    const auto losses = [&photo](MetadataLevel level) {
        return image::foreseeLosses(photo, {.metadata = level});
    };

    QVERIFY(losses(MetadataLevel::All).empty());
    QVERIFY(losses(MetadataLevel::NoLocation) == std::vector{ExportLoss::PrivateData});
    QVERIFY(losses(MetadataLevel::Basic).empty());
    QVERIFY(losses(MetadataLevel::None).empty());
}

void TestMetadataLevel::readableTagsSurviveWithoutLocation()
{
    makeSource(FileFormat::Jpeg);

    exportSource(FileFormat::Jpeg, MetadataLevel::NoLocation);

    std::set<std::string> lost;
    const auto target = opened(file("target"));
    const auto source = opened(file("source"));
    for (const auto& datum : source->exifData())
        if (target->exifData().findKey(Exiv2::ExifKey(datum.key())) == target->exifData().end())
            lost.insert(datum.groupName());
    lost.erase("Thumbnail");
    lost.erase("GPSInfo");
    QCOMPARE(target->comment(), std::string("a comment"));
    QCOMPARE(target->xmpData()["Xmp.xmp.Rating"].toString(), std::string("4"));
    QCOMPARE(lost, (std::set<std::string>{"Image", "Photo"})); // pointer to GPS; maker note
}

QTEST_APPLESS_MAIN(TestMetadataLevel)
#include "tst_metadata_level.moc"
