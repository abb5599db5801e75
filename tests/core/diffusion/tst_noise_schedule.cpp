// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise_schedule.h"
#include "core/diffusion/timesteps.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace limpid::diffusion;

class TestNoiseSchedule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fallsFromAlmostCleanToAlmostNoise()
    {
        const auto published = linearAlphaBars(1e-6, 1e-2, 2000);

        QCOMPARE(published.size(), std::size_t{2000});
        QVERIFY(std::is_sorted(published.rbegin(), published.rend()));
        QCOMPARE(published.front(), 1.0 - 1e-6);
        QVERIFY(std::abs(std::sqrt(published.back()) - 0.0066) < 5e-5); // as measured for SR3
    }

    void scaledLinearEndsWhereStableDiffusionDoes()
    {
        const auto table = scaledLinearAlphaBars(0.00085, 0.012, 1000);

        QVERIFY(std::abs(std::sqrt(table.back()) - 0.068) < 5e-4);
    }

    void rescalingReachesZeroAndKeepsTheFirst()
    {
        const auto before = scaledLinearAlphaBars(0.00085, 0.012, 1000);

        const auto after = withZeroTerminalSnr(before);

        QVERIFY(std::abs(after.front() - before.front()) < 1e-12);
        QCOMPARE(after.back(), 0.0);
        QVERIFY(std::is_sorted(after.rbegin(), after.rend()));
    }

    void levelsKeepTheVariance_data()
    {
        QTest::addColumn<double>("logSnr");
        for (const double value : {-11.0, -3.0, 0.0, 1.0, 7.0, 11.0})
            QTest::newRow(qPrintable(QString::number(value))) << value;
    }
    void levelsKeepTheVariance()
    {
        QFETCH(double, logSnr);

        const auto level = fromLogSnr(logSnr);

        QVERIFY(std::abs(level.alpha * level.alpha + level.sigma * level.sigma - 1.0) < 1e-12);
        QVERIFY(std::abs(level.logSnr() - logSnr) < 1e-6);
    }

    void oneStepIsTheRegressorAtPureNoise()
    {
        QCOMPARE(fewStepLevels(1), std::vector<NoiseLevel>{pureNoise});
    }

    void fewStepsEndAlmostClean()
    {
        const auto levels = fewStepLevels(6);

        QCOMPARE(levels.size(), std::size_t{6});
        QVERIFY(std::abs(levels[1].logSnr() - 4.0) < 1e-9);
        QVERIFY(std::abs(levels[3].logSnr() - 5.5) < 1e-9);
        QVERIFY(std::abs(levels[5].logSnr() - 7.0) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(TestNoiseSchedule)
#include "tst_noise_schedule.moc"
