// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"

#include "tests/core/image/file_holds.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

#include <algorithm>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;
using image::Photo;

namespace {

const std::string xmpPrefix("http://ns.adobe.com/xap/1.0/\0", 29);

/// The file with this segment at its start.
Bytes withSegment(Bytes jpeg, std::uint8_t marker, const std::string& payload)
{
    const std::size_t length = payload.size() + 2;
    Bytes segment{0xFF, marker, static_cast<std::uint8_t>(length >> 8),
                  static_cast<std::uint8_t>(length)};
    segment.insert(segment.end(), payload.begin(), payload.end());
    jpeg.insert(jpeg.begin() + 2, segment.begin(), segment.end());
    return jpeg;
}

/// A packet with these attributes and elements among others.
std::string packetWith(const std::string& attributes, const std::string& elements)
{
    return "<x:xmpmeta xmlns:x='adobe:ns:meta/'>"
           "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
           "<rdf:Description xmlns:xmp='http://ns.adobe.com/xap/1.0/' "
           "xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/' "
           "xmlns:GCamera='http://ns.google.com/photos/1.0/camera/' "
           "xmlns:Container='http://ns.google.com/photos/1.0/container/' rdf:about=''" +
           attributes + "  xmp:Rating='4'>" + elements +
           "<xmp:Label> a &gt; b </xmp:Label></rdf:Description></rdf:RDF></x:xmpmeta>";
}

/// As above, of a photo with a gain map and a video behind it.
std::string packetOfAttachments()
{
    return packetWith(" hdrgm:Version=\"1.0\"\n  GCamera:MotionPhoto='1'",
                      "<Container:Directory><rdf:Seq><rdf:li rdf:parseType='Resource'>"
                      "<Container:Item Container:Mime='a>b'/></rdf:li></rdf:Seq>"
                      "</Container:Directory><hdrgm:HDRCapacityMax/>"
                      "<GCamera:MicroVideoOffset>7</GCamera:MicroVideoOffset>");
}

std::vector<image::ExportLoss> lossesOf(const Photo& photo)
{
    return image::foreseeLosses(photo, image::defaultExportOptions(photo));
}

} // namespace

/// Pictures and videos behind a JPEG: Ultra HDR, motion photos, several views.
class TestAttachments : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void announcesFurtherPicturesAndDropsThem_data();
    void announcesFurtherPicturesAndDropsThem();
    void xmpNoLongerNamesWhatIsDropped();
    void malformedXmpStaysAsItIs();

private:
    void exportSource()
    {
        const Photo photo = image::readPhoto(file("source")).value();
        QVERIFY(image::writePhoto(photo.original, photo, file("target"), {}));
    }
};

void TestAttachments::announcesFurtherPicturesAndDropsThem_data()
{
    QTest::addColumn<std::string>("index");
    QTest::newRow("multi-picture format") << std::string("MPF\0II*\0\10\0\0\0", 12);
    QTest::newRow("ISO gain map") << std::string("urn:iso:std:iso:ts:21496:-1\0\0\0\0\0", 32);
}

void TestAttachments::announcesFurtherPicturesAndDropsThem()
{
    QFETCH(std::string, index);
    makePhotoFile(file("source"), {.hasMetadata = true, .icc = {}});
    Bytes contents = withSegment(fileBytes(file("source")), 0xE2, index);
    const Bytes second = contents;
    contents.insert(contents.end(), second.begin(), second.end());
    writeBytes(file("source"), contents);

    const Photo photo = image::readPhoto(file("source")).value();
    exportSource();

    QVERIFY(lossesOf(photo) == std::vector{image::ExportLoss::MultiPicture});
    QVERIFY(!holds(file("target"), index));
    QVERIFY(lossesOf(image::readPhoto(file("target")).value()).empty());
}

void TestAttachments::xmpNoLongerNamesWhatIsDropped()
{
    makePhotoFile(file("source"), {.icc = {}});
    writeBytes(file("source"),
               withSegment(fileBytes(file("source")), 0xE1, xmpPrefix + packetOfAttachments()));
    const Photo photo = image::readPhoto(file("source")).value();

    exportSource();

    QVERIFY(lossesOf(photo) == std::vector{image::ExportLoss::MultiPicture});
    QVERIFY(holds(file("target"), packetWith({}, {})));
    QVERIFY(lossesOf(image::readPhoto(file("target")).value()).empty());
}

void TestAttachments::malformedXmpStaysAsItIs()
{
    makePhotoFile(file("source"), {.icc = {}});
    std::string packet = packetOfAttachments();
    packet.resize(packet.size() - 5);
    writeBytes(file("source"), withSegment(fileBytes(file("source")), 0xE1, xmpPrefix + packet));

    exportSource();

    QVERIFY(holds(file("target"), packet));
}

QTEST_APPLESS_MAIN(TestAttachments)
#include "tst_attachments.moc"
