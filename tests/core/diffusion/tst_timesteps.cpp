// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/timesteps.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace limpid::diffusion;

namespace {

std::vector<double> stableDiffusion()
{
    return scaledLinearAlphaBars(0.00085, 0.012, 1000);
}

} // namespace

class TestTimesteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spacedIncludeBothEndsAndRoundHalvesToEven_data()
    {
        QTest::addColumn<int>("total");
        QTest::addColumn<std::vector<int>>("expected");
        QTest::newRow("one is the noisiest") << 1000 << std::vector<int>{999};
        QTest::newRow("two") << 1000 << std::vector<int>{999, 0};
        QTest::newRow("no halves") << 1000 << std::vector<int>{999, 666, 333, 0};
        // 166.5 → 166, 499.5 → 500, 832.5 → 832
        QTest::newRow("halves") << 1000 << std::vector<int>{999, 832, 666, 500, 333, 166, 0};
        QTest::newRow("all") << 4 << std::vector<int>{3, 2, 1, 0};
    }
    void spacedIncludeBothEndsAndRoundHalvesToEven()
    {
        QFETCH(int, total);
        QFETCH(std::vector<int>, expected);

        QCOMPARE(spacedTimesteps(total, static_cast<int>(expected.size())), expected);
    }

    void spacedAddUpTheirStride()
    {
        // Half way is 499.5, which rounds to 500; ten additions of 49.95 fall just short of it.
        QCOMPARE(spacedTimesteps(1000, 21)[10], 499);
    }

    void truncatedBeginAndEndWhereAsked()
    {
        QCOMPARE(timestepsBetween(600, 100, 3), (std::vector<int>{600, 350, 100}));
        QCOMPARE(timestepsBetween(600, 100, 1), std::vector<int>{600});
    }

    void truncatedDoNotRepeatOnAShortPath()
    {
        QCOMPARE(timestepsBetween(2, 0, 9), (std::vector<int>{2, 1, 0}));
    }

    void logSnrTimestepsAreEvenOnThatScale()
    {
        const auto table = stableDiffusion();

        const auto timesteps = logSnrTimestepsBetween(table, 700, 20, 5);

        QCOMPARE(timesteps.front(), 700);
        QCOMPARE(timesteps.back(), 20);
        const auto levels = levelsAt(table, timesteps);
        const double step = (levels.back().logSnr() - levels.front().logSnr()) / 4.0;
        for (std::size_t i = 1; i < levels.size(); ++i)
            QVERIFY(std::abs(levels[i].logSnr() - levels[i - 1].logSnr() - step) < 0.06);
    }

    void everyLevelOfTheTableHasItsIndex()
    {
        const auto table = stableDiffusion();
        for (std::size_t i = 0; i < table.size(); ++i)
            QCOMPARE(timestepOf(table, fromAlphaBar(table[i])), static_cast<double>(i));
    }

    void levelsBetweenAreInterpolatedInLogSnr()
    {
        const auto table = stableDiffusion();
        const double low = fromAlphaBar(table[501]).logSnr();
        const double high = fromAlphaBar(table[500]).logSnr();

        QVERIFY(std::abs(timestepOf(table, fromLogSnr(high * 0.75 + low * 0.25)) - 500.25) < 1e-6);
    }

    void levelsBeyondTheTableAreItsEnds()
    {
        const auto table = stableDiffusion();
        QCOMPARE(timestepOf(table, pureNoise), 999.0);
        QCOMPARE(timestepOf(table, cleanPicture), 0.0);
        QCOMPARE(timestepOf(withZeroTerminalSnr(table), pureNoise), 999.0);
    }
};

QTEST_APPLESS_MAIN(TestTimesteps)
#include "tst_timesteps.moc"
