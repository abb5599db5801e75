// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/posterior.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::diffusion;

namespace {

bool near(double a, double b)
{
    return std::abs(a - b) < 1e-12;
}

} // namespace

class TestPosterior : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neighborsHaveThePublishedCoefficients()
    {
        // Ho et al. 2020, equation 7, for β₁ = 0.1 and β₂ = 0.2.
        const auto posterior = posteriorBetween(fromAlphaBar(0.9 * 0.8), fromAlphaBar(0.9));

        QVERIFY(near(posterior.cleanWeight, std::sqrt(0.9) * 0.2 / 0.28));
        QVERIFY(near(posterior.stateWeight, std::sqrt(0.8) * 0.1 / 0.28));
        QVERIFY(near(posterior.variance, 0.1 / 0.28 * 0.2));
    }

    void keepsTheMarginal_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::newRow("a short step") << -1.0 << -0.9;
        QTest::newRow("a long step") << -5.0 << 6.0;
    }
    void keepsTheMarginal()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        const auto noisy = fromLogSnr(from);
        const auto less = fromLogSnr(to);

        const auto posterior = posteriorBetween(noisy, less);

        // Drawing x_t given x₀, then x_s given both, has the moments of x_s given x₀.
        QVERIFY(near(posterior.cleanWeight + posterior.stateWeight * noisy.alpha, less.alpha));
        QVERIFY(near(std::pow(posterior.stateWeight * noisy.sigma, 2) + posterior.variance,
                     less.sigma * less.sigma));
    }

    void pureNoiseTellsNothing()
    {
        const auto less = fromLogSnr(0.5);

        const auto posterior = posteriorBetween(pureNoise, less);

        QVERIFY(near(posterior.cleanWeight, less.alpha));
        QCOMPARE(posterior.stateWeight, 0.0);
        QVERIFY(near(posterior.variance, less.sigma * less.sigma));
    }

    void theCleanPictureIsCertain()
    {
        const auto posterior = posteriorBetween(fromLogSnr(7.0), cleanPicture);

        QCOMPARE(posterior.cleanWeight, 1.0);
        QCOMPARE(posterior.stateWeight, 0.0);
        QCOMPARE(posterior.variance, 0.0);
    }
};

QTEST_APPLESS_MAIN(TestPosterior)
#include "tst_posterior.moc"
