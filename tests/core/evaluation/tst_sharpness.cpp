// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sharpness.h"
#include "tests/core/evaluation/scenes.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::evaluation;
using limpid::tests::fromProfile;
using limpid::tests::scene;

namespace {

/// A step from 0.2 to 0.8 in the middle of 64 pixels, blurred by a Gaussian.
torch::Tensor softStep(double sigma)
{
    const auto x = torch::arange(64).to(torch::kFloat64) - 31.5;
    return 0.5 + 0.3 * torch::erf(x / (sigma * std::sqrt(2.0)));
}

/// The same blurred by a box: a straight ramp of this length.
torch::Tensor ramp(double length)
{
    const auto x = torch::arange(64).to(torch::kFloat64) - 31.5;
    return 0.5 + 0.6 * (x / length).clamp(-0.5, 0.5);
}

} // namespace

class TestSharpness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gradientEnergyOfARampIsItsSlopeSquared()
    {
        const auto x = torch::arange(64).to(torch::kFloat64) / 128.0;

        QVERIFY(std::abs(gradientEnergy(fromProfile(x)) - 1.0 / (128.0 * 128.0)) < 1e-9);
    }

    void halfTheContrastHasAQuarterOfTheEnergy()
    {
        QVERIFY(std::abs(*gradientEnergyRatio(scene(32), scene(32)) - 1.0) < 1e-12);
        QVERIFY(std::abs(*gradientEnergyRatio(scene(32) * 0.5, scene(32)) - 0.25) < 1e-6);
    }

    void aFlatReferenceHasNoRatio()
    {
        QVERIFY(!gradientEnergyRatio(scene(32), torch::full({1, 3, 32, 32}, 0.5)));
    }

    void riseOfAKnownStep_data()
    {
        QTest::addColumn<bool>("straight");
        QTest::addColumn<double>("size");
        QTest::addColumn<bool>("falling");
        QTest::addColumn<double>("pixels");
        // From 10 % to 90 % a Gaussian takes 2 · 1.28155 sigma, a straight ramp 0.8 of its length.
        QTest::newRow("between two pixels") << false << 0.01 << false << 0.8;
        QTest::newRow("Gaussian, sigma 1.5") << false << 1.5 << false << 2.5631 * 1.5;
        QTest::newRow("Gaussian, sigma 3") << false << 3.0 << false << 2.5631 * 3.0;
        QTest::newRow("ramp of 10 pixels") << true << 10.0 << false << 8.0;
        QTest::newRow("falling ramp") << true << 10.0 << true << 8.0;
    }
    void riseOfAKnownStep()
    {
        QFETCH(bool, straight);
        QFETCH(double, size);
        QFETCH(bool, falling);
        QFETCH(double, pixels);
        const auto rising = straight ? ramp(size) : softStep(size);
        const auto profile = falling ? 1.0 - rising : rising;
        const auto edges = steepestEdges(fromProfile(softStep(0.01)));
        const auto turned = steepestEdges(fromProfile(softStep(0.01), false));

        QVERIFY(std::abs(*edgeRise(fromProfile(profile), edges) - pixels) < 0.06 * pixels);
        QVERIFY(std::abs(*edgeRise(fromProfile(profile, false), turned) - pixels) < 0.06 * pixels);
    }

    void findsTheStepWhereItIs()
    {
        const auto edges = steepestEdges(fromProfile(softStep(0.01), false), 7);

        QCOMPARE(edges.size(), std::size_t{7});
        QCOMPARE(edges.front().y, std::int64_t{31});
        QVERIFY(!edges.front().alongX);
    }

    void aFlatPictureHasNoEdges()
    {
        const auto flat = torch::full({1, 3, 64, 64}, 0.5);

        QVERIFY(steepestEdges(flat).empty());
        QVERIFY(!edgeRise(flat, steepestEdges(fromProfile(softStep(0.01)))));
    }
};

QTEST_APPLESS_MAIN(TestSharpness)
#include "tst_sharpness.moc"
