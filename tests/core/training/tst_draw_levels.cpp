// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/timesteps.h"
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
        QVERIFY(noisiest->logSnr() < 1.1 && noisiest->logSnr() >= 1.0);
        QVERIFY(cleanest->logSnr() > 7.9 && cleanest->logSnr() <= 8.0);
        const auto sampled = diffusion::fewStepLevels(8);
        for (std::size_t i = 1; i < sampled.size(); ++i)
            QVERIFY(sampled[i].logSnr() >= 1.0 && sampled[i].logSnr() <= 8.0);
    }

    void drawsTheSameForTheSameStep()
    {
        QVERIFY(drawLevels(Dice(3, 5), 16, 0.5) == drawLevels(Dice(3, 5), 16, 0.5));
        QVERIFY(drawLevels(Dice(3, 5), 16, 0.5) != drawLevels(Dice(3, 6), 16, 0.5));
    }
};

QTEST_APPLESS_MAIN(TestDrawLevels)
#include "tst_draw_levels.moc"
