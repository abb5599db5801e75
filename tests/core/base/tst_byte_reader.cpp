// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/byte_reader.h"

#include <QTest>

#include <array>
#include <limits>

using namespace limpid;

class TestByteReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsLittleEndian();
    void seeksAndTakes();
    void refusesToReadBeyondTheEnd_data();
    void refusesToReadBeyondTheEnd();
    void staysWhereItWasAfterARefusal();
};

namespace {

constexpr std::array bytes{std::byte{0x01}, std::byte{0x02}, std::byte{0x03}, std::byte{0x04},
                           std::byte{0x05}, std::byte{0x06}, std::byte{0x07}, std::byte{0x88},
                           std::byte{0x41}, std::byte{0x42}};

} // namespace

void TestByteReader::readsLittleEndian()
{
    QCOMPARE(ByteReader(bytes, "f").read<std::uint8_t>(), std::uint8_t{0x01});
    QCOMPARE(ByteReader(bytes, "f").read<std::uint16_t>(), std::uint16_t{0x0201});
    QCOMPARE(ByteReader(bytes, "f").read<std::uint32_t>(), std::uint32_t{0x04030201});
    QCOMPARE(ByteReader(bytes, "f").read<std::uint64_t>(), std::uint64_t{0x8807060504030201});
    QVERIFY(ByteReader(bytes, "f").read<std::int64_t>() < 0);
}

void TestByteReader::seeksAndTakes()
{
    ByteReader reader(bytes, "f");

    reader.seek(8);
    const auto rest = reader.take(2);

    QCOMPARE(char(rest[0]), 'A');
    QCOMPARE(char(rest[1]), 'B');
    QCOMPARE(reader.position(), std::size_t{10});
    QCOMPARE(reader.remaining(), std::size_t{0});
}

void TestByteReader::refusesToReadBeyondTheEnd_data()
{
    QTest::addColumn<quint64>("position");
    QTest::addColumn<quint64>("count");
    constexpr auto most = std::numeric_limits<quint64>::max();
    QTest::newRow("one too many") << quint64{0} << quint64{11};
    QTest::newRow("at the end") << quint64{10} << quint64{1};
    QTest::newRow("sum overflows") << quint64{4} << most - 2;
    QTest::newRow("position beyond") << quint64{11} << quint64{0};
    QTest::newRow("position far beyond") << most << quint64{1};
}

void TestByteReader::refusesToReadBeyondTheEnd()
{
    QFETCH(quint64, position);
    QFETCH(quint64, count);
    ByteReader reader(bytes, "weights.pth");

    try {
        reader.seek(position);
        reader.take(count);
        QFAIL("read beyond the end");
    } catch (const Failure& failure) {
        QCOMPARE(failure.error().code, ErrorCode::DamagedFile);
        QVERIFY(failure.error().path == "weights.pth");
    }
}

void TestByteReader::staysWhereItWasAfterARefusal()
{
    ByteReader reader(bytes, "f");
    reader.seek(8);

    QVERIFY_EXCEPTION_THROWN(reader.read<std::uint32_t>(), Failure);

    QCOMPARE(reader.read<std::uint16_t>(), std::uint16_t{0x4241});
}

QTEST_APPLESS_MAIN(TestByteReader)
#include "tst_byte_reader.moc"
