// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/blur_kernel.h"

#include "core/methods/kernel_fit.h"
#include "core/methods/shock_filter.h"
#include "tests/core/methods/blurred_scene.h"

#include <QTest>

using namespace limpid;
using namespace limpid::methods;
using tests::blurredBy;
using tests::box;
using tests::disks;
using tests::hook;
using tests::likeness;

namespace {

torch::Tensor withNoise(const torch::Tensor& picture, double sigma)
{
    torch::manual_seed(2);
    return picture + sigma * torch::randn_like(picture);
}

double error(const torch::Tensor& a, const torch::Tensor& b)
{
    return tests::errorInside(a, b, 24);
}

torch::Tensor inColor(const torch::Tensor& gray)
{
    return gray.expand({3, -1, -1});
}

} // namespace

class TestBlurKernel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); } // as estimateKernel is used
    void isFoundFromASoftGuess_data();
    void isFoundFromASoftGuess();
    void ofAnEmptyPictureIsThatOfNoBlur();
    void aFitFindsTheKernelBetweenTwoPictures();
    void theSteepestAreTheShareThatIsAsked();
    void aShockFilterMakesEdgesSteep();
    void aShockFilterAddsNoExtremes();
    void deconvolvingWithTheKernelUndoesTheBlur();
    void whatIsExplainedIsLeftAsGuessed();
    void theGuessIsBelievedWhereNoiseIsLoud();
};

void TestBlurKernel::isFoundFromASoftGuess_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("noise");
    QTest::addColumn<double>("least");
    QTest::newRow("wide") << QSize(320, 256) << 0.0 << 0.9;
    QTest::newRow("as small as may be") << QSize(128, 128) << 0.0 << 0.9;
    QTest::newRow("noisy") << QSize(320, 256) << 0.01 << 0.85;
}

void TestBlurKernel::isFoundFromASoftGuess()
{
    QFETCH(const QSize, size);
    QFETCH(const double, noise);
    QFETCH(const double, least);
    const auto sharp = disks(size.height(), size.width());
    const auto blurred = withNoise(blurredBy(hook(), sharp), noise);

    const auto kernel = estimateKernel(blurred, blurredBy(box(5), sharp));

    QCOMPARE(kernel.sizes(), (at::IntArrayRef{largestKernel, largestKernel}));
    QVERIFY(kernel.min().item<float>() >= 0.0F);
    QVERIFY(std::abs(kernel.sum().item<double>() - 1.0) < 1e-5);
    const double found = likeness(kernel, hook());
    QVERIFY2(found > least, qPrintable(QString::number(found)));
}

void TestBlurKernel::ofAnEmptyPictureIsThatOfNoBlur()
{
    const auto empty = torch::full({128, 128}, 0.5);

    const auto kernel = estimateKernel(empty, empty);

    QVERIFY(kernel.isfinite().all().item<bool>());
    QVERIFY(std::abs(kernel.sum().item<double>() - 1.0) < 1e-5);
    QVERIFY(error(deconvolved(inColor(empty), inColor(empty), kernel), inColor(empty)) < 1e-8);
}

void TestBlurKernel::aFitFindsTheKernelBetweenTwoPictures()
{
    const auto sharp = disks(160, 192);
    const FourierPlane plane({192, 160}, {24, 20}, torch::kCPU);
    const KernelFit fit(plane, blurredBy(hook(), sharp), 25);

    const auto kernel = fit.kernelFor(slopesOf(sharp), {});

    const double found = likeness(kernel, hook());
    QVERIFY2(found > 0.97, qPrintable(QString::number(found)));
}

void TestBlurKernel::theSteepestAreTheShareThatIsAsked()
{
    torch::manual_seed(3);
    const auto picture = torch::rand({100, 80});

    const auto [across, down] = steepest(slopesOf(picture), 0.1, {5, 5});

    const auto chosen = ((across != 0) | (down != 0)).slice(0, 5, -5).slice(1, 5, -5);
    const double share = chosen.to(torch::kFloat).mean().item<double>();
    QVERIFY2(std::abs(share - 0.1) < 0.01, qPrintable(QString::number(share)));
}

void TestBlurKernel::aShockFilterMakesEdgesSteep()
{
    const auto edge = torch::cat({torch::zeros({32, 28}), torch::ones({32, 28})}, 1);
    const auto soft = blurredBy(box(9), edge);

    const auto steep = shockFiltered(soft);

    const auto largestStep = [](const torch::Tensor& picture) {
        return picture.diff(1, 1).max().item<float>();
    };
    QVERIFY(largestStep(steep) > 2.0F * largestStep(soft));
    QVERIFY((steep[16] > 0.5).equal(edge[16] > 0.5)); // and the edge stays where it is
}

void TestBlurKernel::aShockFilterAddsNoExtremes()
{
    const auto soft = blurredBy(box(7), disks(96, 96));

    const auto steep = shockFiltered(soft);

    QVERIFY(steep.max().item<float>() <= soft.max().item<float>() + 1e-5F);
    QVERIFY(steep.min().item<float>() >= soft.min().item<float>() - 1e-5F);
}

void TestBlurKernel::deconvolvingWithTheKernelUndoesTheBlur()
{
    // The hook's centroid lies beside its middle: a blur that stays where it is is that of the
    // picture moved as far the other way.
    const FourierPlane plane({256, 192}, {32, 24}, torch::kCPU);
    const auto sharp = inColor(disks(192, 256));
    const auto blurred = plane.picture(plane.spectrum(sharp) * plane.centeredSpectrumOf(hook()));

    const auto restored = deconvolved(blurred, blurred, hook());

    const double left = error(restored, sharp) / error(blurred, sharp);
    QVERIFY2(left < 0.25, qPrintable(QString::number(left)));
}

void TestBlurKernel::whatIsExplainedIsLeftAsGuessed()
{
    const auto sharp = disks(192, 256);
    const auto blurred = blurredBy(box(5), sharp); // symmetric: true of what is mirrored, too

    const auto restored = deconvolved(inColor(blurred), inColor(sharp), box(5));

    QVERIFY(torch::allclose(restored, inColor(sharp), 0, 1e-4));
}

void TestBlurKernel::theGuessIsBelievedWhereNoiseIsLoud()
{
    const auto sharp = inColor(disks(192, 256));
    const auto guess = inColor(blurredBy(box(3), disks(192, 256)));
    const auto blurred = inColor(blurredBy(box(7), disks(192, 256)));
    const auto left = [&](double sigma) {
        const auto seen = blurred + sigma * torch::randn(blurred.sizes());
        return error(deconvolved(seen, guess, box(7)), sharp) / error(guess, sharp);
    };
    torch::manual_seed(5);

    QVERIFY2(left(0.0) < 0.85, qPrintable(QString::number(left(0.0))));
    QVERIFY2(left(0.01) < 1.05, qPrintable(QString::number(left(0.01))));
    QVERIFY2(left(0.05) < 1.05, qPrintable(QString::number(left(0.05))));
}

QTEST_APPLESS_MAIN(TestBlurKernel)
#include "tst_blur_kernel.moc"
