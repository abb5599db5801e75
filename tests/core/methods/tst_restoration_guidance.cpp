// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/restoration_guidance.h"

#include <QtTest/QtTest>
#include <torch/utils.h>

#include <cmath>

using namespace limpid::methods;

namespace {

GuidanceTarget latentTarget(double value)
{
    return {.picture = torch::zeros({1, 3, 16, 16}), .latent = [value](int, int) {
                return torch::full({1, 4, 2, 2}, value);
            }};
}

bool near(const torch::Tensor& a, const torch::Tensor& b)
{
    return torch::allclose(a, b, 1e-5, 1e-6);
}

} // namespace

class TestRestorationGuidance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void appliesStrictlyBetweenItsEnds_data()
    {
        QTest::addColumn<double>("timestep");
        QTest::addColumn<bool>("applies");
        QTest::newRow("before it starts") << 500.0 << false;
        QTest::newRow("its first") << 498.0 << true;
        QTest::newRow("its last") << 100.0 << true;
        QTest::newRow("after it stopped") << 99.0 << false;
    }
    void appliesStrictlyBetweenItsEnds()
    {
        QFETCH(double, timestep);
        QFETCH(bool, applies);
        const RestorationGuidance guidance({.scale = 0.1, .start = 500, .stop = 100}, {});

        QCOMPARE(guidance.appliesAt(timestep), applies);
    }

    void withoutAScaleItNeverApplies()
    {
        QVERIFY(!RestorationGuidance({.scale = 0.0}, {}).appliesAt(10.0));
        QVERIFY(RestorationGuidance({.scale = 0.1}, {}).appliesAt(999.0));
    }

    void aMoveFollowsTheGradientOfTheMeanSquare()
    {
        RestorationGuidance guidance({.scale = 1e-4}, latentTarget(3.0));

        const auto moved = guidance.guided(torch::full({1, 4, 2, 2}, 1.0), 0, 0.5);

        // 16 values: 2 · 3000 · 1e-4 / 16 of the way, and twice that for the posterior's weight.
        QVERIFY(near(moved, torch::full({1, 4, 2, 2}, 1.0 + 2.0 * 0.0375 * 2.0)));
    }

    void everyMoveAsksForTheTargetAnew()
    {
        std::vector<std::pair<int, int>> asked;
        RestorationGuidance guidance({.scale = 1e-3, .repeat = 2},
                                     {.picture = {}, .latent = [&](int step, int repeat) {
                                          asked.emplace_back(step, repeat);
                                          return torch::ones({1, 4, 2, 2});
                                      }});

        const auto moved = guidance.guided(torch::zeros({1, 4, 2, 2}), 7, 1.0);

        QVERIFY(asked == (std::vector<std::pair<int, int>>{{7, 0}, {7, 1}}));
        QVERIFY(near(moved, torch::full({1, 4, 2, 2}, 1.0 - 0.625 * 0.625)));
    }

    void inRgbTheGradientPassesTheDecoder()
    {
        const auto decode = [](const torch::Tensor& latent) {
            return latent.narrow(1, 0, 3) * 2.0;
        };
        RestorationGuidance guidance({.space = GuidanceSpace::Rgb, .scale = 1e-3},
                                     {.picture = torch::full({1, 3, 2, 2}, 5.0), .decode = decode});
        const torch::NoGradGuard noGrad;

        const auto moved = guidance.guided(torch::ones({1, 4, 2, 2}), 0, 1.0);

        // 12 values in the picture, each 3 away; the decoder's factor counts once more.
        auto expected = torch::full({1, 4, 2, 2}, 1.0 + 2.0 * 3000.0 * 1e-3 / 12.0 * 3.0 * 2.0);
        expected.narrow(1, 3, 1).fill_(1.0); // not decoded
        QVERIFY(near(moved, expected));
        QVERIFY(!moved.requires_grad());
    }

    void flatAreasHaveTheFullWeight()
    {
        const auto flatness = flatnessOf(torch::full({1, 3, 8, 6}, 0.3));

        QVERIFY(near(flatness, torch::ones({1, 1, 8, 6})));
    }

    void weightFallsWithTheSlope()
    {
        // A gray ramp: −1…1 in steps of 0.02 is 0…1 in steps of 0.01, of which Sobel makes eight.
        const auto ramp =
            (torch::arange(12) * 0.02 - 1.0).view({1, 1, 1, 12}).expand({1, 3, 8, 12});

        const auto flatness = flatnessOf(ramp).narrow(3, 2, 8);

        const double gray = 0.2989 + 0.5870 + 0.1140;
        const double expected = 1.0 - std::tanh(4.0 * 8.0 * 0.01 * gray);
        QVERIFY(near(flatness, torch::full({1, 1, 8, 8}, expected)));
    }

    void weightedGuidanceLeavesEdgesAlone_data()
    {
        QTest::addColumn<GuidanceSpace>("space");
        QTest::newRow("latent") << GuidanceSpace::Latent;
        QTest::newRow("rgb") << GuidanceSpace::Rgb;
    }
    void weightedGuidanceLeavesEdgesAlone()
    {
        QFETCH(GuidanceSpace, space);
        auto picture = torch::zeros({1, 3, 8, 8});
        picture.narrow(3, 0, 4).copy_(torch::rand({1, 3, 8, 4}) * 2.0 - 1.0);
        GuidanceTarget target{
            .picture = picture,
            .latent =
                [](int, int) {
                    return torch::ones({1, 4, 4, 4});
                },
            .decode =
                [](const torch::Tensor& z) {
                    return z.narrow(1, 0, 3).repeat_interleave(2, 2).repeat_interleave(2, 3) + 9.0;
                }};
        RestorationGuidance guidance(
            {.space = space, .loss = GuidanceLoss::WeightedMse, .scale = 1e-3}, target);

        const auto moved = guidance.guided(torch::zeros({1, 4, 4, 4}), 0, 1.0).abs();

        QVERIFY(moved[0][0][1][3].item<double>() > 0.05);
        QVERIFY(moved[0][0][1][0].item<double>() < 0.5 * moved[0][0][1][3].item<double>());
    }
};

QTEST_APPLESS_MAIN(TestRestorationGuidance)
#include "tst_restoration_guidance.moc"
