// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/gaussian_tiles.h"
#include "core/methods/halo_tiles.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace limpid;
using namespace limpid::methods;

class TestGaussianTiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void originsEndAtTheEdge_data()
    {
        QTest::addColumn<int>("length");
        QTest::addColumn<std::vector<int>>("expected");
        QTest::newRow("one tile") << 8 << std::vector{0};
        QTest::newRow("whole strides") << 16 << std::vector{0, 4, 8};
        QTest::newRow("shifted back") << 18 << std::vector{0, 4, 8, 10};
        QTest::newRow("smaller, as published") << 7 << std::vector{-1};
        QTest::newRow("smaller by strides, as published") << 4 << std::vector<int>{};
    }
    void originsEndAtTheEdge()
    {
        QFETCH(int, length);
        QFETCH(std::vector<int>, expected);

        QCOMPARE(windowOrigins(length, {.tile = 8, .stride = 4}), expected);
    }

    void windowsGoRowByRow()
    {
        const auto windows = slidingWindows({12, 9}, {.tile = 8, .stride = 4});

        QCOMPARE(windows,
                 (std::vector<Rect>{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 1, 8, 8}, {4, 1, 8, 8}}));
    }

    void coveringWindowsLeaveNoGap_data()
    {
        QTest::addColumn<Size>("area");
        QTest::addColumn<int>("stride");
        QTest::newRow("both sides smaller") << Size{5, 3} << 4;
        QTest::newRow("one side smaller") << Size{21, 4} << 4;
        QTest::newRow("stride beyond the tile") << Size{20, 20} << 12;
        QTest::newRow("larger") << Size{21, 17} << 5;
    }
    void coveringWindowsLeaveNoGap()
    {
        QFETCH(Size, area);
        QFETCH(int, stride);
        auto covered = torch::zeros({1, 1, area.height, area.width});

        for (const Rect& window : coveringWindows(area, {.tile = 8, .stride = stride})) {
            QVERIFY(wholeOf(area).contains(window));
            narrowed(covered, window).fill_(1.0);
        }

        QCOMPARE(covered.min().item<float>(), 1.0F);
    }

    void coveringWindowsAreThePublishedOnesWhereTheseAreSound()
    {
        const WindowRule rule{.tile = 8, .stride = 5};
        QCOMPARE(coveringWindows({22, 17}, rule), slidingWindows({22, 17}, rule));
    }

    void weightsAreCenteredAcrossButNotDown()
    {
        const auto weights = gaussianWeights({9, 4});

        QCOMPARE(weights.sizes().vec(), (std::vector<std::int64_t>{4, 9}));
        QVERIFY(torch::equal(weights, weights.flip(1)));
        // Two rows below the middle row 2 there is none; two above it lies row 0.
        const double expected = std::exp(-4.0 / 16.0 / 0.02);
        QVERIFY(std::abs((weights[0][4] / weights[2][4]).item<double>() - expected) < 1e-9);
    }

    void blendIsTheWeightedMean()
    {
        GaussianBlend blend({3, 2});
        blend.add(torch::full({1, 1, 2, 2}, 1.0), {0, 0, 2, 2});
        blend.add(torch::full({1, 1, 2, 2}, 5.0), {1, 0, 2, 2});

        const auto mean = blend.average();

        // In x the weights are symmetric, so both tiles count alike where they overlap.
        const auto expected = torch::tensor({1.0F, 3.0F, 5.0F}).view({1, 1, 1, 3});
        QVERIFY(torch::allclose(mean, expected.expand({1, 1, 2, 3})));
    }
};

QTEST_APPLESS_MAIN(TestGaussianTiles)
#include "tst_gaussian_tiles.moc"
