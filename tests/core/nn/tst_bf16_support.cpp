// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/bf16_support.h"

#include <QtTest/QtTest>

#include <string>

using namespace limpid;

class TestBf16Support : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsGpusWithUnitsForIt_data()
    {
        QTest::addColumn<int>("capability");
        QTest::addColumn<bool>("bf16");
        QTest::newRow("Pascal") << 61 << false;
        QTest::newRow("Volta") << 70 << false;
        QTest::newRow("Turing") << 75 << false;
        QTest::newRow("Ampere") << 80 << true;
        QTest::newRow("Ampere for desks") << 86 << true;
        QTest::newRow("Hopper") << 90 << true;
        QTest::newRow("Blackwell") << 120 << true;
    }

    void knowsGpusWithUnitsForIt()
    {
        QFETCH(const int, capability);
        QFETCH(const bool, bf16);

        QCOMPARE(nn::hasBf16Units(std::optional(capability)), bf16);
        QVERIFY(!nn::hasBf16Units(std::nullopt));
    }

    void knowsProcessorsWithUnitsForIt_data()
    {
        QTest::addColumn<std::string>("flags");
        QTest::addColumn<bool>("bf16");
        QTest::newRow("AVX2 alone") << std::string("flags : fpu sse4_2 fma avx f16c avx2") << false;
        QTest::newRow("Skylake-X") << std::string("flags : avx2 avx512f avx512bw") << false;
        QTest::newRow("Cooper Lake") << std::string("flags : avx2 avx512f avx512_bf16") << true;
        QTest::newRow("AMX") << std::string("flags : avx2 amx_bf16 amx_tile") << true;
    }

    void knowsProcessorsWithUnitsForIt()
    {
        QFETCH(const std::string, flags);
        QFETCH(const bool, bf16);

        QCOMPARE(nn::hasBf16Units(std::string_view(flags)), bf16);
    }
};

QTEST_APPLESS_MAIN(TestBf16Support)
#include "tst_bf16_support.moc"
