// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/soft_areas.h"
#include "tests/core/evaluation/scenes.h"

#include <QtTest/QtTest>

#include <cmath>

using limpid::evaluation::softAreaError;
using limpid::tests::deadLeaves;

namespace {

/// Sharp leaves on the left, a slow gradient on the right.
torch::Tensor subjectBeforeASoftBackground()
{
    auto picture = deadLeaves(128, 3);
    const auto gradient = torch::linspace(0.3, 0.6, 64).view({1, 1, 1, 64});
    picture.slice(3, 64).copy_(gradient.expand({1, 3, 128, 64}));
    return picture;
}

/// A weave of this many gray levels.
torch::Tensor weave(double levels)
{
    const auto x = 1.0 - 2.0 * torch::remainder(torch::arange(128), 2);
    return (levels / 255.0 * x.view({1, 1, 1, 128}) * x.view({1, 1, 128, 1}))
        .expand({1, 3, 128, 128});
}

} // namespace

class TestSoftAreas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWeaveOverTheBackgroundCountsInFull()
    {
        auto picture = subjectBeforeASoftBackground();
        picture.slice(3, 72) += weave(3.0).slice(3, 72);

        const auto error = softAreaError(picture, subjectBeforeASoftBackground());

        // Of the right half the soft cells begin at column 80.
        QVERIFY(error && std::abs(*error - 3.0) < 1e-3);
    }

    void whatHappensToTheSubjectDoesNotCount()
    {
        auto picture = subjectBeforeASoftBackground();
        picture.slice(3, 0, 64) += weave(30.0).slice(3, 0, 64);

        QCOMPARE(softAreaError(picture, subjectBeforeASoftBackground()), 0.0);
    }

    void aPictureFullOfDetailHasNone()
    {
        QVERIFY(!softAreaError(deadLeaves(128, 3), deadLeaves(128, 3)));
    }

    void fineGrainStaysSoft()
    {
        torch::manual_seed(2);
        const auto grainy = 0.5 + torch::randn({1, 3, 64, 64}) * 0.8 / 255.0;

        QVERIFY(softAreaError(grainy, grainy));
    }
};

QTEST_APPLESS_MAIN(TestSoftAreas)
#include "tst_soft_areas.moc"
