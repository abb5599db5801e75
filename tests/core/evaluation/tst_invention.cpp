// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/invention.h"
#include "core/evaluation/picture.h"
#include "tests/core/evaluation/scenes.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::evaluation;
using limpid::tests::scene;

namespace {

/// The same noise in all three colors, of this deviation.
torch::Tensor grayNoise(std::int64_t side, double deviation)
{
    torch::manual_seed(7);
    return deviation * torch::randn({1, 1, side, side}).expand({1, 3, side, side});
}

/// The picture sharpened by a 3×3 box, mirrored at its border.
torch::Tensor sharpened(const torch::Tensor& picture, double amount)
{
    const auto padded = torch::reflection_pad2d(picture, {1, 1, 1, 1});
    return picture + amount * (picture - torch::avg_pool2d(padded, 3, 1));
}

} // namespace

class TestInvention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingChangedIsNothingInvented() { QCOMPARE(inventionRate(scene(64), scene(64)), 0.0); }

    void aFilterOfTheInputInventsNothing()
    {
        const auto input = scene(64);

        QVERIFY(inventionRate(sharpened(input, 0.8), input) < 1e-4);
        QVERIFY(inventionRate(0.9 * input + 0.05, input) < 1e-4);
    }

    void unrelatedDetailIsInventedWholly()
    {
        const auto input = scene(96);

        const double rate = inventionRate(input + grayNoise(96, 0.02), input);

        QVERIFY(rate > 0.95);
        QVERIFY(rate <= 1.0);
    }

    void equalShares()
    {
        const auto input = scene(96);
        const auto filtered = sharpened(input, 1.0) - input;
        const double deviation = lumaOf(filtered).std().item<double>();

        const double rate = inventionRate(input + filtered + grayNoise(96, deviation), input);

        QVERIFY(rate > 0.4);
        QVERIFY(rate < 0.6);
    }

    void equalOutputsDoNotDependOnTheSeed()
    {
        QCOMPARE(seedDeviation({scene(16), scene(16)}), 0.0);
    }

    /// Two values d apart deviate by d / √2.
    void twoOutputsTwoLevelsApartDeviateByTheRootOfTwo()
    {
        const double found = seedDeviation({scene(16), scene(16) + 2.0 / 255.0});

        QVERIFY(std::abs(found - std::sqrt(2.0)) < 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestInvention)
#include "tst_invention.moc"
