// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/band_pass.h"
#include "core/training/losses.h"

#include <QtTest/QtTest>

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
        QCOMPARE(asNumber(spectralL1(picture, picture)), 0.0);
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
