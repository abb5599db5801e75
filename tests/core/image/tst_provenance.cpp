// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/provenance.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "core/image/xmp_provenance.h"
#include "tests/core/image/exiv2_file.h"
#include "tests/core/image/file_holds.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

using namespace limpid;
using namespace limpid::tests;
using image::CreatorTool;
using image::FileFormat;
using image::MetadataLevel;
using image::Photo;

namespace {

const std::string composite =
    "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";
const std::string wholly = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
const std::string history = "Xmp.xmpMM.History";

image::Provenance provenance()
{
    const std::chrono::system_clock::time_point when{std::chrono::seconds(1'700'000'000)};
    return {.program = "Limpid 1.2",
            .when = when,
            .recipes = {{.method = "msg",
                         .model = "msg-s",
                         .step = 3,
                         .steps = 6,
                         .seed = 42,
                         .strength = 0.75F,
                         .region = Rect{10, 20, 30, 40},
                         .featherPixels = 5}}};
}

/// A packet with these attributes and elements among others, and room at its end.
std::string packetWith(const std::string& attributes, const std::string& elements)
{
    return "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>"
           "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
           "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
           "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmlns:mm='http://ns.adobe.com/xap/1.0/mm/' "
           "xmlns:Iptc4xmpExt='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' "
           "xmlns:e='http://ns.adobe.com/xap/1.0/sType/ResourceEvent#' rdf:about='uuid:1'" +
           attributes + " xmp:Rating='4'>" + elements + "</rdf:Description></rdf:RDF></x:xmpmeta>" +
           std::string(2000, ' ') + "<?xpacket end='w'?>";
}

std::string stated(const std::string& packet, CreatorTool tool = CreatorTool::SetWhenAbsent)
{
    const auto bytes = image::xmpWithProvenance(image::viewOf(packet), provenance(), tool);
    return bytes ? std::string(image::textOf(*bytes)) : std::string();
}

/// As another reader understands a packet.
Exiv2::XmpData decoded(const std::string& packet)
{
    Exiv2::XmpData properties;
    Exiv2::XmpParser::decode(properties, packet);
    return properties;
}

std::string value(const Exiv2::XmpData& xmp, const std::string& key)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    return found == xmp.end() ? "absent" : found->toString();
}

/// A field of the history's event, whatever the packet calls its schema.
std::string eventField(const Exiv2::XmpData& xmp, int event, const std::string& field)
{
    const std::string start = history + "[" + std::to_string(event) + "]/";
    const std::string usual = value(xmp, start + "stEvt:" + field);
    return usual == "absent" ? value(xmp, start + "e:" + field) : usual;
}

std::string sourceType(const Exiv2::XmpData& xmp)
{
    return value(xmp, "Xmp.iptcExt.DigitalSourceType");
}

/// APP1 at the start of a JPEG file.
void addSegment(const std::filesystem::path& path, const std::string& payload)
{
    Bytes file = fileBytes(path);
    const std::size_t length = payload.size() + 2;
    Bytes segment{0xFF, 0xE1, static_cast<std::uint8_t>(length >> 8),
                  static_cast<std::uint8_t>(length)};
    segment.insert(segment.end(), payload.begin(), payload.end());
    file.insert(file.begin() + 2, segment.begin(), segment.end());
    writeBytes(path, file);
}

/// Another picture of the same size.
image::Raster changed(const Photo& photo)
{
    Bytes bytes = image::copyOf(photo.original.bytes());
    bytes[0] ^= 0x10;
    return {photo.original.size(), photo.original.channels(), photo.original.depth(),
            std::move(bytes)};
}

} // namespace

class TestProvenance : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void everyFormatSaysSo_data();
    void everyFormatSaysSo();
    void theOriginalSaysNothing();
    void nothingIsSaidWhenNotWanted();
    void theRestOfAPacketStaysAsItIs();
    void aHistoryGoesOn_data();
    void aHistoryGoesOn();
    void theSourceTypeIsReplacedUnlessStronger_data();
    void theSourceTypeIsReplacedUnlessStronger();
    void aCreatorToolIsLeftAlone();
    void eachRecipeIsAnEvent();
    void aLongPacketInAJpegStaysWhole();
    void aBrokenPacketIsReplacedAndTold();
    void aRecipeIsReadable();

private:
    void exportChanged(const char* from, const char* to, const image::ExportOptions& options)
    {
        const Photo photo = image::readPhoto(file(from)).value();
        QVERIFY(image::writePhoto(changed(photo), photo, file(to), options));
    }
};

void TestProvenance::everyFormatSaysSo_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<MetadataLevel>("level");
    QTest::addColumn<bool>("hasMetadata");
    const std::pair<const char*, FileFormat> formats[]{{"JPEG", FileFormat::Jpeg},
                                                       {"PNG", FileFormat::Png},
                                                       {"TIFF", FileFormat::Tiff},
                                                       {"WebP", FileFormat::WebP}};
    const std::pair<const char*, MetadataLevel> levels[]{{"all", MetadataLevel::All},
                                                         {"no location", MetadataLevel::NoLocation},
                                                         {"basic", MetadataLevel::Basic},
                                                         {"none", MetadataLevel::None}};
    for (const auto& [formatName, format] : formats) {
        for (const auto& [levelName, level] : levels)
            QTest::addRow("%s, %s", formatName, levelName) << format << level << true;
        QTest::addRow("%s without metadata", formatName) << format << MetadataLevel::All << false;
    }
}

void TestProvenance::everyFormatSaysSo()
{
    QFETCH(FileFormat, format);
    QFETCH(MetadataLevel, level);
    QFETCH(bool, hasMetadata);
    makePhotoFile(file("source"), {.format = format, .hasMetadata = hasMetadata, .icc = {}});

    exportChanged("source", "target",
                  {.format = format, .metadata = level, .provenance = provenance()});

    const auto target = opened(file("target"));
    const auto& xmp = target->xmpData();
    QCOMPARE(sourceType(xmp), composite);
    QCOMPARE(value(xmp, history + "[1]/stEvt:action"), std::string("edited"));
    QCOMPARE(value(xmp, history + "[1]/stEvt:softwareAgent"), std::string("Limpid 1.2"));
    QCOMPARE(value(xmp, history + "[1]/stEvt:when"), std::string("2023-11-14T22:13:20Z"));
    QVERIFY(value(xmp, history + "[1]/stEvt:parameters").find("seed 42") != std::string::npos);
    QCOMPARE(value(xmp, "Xmp.xmp.CreatorTool"),
             std::string(level == MetadataLevel::None ? "absent" : "Limpid 1.2"));
    const bool keepsRating = hasMetadata && level <= MetadataLevel::NoLocation;
    QCOMPARE(value(xmp, "Xmp.xmp.Rating"), std::string(keepsRating ? "4" : "absent"));
}

void TestProvenance::theOriginalSaysNothing()
{
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});
    const Photo photo = image::readPhoto(file("source")).value();

    QVERIFY(image::writePhoto(photo.original, photo, file("target"), {.provenance = provenance()}));

    QCOMPARE(opened(file("target"))->xmpPacket(), opened(file("source"))->xmpPacket());
}

void TestProvenance::nothingIsSaidWhenNotWanted()
{
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});

    exportChanged("source", "target", {.statesProvenance = false, .provenance = provenance()});

    QCOMPARE(opened(file("target"))->xmpPacket(), opened(file("source"))->xmpPacket());
}

void TestProvenance::theRestOfAPacketStaysAsItIs()
{
    const std::string packet = packetWith({}, "<odd:thing xmlns:odd='o'>a &lt; b</odd:thing>");

    const std::string after = stated(packet);

    const std::size_t body = packet.find("</rdf:RDF>");
    QCOMPARE(after.substr(0, body), packet.substr(0, body));
    QCOMPARE(after.size(), packet.size()); // the padding has made room
    QVERIFY(after.ends_with("<?xpacket end='w'?>"));
    QCOMPARE(value(decoded(after), "Xmp.xmp.Rating"), std::string("4"));
    QCOMPARE(sourceType(decoded(after)), composite);
}

void TestProvenance::aHistoryGoesOn_data()
{
    QTest::addColumn<std::string>("before");
    QTest::addColumn<int>("events");
    QTest::newRow("events") << std::string("<mm:History><rdf:Seq><rdf:li e:action='created'/>"
                                           "</rdf:Seq></mm:History>")
                            << 1;
    QTest::newRow("an empty list") << std::string("<mm:History><rdf:Seq/></mm:History>") << 0;
    QTest::newRow("an empty history") << std::string("<mm:History/>") << 0;
    QTest::newRow("none") << std::string() << 0;
}

void TestProvenance::aHistoryGoesOn()
{
    QFETCH(std::string, before);
    QFETCH(int, events);

    const auto xmp = decoded(stated(packetWith({}, before)));

    QCOMPARE(eventField(xmp, events + 1, "action"), std::string("edited"));
    QCOMPARE(eventField(xmp, events + 1, "softwareAgent"), std::string("Limpid 1.2"));
    QCOMPARE(eventField(xmp, events + 2, "action"), std::string("absent"));
    if (events > 0)
        QCOMPARE(eventField(xmp, 1, "action"), std::string("created"));
}

void TestProvenance::theSourceTypeIsReplacedUnlessStronger_data()
{
    const std::string capture = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture";
    const std::string name = "Iptc4xmpExt:DigitalSourceType";
    QTest::addColumn<std::string>("attribute");
    QTest::addColumn<std::string>("element");
    QTest::addColumn<std::string>("wanted");
    QTest::newRow("attribute") << " " + name + "='" + capture + "'" << std::string() << composite;
    QTest::newRow("element") << std::string() << "<" + name + ">" + capture + "</" + name + ">"
                             << composite;
    QTest::newRow("link") << std::string() << "<" + name + " rdf:resource='" + capture + "'/>"
                          << composite;
    QTest::newRow("stronger") << " " + name + "='" + wholly + "'" << std::string() << wholly;
    QTest::newRow("as strong") << " " + name + "='" + composite + "'" << std::string() << composite;
}

void TestProvenance::theSourceTypeIsReplacedUnlessStronger()
{
    QFETCH(std::string, attribute);
    QFETCH(std::string, element);
    QFETCH(std::string, wanted);

    const std::string after = stated(packetWith(attribute, element));

    QCOMPARE(sourceType(decoded(after)), wanted);
    QVERIFY(after.find("digitalCapture") == std::string::npos);
}

void TestProvenance::aCreatorToolIsLeftAlone()
{
    const auto tool = [](const std::string& packet) {
        return value(decoded(packet), "Xmp.xmp.CreatorTool");
    };

    QCOMPARE(tool(stated(packetWith(" xmp:CreatorTool='Camera 7'", {}))), std::string("Camera 7"));
    QCOMPARE(tool(stated(packetWith({}, "<xmp:CreatorTool>Camera 7</xmp:CreatorTool>"))),
             std::string("Camera 7"));
    QCOMPARE(tool(stated(packetWith({}, {}))), std::string("Limpid 1.2"));
    QCOMPARE(tool(stated(packetWith({}, {}), CreatorTool::LeftAlone)), std::string("absent"));
}

void TestProvenance::eachRecipeIsAnEvent()
{
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});
    auto twice = provenance();
    twice.recipes.push_back({.method = "deblurdiff"});

    exportChanged("source", "target", {.provenance = twice});

    const auto target = opened(file("target"));
    const std::string second = value(target->xmpData(), history + "[2]/stEvt:parameters");
    QVERIFY2(second.find("method deblurdiff") != std::string::npos, second.c_str());
    QCOMPARE(value(target->xmpData(), history + "[3]/stEvt:action"), std::string("absent"));
}

/// A packet that fills its segment grows beyond it, and must take its second half along.
void TestProvenance::aLongPacketInAJpegStaysWhole()
{
    const std::string guid(32, 'A');
    const std::string source = "<dc:source xmlns:dc='http://purl.org/dc/elements/1.1/'>";
    const std::string text(64'300, 'd');
    std::string packet =
        packetWith(" n:HasExtendedXMP='" + guid + "' xmlns:n='http://ns.adobe.com/xmp/note/'",
                   source + text + "</dc:source>");
    packet.erase(packet.find("  "), 2000); // no room
    std::string second = packetWith({}, "<xmp:Label>second</xmp:Label>");
    second.erase(second.find(" xmp:Rating"), 15); // each property is in one of the two
    const Bytes length{0,
                       0,
                       static_cast<std::uint8_t>(second.size() >> 8),
                       static_cast<std::uint8_t>(second.size()),
                       0,
                       0,
                       0,
                       0};
    makePhotoFile(file("source"), {.icc = {}});
    addSegment(file("source"), std::string("http://ns.adobe.com/xmp/extension/\0", 35) + guid +
                                   std::string(length.begin(), length.end()) + second);
    addSegment(file("source"), std::string("http://ns.adobe.com/xap/1.0/\0", 29) + packet);

    exportChanged("source", "long", {.provenance = provenance()});
    const Photo photo = image::readPhoto(file("long")).value();
    QVERIFY(image::writePhoto(photo.original, photo, file("tiff"), {.format = FileFormat::Tiff}));

    const auto whole = opened(file("tiff"));
    QVERIFY(!holds(file("long"), guid)); // cut anew
    QVERIFY(value(whole->xmpData(), "Xmp.dc.source") == text);
    QCOMPARE(value(whole->xmpData(), "Xmp.xmp.Label"), std::string("second"));
    QCOMPARE(sourceType(whole->xmpData()), composite);
}

void TestProvenance::aBrokenPacketIsReplacedAndTold()
{
    makePhotoFile(file("source"), {.format = FileFormat::WebP, .hasMetadata = true, .icc = {}});
    Bytes contents = fileBytes(file("source"));
    const std::string mark = "</rdf:RDF>";
    const auto found = std::ranges::search(contents, mark);
    QVERIFY(!found.empty());
    *found.begin() = '(';
    writeBytes(file("source"), contents);
    const image::ExportOptions options{.format = FileFormat::WebP, .provenance = provenance()};

    exportChanged("source", "target", options);

    QCOMPARE(sourceType(opened(file("target"))->xmpData()), composite);
    const Photo photo = image::readPhoto(file("source")).value();
    QVERIFY(image::foreseeLosses(photo, options) == std::vector{image::ExportLoss::Unreadable});
    const image::ExportOptions planned{.format = FileFormat::WebP}; // the facts come later
    QVERIFY(image::foreseeLosses(photo, planned) == std::vector{image::ExportLoss::Unreadable});
}

void TestProvenance::aRecipeIsReadable()
{
    const image::Recipe whole{.method = "msg"};

    QCOMPARE(image::readable(provenance().recipes.front()).c_str(),
             "method msg, model msg-s, step 3 of 6, seed 42, strength 0.75, region x 10 y 20 "
             "width 30 height 40, feather 5 pixels");
    QVERIFY(image::readable(whole).ends_with("whole picture"));
}

QTEST_APPLESS_MAIN(TestProvenance)
#include "tst_provenance.moc"
