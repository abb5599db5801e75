// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/gradient_similarity.h"
#include "tests/core/evaluation/scenes.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::evaluation;
using limpid::tests::scene;

class TestGradientSimilarity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalPicturesDoNotDeviate()
    {
        QCOMPARE(gradientSimilarityDeviation(scene(64), scene(64)), 0.0);
    }

    void brightnessDoesNotMatter()
    {
        QVERIFY(gradientSimilarityDeviation(scene(64) + 0.1, scene(64)) < 1e-6);
    }

    /// Against a flat picture: flat, then a ramp that climbs 8 levels every two pixels. Halved, the
    /// gradient is 0 in 15 of the inner 30 columns, 8 at the kink, 16 in 14.
    void aRampBesideFlatGroundHasItsKnownDeviation()
    {
        const auto column = torch::floor(torch::arange(64).to(torch::kFloat64) / 2.0);
        const auto climb = (column - 16.0).clamp_min(0.0) * 8.0 / 255.0;
        const auto ramp = limpid::tests::fromProfile(0.2 + climb);
        const auto ground = torch::full({1, 3, 64, 64}, 0.2);
        const double kink = 170.0 / (64.0 + 170.0);
        const double slope = 170.0 / (256.0 + 170.0);
        const double mean = (15.0 + kink + 14.0 * slope) / 30.0;
        const double squares = 15.0 * std::pow(1.0 - mean, 2) + std::pow(kink - mean, 2) +
                               14.0 * std::pow(slope - mean, 2);

        const double found = gradientSimilarityDeviation(ramp, ground);

        QVERIFY(std::abs(found - std::sqrt(squares * 30.0 / (30.0 * 30.0 - 1.0))) < 2e-3);
    }

    void moreBlurDeviatesMore()
    {
        const auto sharp = scene(64);
        const auto once = torch::avg_pool2d(sharp, 3, 1, 1);
        const auto more = torch::avg_pool2d(sharp, 7, 1, 3);

        QVERIFY(gradientSimilarityDeviation(more, sharp) >
                gradientSimilarityDeviation(once, sharp));
    }
};

QTEST_APPLESS_MAIN(TestGradientSimilarity)
#include "tst_gradient_similarity.moc"
