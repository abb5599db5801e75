// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/structural_similarity.h"
#include "tests/core/evaluation/scenes.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::evaluation;
using limpid::tests::scene;

namespace {

torch::Tensor flat(std::int64_t side, double gray)
{
    return torch::full({1, 3, side, side}, gray);
}

} // namespace

class TestStructuralSimilarity : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalPicturesAreWhollySimilar()
    {
        QVERIFY(std::abs(*ssim(scene(48), scene(48)) - 1.0) < 1e-12);
        QVERIFY(std::abs(*multiScaleSsim(scene(176), scene(176)) - 1.0) < 1e-12);
    }

    /// Without variance only the luminance term is left: (2ab + c1) / (a² + b² + c1).
    void flatPicturesHaveTheLuminanceTermAlone()
    {
        const double expected = (2 * 0.4 * 0.6 + 1e-4) / (0.16 + 0.36 + 1e-4);

        QVERIFY(std::abs(*ssim(flat(16, 0.4), flat(16, 0.6)) - expected) < 1e-6);
        // In the multiple scales it counts once, with the weight of the last.
        QVERIFY(std::abs(*multiScaleSsim(flat(176, 0.4), flat(176, 0.6)) -
                         std::pow(expected, 0.1333)) < 1e-6);
    }

    /// x and −x around gray: the covariance is minus the variance s, the means are equal.
    void anInvertedPatternIsDissimilar()
    {
        const auto sign = 1.0 - 2.0 * torch::remainder(torch::arange(64), 2);
        const auto stripes = limpid::tests::fromProfile(0.2 * sign);

        const auto found = ssim(0.5 + stripes, 0.5 - stripes);

        QVERIFY(std::abs(*found - (-2 * 0.04 + 9e-4) / (2 * 0.04 + 9e-4)) < 1e-3);
    }

    void moreNoiseIsLessSimilarAndFineNoiseCountsLessOverTheScales()
    {
        const auto clean = scene(192);
        const auto noise = torch::randn({1, 3, 192, 192});
        const auto some = clean + 0.02 * noise;
        const auto more = clean + 0.05 * noise;

        QVERIFY(*ssim(some, clean) > *ssim(more, clean));
        QVERIFY(*multiScaleSsim(some, clean) > *multiScaleSsim(more, clean));
        QVERIFY(*multiScaleSsim(more, clean) > *ssim(more, clean));
    }

    void tooSmallPicturesHaveNoFigure()
    {
        QVERIFY(!ssim(scene(8), scene(8)));
        QVERIFY(!multiScaleSsim(scene(168), scene(168)));
    }
};

QTEST_APPLESS_MAIN(TestStructuralSimilarity)
#include "tst_structural_similarity.moc"
