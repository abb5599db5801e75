// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/draw_levels.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace limpid;
using namespace limpid::training;

class TestDrawLevels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesPureNoiseTheShareThatWasAskedFor_data()
    {
        QTest::addColumn<double>("share");
        QTest::newRow("never") << 0.0;
        QTest::newRow("sometimes") << 0.6;
        QTest::newRow("always") << 1.0;
    }

    void givesPureNoiseTheShareThatWasAskedFor()
    {
        QFETCH(const double, share);

        const auto levels = drawLevels(Dice(3, 5), 4000, share);

        const auto pure = std::count(levels.begin(), levels.end(), diffusion::pureNoise);
        QVERIFY(std::abs(static_cast<double>(pure) / 4000.0 - share) < 0.03);
    }

    void coversTheLevelsOfAFewStepSampler()
    {
        const auto levels = drawLevels(Dice(3, 5), 4000, 0.0);

        const auto [noisiest, cleanest] =
            std::minmax_element(levels.begin(), levels.end(), [](const auto& a, const auto& b) {
                return a.logSnr() < b.logSnr();
            });
        QVERIFY(noisiest->logSnr() < -2.9 && noisiest->logSnr() >= -3.0);
        QVERIFY(cleanest->logSnr() > 6.9 && cleanest->logSnr() <= 7.0);
    }

    void drawsTheSameForTheSameStep()
    {
        QVERIFY(drawLevels(Dice(3, 5), 16, 0.5) == drawLevels(Dice(3, 5), 16, 0.5));
        QVERIFY(drawLevels(Dice(3, 5), 16, 0.5) != drawLevels(Dice(3, 6), 16, 0.5));
    }
};

QTEST_APPLESS_MAIN(TestDrawLevels)
#include "tst_draw_levels.moc"
