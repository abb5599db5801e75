// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata_level.h"

#include "core/image/deflate.h"
#include "core/image/exif_level.h"
#include "core/image/metadata_blocks.h"
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "tests/core/image/file_holds.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

using namespace limpid;
using namespace limpid::tests;
using image::ByteOrder;
using image::ExportLoss;
using image::FileFormat;
using image::MetadataLevel;
using image::Photo;

namespace {

const std::string secret = "SECRETPLACE";

Bytes bytesOf(std::string_view text)
{
    return image::copyOf(image::viewOf(text));
}

/// A JPEG segment at the start of the file.
void addSegment(const std::filesystem::path& path, std::uint8_t marker, std::string_view payload)
{
    Bytes file = fileBytes(path);
    Bytes segment{0xFF, marker};
    image::appendNumber(segment, static_cast<std::uint32_t>(payload.size() + 2), 2, ByteOrder::Big);
    image::append(segment, image::viewOf(payload));
    file.insert(file.begin() + 2, segment.begin(), segment.end());
    writeBytes(path, file);
}

/// A PNG chunk behind the header.
void addChunk(const std::filesystem::path& path, std::string_view type, const Bytes& content)
{
    constexpr std::ptrdiff_t behindHeader = 33;
    Bytes file = fileBytes(path);
    Bytes body = bytesOf(type);
    image::append(body, content);
    Bytes chunk;
    image::appendNumber(chunk, static_cast<std::uint32_t>(content.size()), 4, ByteOrder::Big);
    image::append(chunk, body);
    image::appendNumber(chunk, image::crc32Of(body), 4, ByteOrder::Big);
    file.insert(file.begin() + behindHeader, chunk.begin(), chunk.end());
    writeBytes(path, file);
}

std::string packetWith(const std::string& properties)
{
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
           "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
           "rdf:about='' xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Label='kept'>" +
           properties + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

/// An EXIF block with one text in its first directory, and something that no tag names.
Bytes exifWith(std::uint32_t tag, std::string_view text, std::string_view behind)
{
    constexpr std::uint32_t ascii = 2;
    Bytes block = bytesOf({"II*\0\x8\0\0\0", 8});
    for (const auto& [value, width] : {std::pair{1U, 2},
                                       {tag, 2},
                                       {ascii, 2},
                                       {static_cast<std::uint32_t>(text.size()), 4},
                                       {26U, 4},
                                       {0U, 4}})
        image::appendNumber(block, value, width, ByteOrder::Little);
    image::append(block, image::viewOf(text));
    image::append(block, image::viewOf(behind));
    return block;
}

bool contains(const Bytes& bytes, std::string_view text)
{
    return image::textOf(bytes).find(text) != std::string_view::npos;
}

} // namespace

/// Places that are easily overlooked.
class TestLocationLeaks : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void jpegSegmentsDoNotLeak_data();
    void jpegSegmentsDoNotLeak();
    void pngChunksDoNotLeak_data();
    void pngChunksDoNotLeak();
    void xmpLosesPlacesAlone_data();
    void xmpLosesPlacesAlone();
    void xmpThatCannotBeTrustedIsDropped_data();
    void xmpThatCannotBeTrustedIsDropped();
    void exifIsWrittenAnew();
    void brokenExifIsDroppedAndTold();

private:
    std::vector<ExportLoss> exportWithoutLocation(FileFormat format)
    {
        const Photo photo = image::readPhoto(file("source")).value();
        const image::ExportOptions options{.format = format, .metadata = MetadataLevel::NoLocation};
        if (!image::writePhoto(photo.original, photo, file("target"), options))
            throw std::runtime_error("not written");
        return image::foreseeLosses(photo, options);
    }
};

void TestLocationLeaks::jpegSegmentsDoNotLeak_data()
{
    using namespace std::string_literals;
    QTest::addColumn<int>("marker");
    QTest::addColumn<std::string>("payload");
    const std::string xmp = "http://ns.adobe.com/xap/1.0/\0"s;
    QTest::newRow("a maker's") << 0xE5 << "MAKER\0"s + secret;
    QTest::newRow("a video camera's") << 0xE6 << "GoPro\0"s + secret;
    QTest::newRow("a second EXIF block") << 0xE1 << "Exif\0\0II*\0"s + secret;
    QTest::newRow("an XMP packet")
        << 0xE1 << xmp + packetWith("<a:City xmlns:a='b'>" + secret + "</a:City>");
    QTest::newRow("a broken XMP packet") << 0xE1 << xmp + "<x:City>" + secret;
    QTest::newRow("extended XMP without a main packet")
        << 0xE1 << "http://ns.adobe.com/xmp/extension/\0"s + std::string(40, 'A') + secret;
    QTest::newRow("more pictures") << 0xE2 << "MPF\0"s + secret;
    QTest::newRow("JUMBF") << 0xEB << "JP" + secret;
    QTest::newRow("broken Photoshop resources")
        << 0xED << "Photoshop 3.0\0"s + "8BIM\4\4\0\0"s + secret;
    QTest::newRow("a thumbnail in JFIF") << 0xE0 << "JFIF\0\1\2\0\0\1\0\1\2\2"s + secret;
}

void TestLocationLeaks::jpegSegmentsDoNotLeak()
{
    QFETCH(int, marker);
    QFETCH(std::string, payload);
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});
    addSegment(file("source"), static_cast<std::uint8_t>(marker), payload);
    QVERIFY(holds(file("source"), secret));

    exportWithoutLocation(FileFormat::Jpeg);

    QVERIFY(!holds(file("target"), secret));
}

void TestLocationLeaks::pngChunksDoNotLeak_data()
{
    using namespace std::string_literals;
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("content");
    QTest::newRow("a text of ImageMagick's") << "tEXt"s
                                             << "exif:GPSLatitude\0"s + secret;
    QTest::newRow("a profile that cannot be read") << "tEXt"s
                                                   << "Raw profile type other\0"s + secret;
    QTest::newRow("an XMP packet that cannot be read") << "iTXt"s
                                                       << "XML:com.adobe.xmp\0\1\0\0\0"s + secret;
    QTest::newRow("a chunk of somebody's own") << "prVt"s << secret;
    QTest::newRow("a color chunk of the wrong size") << "gAMA"s << secret;
}

void TestLocationLeaks::pngChunksDoNotLeak()
{
    QFETCH(std::string, type);
    QFETCH(std::string, content);
    makePhotoFile(file("source"), {.format = FileFormat::Png, .icc = {}});
    addChunk(file("source"), "tEXt", bytesOf({"Author\0Somebody", 15}));
    addChunk(file("source"), type, bytesOf(content));

    const auto losses = exportWithoutLocation(FileFormat::Png);

    QVERIFY(!holds(file("target"), secret));
    QVERIFY(holds(file("target"), std::string("Somebody")));
    QVERIFY(losses == std::vector{ExportLoss::PrivateData});
}

void TestLocationLeaks::xmpLosesPlacesAlone_data()
{
    QTest::addColumn<std::string>("property");
    QTest::addColumn<bool>("isTold");
    const auto row = [](const char* name, const std::string& property, bool isTold = false) {
        QTest::newRow(name) << property << isTold;
    };
    const auto told = [&row](const char* name, const std::string& property) {
        row(name,
            "<" + property + ">" + secret + "</" + property.substr(0, property.find(' ')) + ">",
            true);
    };
    row("an element", "<photoshop:City>" + secret + "</photoshop:City>");
    row("a list", "<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType='Resource'>"
                  "<Iptc4xmpExt:Sublocation>" +
                      secret +
                      "</Iptc4xmpExt:Sublocation></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>");
    row("another prefix", "<e:GPSLongitude>" + secret + "</e:GPSLongitude>");
    row("a drone's", "<drone-dji:GpsLatitude>" + secret + "</drone-dji:GpsLatitude>");
    row("an empty element", "<x:y exif:GPSAltitude='" + secret + "'/>");
    row("a preview", "<xmp:Thumbnails><rdf:Alt>" + secret + "</rdf:Alt></xmp:Thumbnails>");
    row("the photo once more", "<GImage:Data>" + secret + "</GImage:Data>");
    row("a remark", "<!-- " + secret + " -->");
    row("a range finder's", "<d:LRFTargetLat>" + secret + "</d:LRFTargetLat>");
    row("a range finder's longitude", "<x:y d:LRFTargetLon='" + secret + "'/>");
    row("a range finder's altitude", "<d:LRFTargetAlt>" + secret + "</d:LRFTargetAlt>");
    row("what a picture covers", "<dc:coverage>" + secret + "</dc:coverage>");
    told("a drone's own data", "drone-dji:LRFTargetAbsAlt");
    told("a drone's under another prefix", "d:Home xmlns:d='http://www.dji.com/drone-dji/1.0/'");
    told("a maker note", "exif:MakerNote");
    told("a phone's maker note", "GCamera:hdrp_makernote");
    told("a phone's log", "GCamera:shot_log_data");
    row("a maker note as an attribute", "<x:y GCamera:hdrp_makernote='" + secret + "'/>", true);
}

void TestLocationLeaks::xmpLosesPlacesAlone()
{
    QFETCH(std::string, property);
    QFETCH(bool, isTold);
    const std::string kept = "<Iptc4xmpCore:CreatorContactInfo Iptc4xmpCore:CiAdrCity='Home'/>"
                             "<dc:title><![CDATA[a < b]]></dc:title>";

    image::Metadata::Blocks blocks;
    blocks.xmp = bytesOf(packetWith(property + kept));

    const auto reduction = image::reduced(blocks, MetadataLevel::NoLocation);

    const Bytes& packet = reduction.blocks.xmp;
    QVERIFY(!contains(packet, secret));
    QVERIFY(contains(packet, kept) && contains(packet, "xmp:Label='kept'"));
    QCOMPARE(reduction.losesPrivate, isTold);
}

void TestLocationLeaks::xmpThatCannotBeTrustedIsDropped_data()
{
    QTest::addColumn<std::string>("packet");
    std::string wide;
    for (const char letter : packetWith("<x:City/>"))
        wide += {letter, '\0'};
    QTest::newRow("UTF-16") << wide;
    QTest::newRow("declarations") << "<!DOCTYPE x [<!ENTITY p '" + secret + "'>]>" +
                                         packetWith("<x:a>&p;</x:a>");
    QTest::newRow("cut") << packetWith({}).substr(0, 200);
}

void TestLocationLeaks::xmpThatCannotBeTrustedIsDropped()
{
    QFETCH(std::string, packet);
    image::Metadata::Blocks blocks;
    blocks.xmp = bytesOf(packet);

    const auto reduction = image::reduced(blocks, MetadataLevel::NoLocation);

    QVERIFY(reduction.blocks.xmp.empty());
    QVERIFY(reduction.losesUnreadable);
}

void TestLocationLeaks::exifIsWrittenAnew()
{
    constexpr std::uint32_t description = 0x010E;
    constexpr std::uint32_t modelTiepoint = 0x8482; // of GeoTIFF
    const auto kept =
        image::reducedExif(exifWith(description, "A garden", secret), MetadataLevel::NoLocation);
    const auto geographic =
        image::reducedExif(exifWith(modelTiepoint, secret, {}), MetadataLevel::NoLocation);

    QVERIFY(contains(kept.block, "A garden") && !contains(kept.block, secret));
    QVERIFY(!kept.losesPrivate);
    QVERIFY(geographic.block.empty() && geographic.losesPrivate);
}

void TestLocationLeaks::brokenExifIsDroppedAndTold()
{
    using namespace std::string_literals;
    makePhotoFile(file("source"), {.icc = {}});
    addSegment(file("source"), 0xE1, "Exif\0\0XX*\0"s + secret);

    const auto losses = exportWithoutLocation(FileFormat::Jpeg);

    QVERIFY(!holds(file("target"), secret));
    QVERIFY(losses == std::vector{ExportLoss::Unreadable});
}

QTEST_APPLESS_MAIN(TestLocationLeaks)
#include "tst_location_leaks.moc"
