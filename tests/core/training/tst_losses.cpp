// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/band_pass.h"
#include "core/training/losses.h"

#include <QtTest/QtTest>
#include <torch/utils.h>

#include <cmath>

using namespace limpid;
using namespace limpid::training;

namespace {

torch::Tensor fineDetail()
{
    torch::manual_seed(4);
    return nn::boxBlur(torch::rand({1, 3, 64, 64}) * 2.0 - 1.0, 1);
}

double asNumber(const torch::Tensor& one)
{
    return one.item<double>();
}

} // namespace

class TestLosses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingDiffersFromItself()
    {
        const auto picture = fineDetail();

        QCOMPARE(asNumber(contrastL1(picture, picture)), 0.0);
        QCOMPARE(asNumber(gradientDissimilarity(picture, picture)), 0.0);
        QCOMPARE(asNumber(spectralL1(picture, picture)), 0.0);
    }

    void gradientsOfAStepAreThoseComputedByHand()
    {
        // A vertical step of 0.2 in a picture that is else even, against one without a step. Two
        // columns of the 6 × 6 gradients have 0.2; halved, two of the 2 × 2 have it.
        const auto even = torch::zeros({1, 3, 8, 8});
        auto step = even.clone();
        step.slice(3, 4) = 0.2;
        const double square = 0.2 * 0.2;
        const double most = square / (square + 170.0 / (127.5 * 127.5));

        const double found = asNumber(gradientDissimilarity(step, even));

        // The even gradients are not quite zero, so that the root has a slope there.
        QVERIFY(std::abs(found - 0.5 * (most * 2.0 / 6.0 + most)) < 0.01);
    }

    void gradientsPreferAnEdgeAsSteepAsTheTruths()
    {
        auto edge = torch::full({1, 3, 64, 64}, -0.5);
        edge.slice(3, 32) = 0.5;
        const auto inside = [](const torch::Tensor& x) {
            return x.slice(3, 16, 48);
        };
        const auto soft = nn::boxBlur(edge, 3);
        const auto crisper = nn::boxBlur(edge, 1);
        const auto judge = [&](const torch::Tensor& x) {
            return asNumber(gradientDissimilarity(inside(x), inside(edge)));
        };

        QVERIFY(judge(crisper) < 0.8 * judge(soft));
    }

    void gradientsIgnoreGrainThatNobodySees()
    {
        torch::manual_seed(5);
        const auto even = torch::zeros({1, 3, 64, 64});
        const auto grain = even + 0.01 * torch::randn({1, 1, 64, 64});

        QVERIFY(asNumber(gradientDissimilarity(grain, even)) < 0.02);
        QVERIFY(asNumber(gradientDissimilarity(20.0 * grain, even)) > 0.5);
    }

    void gradientsFainterThanSaidHardlyCount()
    {
        torch::manual_seed(5);
        const auto even = torch::zeros({1, 3, 64, 64});
        const auto grain = even + 0.1 * torch::randn({1, 1, 64, 64}); // 13 gray levels
        auto edge = even.clone();
        edge.slice(3, 32) = 1.0;

        QVERIFY(asNumber(gradientDissimilarity(grain, even, 60.0)) <
                0.2 * asNumber(gradientDissimilarity(grain, even)));
        QVERIFY(asNumber(gradientDissimilarity(edge, even, 60.0)) >
                0.7 * asNumber(gradientDissimilarity(edge, even)));
    }

    void chromaIsColorAndNotBrightness()
    {
        const auto truth = fineDetail();
        const auto colored = torch::rand({1, 1, 64, 64});
        // Red up, green down, so that the luma stays.
        const auto speckled =
            truth + torch::cat({colored, -0.299 / 0.587 * colored, torch::zeros_like(colored)}, 1);

        QVERIFY(asNumber(chromaL1(truth + colored, truth)) < 1e-4);
        QVERIFY(asNumber(chromaL1(speckled, truth)) > 0.1);
    }

    void sharpnessIsTheSumOfWhatIsAsked()
    {
        const auto truth = fineDetail();
        const auto soft = nn::boxBlur(truth, 2);
        DiffusionOptions options;
        QCOMPARE(asNumber(sharpnessLoss(options, soft, truth)), 0.0);

        options.gradientWeight = 2.0;
        options.faintGradient = 40.0;
        options.contrastWeight = 0.5;
        options.chromaWeight = 0.7;
        const double sum = 2.0 * asNumber(gradientDissimilarity(soft, truth, 40.0)) +
                           0.5 * asNumber(contrastL1(soft, truth)) +
                           0.7 * asNumber(chromaL1(soft, truth));
        QVERIFY(std::abs(asNumber(sharpnessLoss(options, soft, truth)) - sum) < 1e-6);
    }

    void contrastPrefersDetailElsewhereToNoDetail()
    {
        const auto truth = fineDetail();
        const auto elsewhere = torch::roll(truth, {5, 5}, {2, 3});
        const auto soft = nn::boxBlur(truth, 4);

        QVERIFY(asNumber(contrastL1(elsewhere, truth)) < 0.5 * asNumber(contrastL1(soft, truth)));
        QVERIFY(asNumber(charbonnier(elsewhere, truth)) > asNumber(charbonnier(soft, truth)));
    }

    void contrastAsksForNoMoreThanThereIs()
    {
        const auto truth = fineDetail();

        QVERIFY(asNumber(contrastL1(1.5 * truth, truth)) >
                2.0 * asNumber(contrastL1(1.1 * truth, truth)));
    }

    void contrastIsThatOfBrightnessNotOfColor()
    {
        const auto truth = fineDetail();
        const auto colored = torch::rand({1, 1, 64, 64});
        // Red up, green down, so that the luma stays.
        const auto speckled =
            truth + torch::cat({colored, -0.299 / 0.587 * colored, torch::zeros_like(colored)}, 1);

        QVERIFY(asNumber(contrastL1(speckled, truth)) < 1e-4);
        QVERIFY(asNumber(charbonnier(speckled, truth)) > 0.1);
    }
};

QTEST_APPLESS_MAIN(TestLosses)
#include "tst_losses.moc"
