// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/iptc_level.h"

#include "core/image/jpeg_blocks.h"
#include "core/image/metadata_blocks.h"

#include <QTest>

#include <algorithm>

using namespace limpid;
using image::ByteOrder;
using image::Bytes;
using image::MetadataLevel;

namespace {

const std::string secret = "SECRETPLACE";

Bytes bytesOf(std::string_view text)
{
    return image::copyOf(image::viewOf(text));
}

/// One IPTC record of the second kind.
Bytes record(std::uint8_t dataset, std::string_view value)
{
    Bytes bytes{0x1C, 2, dataset};
    image::appendNumber(bytes, static_cast<std::uint32_t>(value.size()), 2, ByteOrder::Big);
    image::append(bytes, image::viewOf(value));
    return bytes;
}

Bytes resource(std::uint32_t kind, std::string_view content)
{
    Bytes bytes = bytesOf("8BIM");
    image::appendNumber(bytes, kind, 2, ByteOrder::Big);
    image::appendNumber(bytes, 0, 2, ByteOrder::Big);
    image::appendNumber(bytes, static_cast<std::uint32_t>(content.size()), 4, ByteOrder::Big);
    image::append(bytes, image::viewOf(content));
    bytes.resize(bytes.size() + bytes.size() % 2);
    return bytes;
}

} // namespace

class TestIptcLevel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void iptcIsWrittenAnew();
    void privateIptcIsTold_data();
    void privateIptcIsTold();
    void otherProgramsResourcesAreSkipped_data();
    void otherProgramsResourcesAreSkipped();
    void photoshopKeepsNoCopies();
};

void TestIptcLevel::iptcIsWrittenAnew()
{
    constexpr std::uint8_t city = 90;
    constexpr std::uint8_t keyword = 25;
    Bytes records = record(keyword, "garden");
    image::append(records, record(city, secret));
    image::append(records, record(keyword, "roses"));
    const auto whole = image::reducedIptc(records, MetadataLevel::NoLocation);
    image::append(records, bytesOf(secret));
    const auto damaged = image::reducedIptc(records, MetadataLevel::NoLocation);

    Bytes wanted = record(keyword, "garden");
    image::append(wanted, record(keyword, "roses"));
    QCOMPARE(whole.block, wanted);
    QVERIFY(whole.isReadable);
    QCOMPARE(damaged.block, wanted);
    QVERIFY(!damaged.isReadable);
}

void TestIptcLevel::privateIptcIsTold_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("dataset");
    QTest::addColumn<bool>("isTold");
    QTest::newRow("a city") << 2 << 90 << false;
    QTest::newRow("beyond what is known") << 2 << 189 << true;
    QTest::newRow("a preview") << 2 << 202 << true;
    QTest::newRow("of a newspaper's photo") << 3 << 10 << true;
    QTest::newRow("behind the object") << 9 << 10 << true;
}

void TestIptcLevel::privateIptcIsTold()
{
    QFETCH(int, number);
    QFETCH(int, dataset);
    QFETCH(bool, isTold);
    image::Metadata::Blocks blocks;
    blocks.iptc = record(static_cast<std::uint8_t>(dataset), secret);
    blocks.iptc[1] = static_cast<std::uint8_t>(number);
    image::Metadata::Blocks around;
    around.photoshop = image::photoshopAround(blocks.iptc);
    const auto losesPrivate = [](const image::Metadata::Blocks& all, MetadataLevel level) {
        return image::reduced(all, level).losesPrivate;
    };

    QVERIFY(image::reduced(blocks, MetadataLevel::NoLocation).blocks.iptc.empty());
    QCOMPARE(losesPrivate(blocks, MetadataLevel::NoLocation), isTold);
    QCOMPARE(losesPrivate(around, MetadataLevel::NoLocation), isTold);
    QVERIFY(!losesPrivate(blocks, MetadataLevel::Basic));
}

void TestIptcLevel::otherProgramsResourcesAreSkipped_data()
{
    QTest::addColumn<std::string>("mark");
    for (const char* mark : {"MeSa", "AgHg", "PHUT", "DCSR"})
        QTest::newRow(mark) << std::string(mark);
}

void TestIptcLevel::otherProgramsResourcesAreSkipped()
{
    QFETCH(std::string, mark);
    constexpr std::uint32_t iptc = 0x0404;
    const Bytes keywords = image::photoshopAround(record(25, "garden"));
    Bytes resources = resource(iptc, secret);
    std::ranges::copy(mark, resources.begin());
    image::append(resources, keywords);

    const auto reduced = image::reducedPhotoshop(resources, MetadataLevel::NoLocation);

    QCOMPARE(reduced.block, keywords);
    QVERIFY(reduced.isReadable && reduced.losesOther);
    QCOMPARE(image::iptcOf(resources), record(25, "garden"));
}

void TestIptcLevel::photoshopKeepsNoCopies()
{
    constexpr std::uint32_t exif = 0x0422;
    constexpr std::uint32_t xmp = 0x0424;
    constexpr std::uint32_t path = 0x07D0;
    constexpr std::uint32_t unknown = 0x1234;
    Bytes resources = resource(exif, secret);
    image::append(resources, resource(path, "points"));
    image::append(resources, resource(xmp, secret));
    const auto told = image::reducedPhotoshop(resources, MetadataLevel::NoLocation);
    image::append(resources, resource(unknown, secret));
    const auto more = image::reducedPhotoshop(resources, MetadataLevel::NoLocation);

    QCOMPARE(told.block, resource(path, "points"));
    QVERIFY(!told.losesOther);
    QCOMPARE(more.block, told.block);
    QVERIFY(more.losesOther);
}

QTEST_APPLESS_MAIN(TestIptcLevel)
#include "tst_iptc_level.moc"
