// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_blocks.h"
#include "core/image/metadata_blocks.h"
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "tests/core/image/file_holds.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <exiv2/exiv2.hpp>

#include <QTest>

#include <algorithm>

using namespace limpid;
using namespace limpid::tests;
using image::JpegBlock;
using image::JpegSegment;
using image::MetadataLevel;
using image::Photo;

namespace {

const std::string scheme = "http://cv.iptc.org/newscodes/digitalsourcetype/";
const std::string capture = scheme + "digitalCapture";
const std::string composite = scheme + "compositeWithTrainedAlgorithmicMedia";
const std::string guid(32, 'A');
const std::string note = " xmpNote:HasExtendedXMP='" + guid + "'";
const std::string sourceType = "Iptc4xmpExt:DigitalSourceType";

std::string packetWith(const std::string& attributes, const std::string& elements)
{
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
           "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
           "rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' "
           "xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/' "
           "xmlns:stEvt='http://ns.adobe.com/xap/1.0/sType/ResourceEvent#' "
           "xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/' "
           "xmlns:xmpNote='http://ns.adobe.com/xmp/note/' "
           "xmlns:Iptc4xmpExt='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'" +
           attributes + ">" + elements + "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

std::string source(std::size_t length)
{
    return "<dc:source>" + std::string(length, 'd') + "</dc:source>";
}

JpegSegment app1(const std::string& payload)
{
    return {.marker = image::jpeg::app1, .payload = image::copyOf(image::viewOf(payload))};
}

/// A JPEG whose main packet names a second one, in segments of their own.
void makeSource(const std::filesystem::path& path, const std::string& extended,
                const std::string& main = packetWith(note, {}))
{
    constexpr std::size_t pieceBytes = 60'000;
    std::vector<JpegSegment> segments{
        app1(std::string("http://ns.adobe.com/xap/1.0/\0", 29) + main)};
    for (std::size_t at = 0; at < extended.size(); at += pieceBytes) {
        JpegSegment segment = app1(std::string("http://ns.adobe.com/xmp/extension/\0", 35) + guid);
        for (const std::size_t number : {extended.size(), at})
            image::appendNumber(segment.payload, static_cast<std::uint32_t>(number), 4,
                                image::ByteOrder::Big);
        image::append(segment.payload, image::viewOf(extended.substr(at, pieceBytes)));
        segments.push_back(segment);
    }
    makePhotoFile(path, {.icc = {}});
    writeBytes(path, image::withSegments(fileBytes(path), segments));
}

std::vector<JpegSegment> segmentsOf(const std::filesystem::path& path)
{
    return image::parseJpeg(fileBytes(path), {}).segments;
}

std::ptrdiff_t count(const std::vector<JpegSegment>& segments, JpegBlock kind)
{
    return std::ranges::count_if(segments,
                                 [kind](const auto& item) { return image::kindOf(item) == kind; });
}

std::string value(const Bytes& packet, const std::string& key)
{
    Exiv2::XmpData xmp;
    Exiv2::XmpParser::decode(xmp, std::string(image::textOf(packet)));
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    return found == xmp.end() ? "absent" : found->toString();
}

bool contains(const Bytes& bytes, std::string_view text)
{
    return image::textOf(bytes).find(text) != std::string_view::npos;
}

} // namespace

/// A packet that takes more than one segment of a JPEG file.
class TestExtendedXmp : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void theFirstSegmentNamesTheSourceType_data();
    void theFirstSegmentNamesTheSourceType();
    void anUnclearSourceTypeStaysWhereItIs_data();
    void anUnclearSourceTypeStaysWhereItIs();
    void whatIsStatedInTheExtendedPacketIsStatedOnce_data();
    void whatIsStatedInTheExtendedPacketIsStatedOnce();
    void anotherExtendedPacketStaysAsItIs();
    void aPacketThatShrinksLeavesNoOrphans();
    void aPacketThatIsReplacedLeavesNoOrphans();

private:
    void exportChanged(MetadataLevel level)
    {
        const Photo photo = image::readPhoto(file("source")).value();
        Bytes bytes = image::copyOf(photo.original.bytes());
        bytes[0] ^= 0x10;
        const image::Raster changed(photo.original.size(), photo.original.channels(),
                                    photo.original.depth(), std::move(bytes));
        const image::Provenance provenance{.program = "Limpid 1.2", .recipes = {{.method = "msg"}}};
        QVERIFY(image::writePhoto(changed, photo, file("target"),
                                  {.metadata = level, .provenance = provenance}));
    }
};

void TestExtendedXmp::theFirstSegmentNamesTheSourceType_data()
{
    QTest::addColumn<std::string>("attribute");
    QTest::addColumn<std::string>("element");
    QTest::newRow("attribute") << " " + sourceType + "='" + composite + "'" << std::string();
    QTest::newRow("element") << std::string()
                             << "<" + sourceType + ">\n" + composite + "</" + sourceType + ">";
    QTest::newRow("link") << std::string()
                          << "<" + sourceType + " rdf:resource='" + composite + "'/>";
    QTest::newRow("open link") << std::string()
                               << "<" + sourceType + " rdf:resource='" + composite + "'></" +
                                      sourceType + ">";
}

void TestExtendedXmp::theFirstSegmentNamesTheSourceType()
{
    QFETCH(std::string, attribute);
    QFETCH(std::string, element);
    const std::string packet = packetWith(attribute, element + source(70'000));

    const auto segments = image::xmpSegments(image::viewOf(packet));

    const Bytes main = image::collectXmp(segments);
    const Bytes extended = image::collectExtendedXmp(segments);
    QCOMPARE(value(main, "Xmp.iptcExt.DigitalSourceType"), composite);
    QVERIFY(!contains(extended, "DigitalSourceType"));
    QCOMPARE(value(extended, "Xmp.dc.source").size(), std::size_t{70'000});
    const Bytes merged = image::mergedXmp(main, extended);
    QCOMPARE(value(merged, "Xmp.iptcExt.DigitalSourceType"), composite);
    QCOMPARE(value(merged, "Xmp.dc.source").size(), std::size_t{70'000});
}

void TestExtendedXmp::anUnclearSourceTypeStaysWhereItIs_data()
{
    const std::string element = "<" + sourceType + ">" + composite + "</" + sourceType + ">";
    QTest::addColumn<std::string>("element");
    QTest::newRow("of an ingredient")
        << "<xmpMM:Ingredients><rdf:Bag><rdf:li rdf:parseType='Resource'>" + element +
               "</rdf:li></rdf:Bag></xmpMM:Ingredients>";
    QTest::newRow("twice") << element + element;
    QTest::newRow("a second prefix")
        << "<o:thing xmlns:o='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'/>" + element;
    QTest::newRow("not closed") << element + "<dc:title>";
    QTest::newRow("empty") << "<" + sourceType + "/>";
}

void TestExtendedXmp::anUnclearSourceTypeStaysWhereItIs()
{
    QFETCH(std::string, element);
    const std::string packet = packetWith({}, element + source(70'000));

    const auto segments = image::xmpSegments(image::viewOf(packet));

    QVERIFY(!contains(image::collectXmp(segments), "DigitalSourceType"));
    QVERIFY(image::textOf(image::collectExtendedXmp(segments)) == packet);
}

void TestExtendedXmp::whatIsStatedInTheExtendedPacketIsStatedOnce_data()
{
    QTest::addColumn<std::string>("elements");
    QTest::addColumn<std::string>("secondAction");
    QTest::newRow("a history") << std::string("<xmpMM:History><rdf:Seq><rdf:li stEvt:action="
                                              "'created'/></rdf:Seq></xmpMM:History>")
                               << std::string("edited");
    QTest::newRow("a source type")
        << "<" + sourceType + ">" + capture + "</" + sourceType + ">" << std::string("absent");
}

void TestExtendedXmp::whatIsStatedInTheExtendedPacketIsStatedOnce()
{
    QFETCH(std::string, elements);
    QFETCH(std::string, secondAction);
    makeSource(file("source"), packetWith({}, elements + "<dc:source>kept</dc:source>"));

    exportChanged(MetadataLevel::All);

    const auto segments = segmentsOf(file("target"));
    const Bytes packet = image::collectXmp(segments);
    QCOMPARE(count(segments, JpegBlock::Xmp), std::ptrdiff_t{1});
    QCOMPARE(count(segments, JpegBlock::ExtendedXmp), std::ptrdiff_t{0});
    QCOMPARE(value(packet, "Xmp.iptcExt.DigitalSourceType"), composite);
    QCOMPARE(value(packet, "Xmp.xmpMM.History[2]/stEvt:action"), secondAction);
    QCOMPARE(value(packet, "Xmp.dc.source"), std::string("kept"));
    QVERIFY(!holds(file("target"), guid));
    QVERIFY(!holds(file("target"), capture));
}

void TestExtendedXmp::anotherExtendedPacketStaysAsItIs()
{
    makeSource(file("source"), packetWith({}, source(100)));

    exportChanged(MetadataLevel::All);

    const auto target = segmentsOf(file("target"));
    QCOMPARE(value(image::collectXmp(target), "Xmp.iptcExt.DigitalSourceType"), composite);
    QCOMPARE(image::collectExtendedXmp(target),
             image::collectExtendedXmp(segmentsOf(file("source"))));
    QCOMPARE(count(target, JpegBlock::ExtendedXmp), std::ptrdiff_t{1});
}

/// What is said of a gain map is left out, and what remains fits into one segment.
void TestExtendedXmp::aPacketThatShrinksLeavesNoOrphans()
{
    const std::string map = "<hdrgm:Note>" + std::string(70'000, 'm') + "</hdrgm:Note>";
    makeSource(file("source"), packetWith({}, map + source(100)));

    exportChanged(MetadataLevel::NoLocation);

    const auto segments = segmentsOf(file("target"));
    QCOMPARE(count(segments, JpegBlock::Xmp), std::ptrdiff_t{1});
    QCOMPARE(count(segments, JpegBlock::ExtendedXmp), std::ptrdiff_t{0});
    QCOMPARE(value(image::collectXmp(segments), "Xmp.dc.source"), std::string(100, 'd'));
    QVERIFY(!holds(file("target"), std::string(1000, 'm')));
}

void TestExtendedXmp::aPacketThatIsReplacedLeavesNoOrphans()
{
    const std::string broken = packetWith(note, "<dc:title>");
    makeSource(file("source"), packetWith({}, source(100)), broken);
    QVERIFY(!image::readPhoto(file("source")).value().metadata.blocks()->extendedXmp.empty());

    exportChanged(MetadataLevel::All);

    const auto segments = segmentsOf(file("target"));
    QCOMPARE(count(segments, JpegBlock::ExtendedXmp), std::ptrdiff_t{0});
    QCOMPARE(value(image::collectXmp(segments), "Xmp.iptcExt.DigitalSourceType"), composite);
}

QTEST_APPLESS_MAIN(TestExtendedXmp)
#include "tst_extended_xmp.moc"
