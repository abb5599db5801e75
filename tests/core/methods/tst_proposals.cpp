// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/proposals.h"

#include "core/methods/halo_tiles.h"
#include "tests/core/methods/simple_regression.h"
#include "tests/support/smooth_picture.h"

#include <QTest>

using namespace limpid;
using namespace limpid::methods;
using tests::brightened;
using tests::by;
using tests::jobFor;
using tests::photoLike;
using tests::sharpened;

namespace {

constexpr networks::SharpnessGateConfig plain{.scales = 2, .deconvolved = true};
constexpr networks::SharpnessGateConfig refining{.scales = 2, .deconvolved = true, .refined = true};

double meanOf(const torch::Tensor& change)
{
    return change.mean().item<double>();
}

} // namespace

class TestProposals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areTheScalesThenTheDeconvolvedOne();
    void aStepFromTheDeconvolvedOneIsTheRefinedOne();
    void aRefinedOneKeepsTheLowBandOfThePhotograph();
    void refinedOnesOfARegionAreThoseOfTheWhole();
    void tellOfAllTheirWork_data();
    void tellOfAllTheirWork();
};

void TestProposals::areTheScalesThenTheDeconvolvedOne()
{
    const auto job = jobFor(photoLike({256, 192}), 0.0);

    const auto changes = proposalsFor(job, {0, 64, 256, 128}, plain, by(sharpened));

    QCOMPARE(changes.size(), std::size_t{2});
    QCOMPARE(changes[0].sizes(), (at::IntArrayRef{1, 3, 64, 128}));
    QCOMPARE(changes[1].sizes(), (at::IntArrayRef{1, 3, 128, 256}));
}

void TestProposals::aStepFromTheDeconvolvedOneIsTheRefinedOne()
{
    // Too small to tell a kernel: what is deconvolved is what the half says.
    const auto job = jobFor(photoLike({64, 64}), 0.0);
    const Rect whole{0, 0, 64, 64};

    const auto once = proposalsFor(job, whole, plain, by(brightened));
    const auto twice = proposalsFor(job, whole, refining, by(brightened));

    QCOMPARE(twice.size(), std::size_t{3});
    QVERIFY(torch::equal(once[0], twice[0]));
    QVERIFY(torch::equal(once[1], twice[1]));
    QVERIFY(std::abs(meanOf(once[1]) - 0.1) < 1e-5);
    QVERIFY(std::abs(meanOf(twice[2]) - 0.2) < 1e-5);
}

void TestProposals::aRefinedOneKeepsTheLowBandOfThePhotograph()
{
    const auto job = jobFor(photoLike({64, 64}), 1.0);
    const auto darkened = [](const torch::Tensor& picture) {
        return picture * 0.9 - 0.1;
    };

    const auto changes = proposalsFor(job, {0, 0, 64, 64}, refining, by(darkened));

    QVERIFY2(std::abs(meanOf(changes[2])) < 0.01, qPrintable(QString::number(meanOf(changes[2]))));
}

void TestProposals::refinedOnesOfARegionAreThoseOfTheWhole()
{
    const auto job = jobFor(photoLike({1100, 512}), 0.0);
    const Rect region{448, 128, 64, 128}; // where two parts meet

    const auto part = proposalsFor(job, region, refining, by(sharpened));

    const auto whole = proposalsFor(job, {0, 0, 1152, 512}, refining, by(sharpened));
    QVERIFY(whole[2].abs().max().item<float>() > 0.01F);
    QVERIFY(torch::allclose(part[1], narrowed(whole[1], region), 0, 1e-4));
    QVERIFY(torch::allclose(part[2], narrowed(whole[2], region), 0, 1e-4));
}

void TestProposals::tellOfAllTheirWork_data()
{
    QTest::addColumn<networks::SharpnessGateConfig>("gate");
    QTest::newRow("scales") << networks::SharpnessGateConfig{.scales = 3};
    QTest::newRow("deconvolved") << plain;
    QTest::newRow("refined") << refining;
}

void TestProposals::tellOfAllTheirWork()
{
    QFETCH(const networks::SharpnessGateConfig, gate);
    const auto job = jobFor(photoLike({700, 320}), 0.0);
    const Rect region{128, 64, 128, 64};
    double told = 0.0;
    auto regression = by(sharpened, /*tilePixels=*/256);
    regression.worked = [&](double pixels) {
        told += pixels;
    };

    proposalsFor(job, region, gate, regression);

    QVERIFY(told > 0.0);
    QVERIFY(std::abs(told - proposalWork(gate, region, job.image.size())) < 1e-3);
}

QTEST_APPLESS_MAIN(TestProposals)
#include "tst_proposals.moc"
