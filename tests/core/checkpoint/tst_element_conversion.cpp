// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/element_conversion.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <limits>

using namespace limpid::checkpoint;

namespace {

constexpr std::uint32_t everyPattern = 65536;

/// The value of a binary16 by its definition.
double halfByDefinition(std::uint32_t bits)
{
    const double sign = (bits & 0x8000U) != 0 ? -1.0 : 1.0;
    const int exponent = static_cast<int>(bits >> 10 & 31U);
    const double mantissa = bits & 0x3FFU;
    if (exponent == 31)
        return mantissa == 0 ? sign * std::numeric_limits<double>::infinity()
                             : std::numeric_limits<double>::quiet_NaN();
    return exponent == 0 ? sign * std::ldexp(mantissa, -24)
                         : sign * std::ldexp(mantissa + 1024, exponent - 25);
}

bool same(double a, double b)
{
    return (std::isnan(a) && std::isnan(b)) || (a == b && std::signbit(a) == std::signbit(b));
}

} // namespace

class TestElementConversion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void widensEveryHalfExactly();
    void widensEveryBfloat16Exactly();
    void givesBackEveryHalf();
    void givesBackEveryBfloat16();
    void narrowsToTheNearestHalf_data();
    void narrowsToTheNearestHalf();
    void narrowsToTheNearestBfloat16_data();
    void narrowsToTheNearestBfloat16();
    void roundsHalfwayValuesToEven();
    void convertsBetweenAllTypes_data();
    void convertsBetweenAllTypes();
    void countsWhatDoesNotFit();
    void countsValuesThatAreNoNumbers();
};

void TestElementConversion::widensEveryHalfExactly()
{
    for (std::uint32_t bits = 0; bits < everyPattern; ++bits)
        QVERIFY2(same(halfToFloat(static_cast<std::uint16_t>(bits)), halfByDefinition(bits)),
                 QByteArray::number(bits, 16).constData());
}

void TestElementConversion::widensEveryBfloat16Exactly()
{
    for (std::uint32_t bits = 0; bits < everyPattern; ++bits)
        QCOMPARE(std::bit_cast<std::uint32_t>(bfloat16ToFloat(static_cast<std::uint16_t>(bits))),
                 bits << 16);
}

void TestElementConversion::givesBackEveryHalf()
{
    for (std::uint32_t bits = 0; bits < everyPattern; ++bits) {
        const float wide = halfToFloat(static_cast<std::uint16_t>(bits));
        if (!std::isnan(wide))
            QCOMPARE(std::uint32_t{floatToHalf(wide)}, bits);
        else
            QVERIFY(std::isnan(halfToFloat(floatToHalf(wide))));
    }
}

void TestElementConversion::givesBackEveryBfloat16()
{
    for (std::uint32_t bits = 0; bits < everyPattern; ++bits) {
        const float wide = bfloat16ToFloat(static_cast<std::uint16_t>(bits));
        if (!std::isnan(wide))
            QCOMPARE(std::uint32_t{floatToBfloat16(wide)}, bits);
        else
            QVERIFY(std::isnan(bfloat16ToFloat(floatToBfloat16(wide))));
    }
}

void TestElementConversion::narrowsToTheNearestHalf_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<int>("bits");
    QTest::newRow("zero") << 0.0F << 0x0000;
    QTest::newRow("minus zero") << -0.0F << 0x8000;
    QTest::newRow("one") << 1.0F << 0x3C00;
    QTest::newRow("a third") << 1.0F / 3.0F << 0x3555;
    QTest::newRow("largest") << 65504.0F << 0x7BFF;
    QTest::newRow("just below halfway to 65536") << 65519.996F << 0x7BFF;
    QTest::newRow("halfway to 65536") << 65520.0F << 0x7C00;
    QTest::newRow("largest float") << std::numeric_limits<float>::max() << 0x7C00;
    QTest::newRow("minus infinity") << -std::numeric_limits<float>::infinity() << 0xFC00;
    QTest::newRow("smallest normal") << 0x1p-14F << 0x0400;
    QTest::newRow("largest subnormal") << 1023 * 0x1p-24F << 0x03FF;
    QTest::newRow("rounds up to normal") << 1023.5F * 0x1p-24F << 0x0400;
    QTest::newRow("smallest subnormal") << 0x1p-24F << 0x0001;
    QTest::newRow("half of it, a tie to zero") << 0x1p-25F << 0x0000;
    QTest::newRow("just above half of it") << 0x1.000002p-25F << 0x0001;
    QTest::newRow("three halves of it, a tie to two") << 0x1.8p-24F << 0x0002;
    QTest::newRow("below half of it") << -0x1.fffffep-26F << 0x8000;
    QTest::newRow("subnormal float") << 1e-45F << 0x0000;
    QTest::newRow("carry into the exponent") << 0x1.ffep0F << 0x4000;
}

void TestElementConversion::narrowsToTheNearestHalf()
{
    QFETCH(const float, value);
    QFETCH(const int, bits);

    QCOMPARE(int{floatToHalf(value)}, bits);
}

void TestElementConversion::narrowsToTheNearestBfloat16_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<int>("bits");
    QTest::newRow("one") << 1.0F << 0x3F80;
    QTest::newRow("minus zero") << -0.0F << 0x8000;
    QTest::newRow("tie to even below") << 0x1.01p0F << 0x3F80;
    QTest::newRow("tie to even above") << 0x1.03p0F << 0x3F82;
    QTest::newRow("above the tie") << 0x1.010002p0F << 0x3F81;
    QTest::newRow("largest float") << std::numeric_limits<float>::max() << 0x7F80;
    QTest::newRow("subnormal") << std::bit_cast<float>(0x00018000U) << 0x0002;
    QTest::newRow("infinity") << std::numeric_limits<float>::infinity() << 0x7F80;
}

void TestElementConversion::narrowsToTheNearestBfloat16()
{
    QFETCH(const float, value);
    QFETCH(const int, bits);

    QCOMPARE(int{floatToBfloat16(value)}, bits);
}

/// Between each two neighboring finite halves.
void TestElementConversion::roundsHalfwayValuesToEven()
{
    for (std::uint32_t bits = 0; bits < 0x7BFF; ++bits) {
        const auto low = static_cast<std::uint16_t>(bits);
        const auto high = static_cast<std::uint16_t>(bits + 1);
        const float middle = (halfToFloat(low) + halfToFloat(high)) / 2; // exact in float
        QCOMPARE(floatToHalf(middle), bits % 2 == 0 ? low : high);
        QCOMPARE(floatToHalf(std::nextafter(middle, 0.0F)), low);
        QCOMPARE(floatToHalf(std::nextafter(middle, 1e9F)), high);
    }
}

void TestElementConversion::convertsBetweenAllTypes_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("to");
    const std::pair<const char*, DType> types[]{
        {"f64", DType::F64}, {"f32", DType::F32}, {"f16", DType::F16}, {"bf16", DType::BF16}};
    for (const auto& [fromName, from] : types)
        for (const auto& [toName, to] : types)
            QTest::addRow("%s to %s", fromName, toName)
                << static_cast<int>(from) << static_cast<int>(to);
}

void TestElementConversion::convertsBetweenAllTypes()
{
    QFETCH(const int, from);
    QFETCH(const int, to);
    const std::vector<double> values{0.0, -1.5, 0.15625, 96.0}; // exact in every type
    std::vector<std::byte> source;
    std::vector<std::byte> target;
    std::vector<std::byte> back;
    convertElements(std::as_bytes(std::span(values)), DType::F64, static_cast<DType>(from), source);

    const auto report =
        convertElements(source, static_cast<DType>(from), static_cast<DType>(to), target);

    QCOMPARE(report.notFinite + report.overflowed, std::uint64_t{0});
    QCOMPARE(target.size(), values.size() * elementSize(static_cast<DType>(to)));
    convertElements(target, static_cast<DType>(to), DType::F64, back);
    QVERIFY(std::ranges::equal(back, std::as_bytes(std::span(values))));
}

void TestElementConversion::countsWhatDoesNotFit()
{
    const std::vector<float> values{1.0F, 1e6F, -1e6F, std::numeric_limits<float>::infinity()};
    std::vector<std::byte> target;

    const auto half =
        convertElements(std::as_bytes(std::span(values)), DType::F32, DType::F16, target);
    const auto brain =
        convertElements(std::as_bytes(std::span(values)), DType::F32, DType::BF16, target);

    QCOMPARE(half.overflowed, std::uint64_t{2});
    QCOMPARE(half.notFinite, std::uint64_t{1});
    QCOMPARE(brain.overflowed, std::uint64_t{0});
}

void TestElementConversion::countsValuesThatAreNoNumbers()
{
    const std::vector<std::uint16_t> halves{0x7C00, 0x7E00, 0x3C00, 0xFC00};

    QCOMPARE(countNotFinite(std::as_bytes(std::span(halves)), DType::F16), std::uint64_t{3});
    QCOMPARE(countNotFinite(std::as_bytes(std::span(halves)), DType::BF16), std::uint64_t{0});
    QCOMPARE(countNotFinite(std::as_bytes(std::span(halves)), DType::I16), std::uint64_t{0});
}

QTEST_APPLESS_MAIN(TestElementConversion)
#include "tst_element_conversion.moc"
