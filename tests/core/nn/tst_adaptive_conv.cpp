// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/adaptive_conv.h"

#include <QTest>
#include <torch/utils.h>

using namespace limpid;

namespace {

struct Sizes {
    std::int64_t channels = 4;
    std::int64_t groups = 4;
    std::int64_t side = 3;
    std::int64_t dilation = 1;
};

/// The sum of the definition for one output element, zeros outside.
double element(const torch::Tensor& x, const torch::Tensor& kernels, const Sizes& sizes,
               std::array<std::int64_t, 3> place)
{
    const auto [c, row, column] = place;
    const auto group = c / (sizes.channels / sizes.groups);
    double sum = 0;
    for (std::int64_t tap = 0; tap < sizes.side * sizes.side; ++tap) {
        const auto y = row + (tap / sizes.side - sizes.side / 2) * sizes.dilation;
        const auto left = column + (tap % sizes.side - sizes.side / 2) * sizes.dilation;
        if (y < 0 || left < 0 || y >= x.size(2) || left >= x.size(3))
            continue;
        const auto channel = group * sizes.side * sizes.side + tap;
        sum += kernels[0][channel][row][column].item<double>() * x[0][c][y][left].item<double>();
    }
    return sum;
}

torch::Tensor byLoops(const torch::Tensor& x, const torch::Tensor& kernels, const Sizes& sizes)
{
    auto result = torch::empty_like(x);
    for (std::int64_t i = 0; i < x.numel(); ++i) {
        const auto column = i % x.size(3);
        const auto row = i / x.size(3) % x.size(2);
        const auto channel = i / (x.size(3) * x.size(2));
        result[0][channel][row][column] = element(x, kernels, sizes, {channel, row, column});
    }
    return result;
}

} // namespace

class TestAdaptiveConv : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTheDefinition_data()
    {
        QTest::addColumn<int>("groups");
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("dilation");
        QTest::newRow("a kernel per channel") << 4 << 3 << 1;
        QTest::newRow("two channels share one") << 2 << 3 << 1;
        QTest::newRow("all channels share one") << 1 << 5 << 1;
        QTest::newRow("with gaps") << 4 << 3 << 2;
        QTest::newRow("wider than the picture") << 4 << 5 << 3;
    }
    void equalsTheDefinition()
    {
        QFETCH(const int, groups);
        QFETCH(const int, side);
        QFETCH(const int, dilation);
        torch::manual_seed(3);
        const auto x = torch::randn({1, 4, 5, 6});
        const auto kernels = torch::randn({1, groups * side * side, 5, 6});

        const auto result = nn::adaptiveConvolution(x, kernels, side, dilation);

        const auto wanted = byLoops(
            x, kernels, {.channels = 4, .groups = groups, .side = side, .dilation = dilation});
        QVERIFY(torch::allclose(result, wanted, 0, 1e-5));
    }

    void spellsOutTheOrderOfItsTaps()
    {
        auto x = torch::zeros({1, 1, 5, 5});
        x[0][0][2][2] = 1;
        const auto kernels = torch::arange(9.0).view({1, 9, 1, 1}).expand({1, 9, 5, 5});

        const auto result = nn::adaptiveConvolution(x, kernels.contiguous(), 3);

        // The pixel below the spot sees it through the upper middle tap, number 1.
        QCOMPARE(result[0][0][3][2].item<float>(), 1.0F);
        QCOMPARE(result[0][0][2][2].item<float>(), 4.0F);
        QCOMPARE(result[0][0][1][1].item<float>(), 8.0F);
        QCOMPARE(result[0][0][2][1].item<float>(), 5.0F);
    }

    void refusesKernelsThatServeNoChannel()
    {
        QVERIFY_THROWS_EXCEPTION(
            c10::Error,
            nn::adaptiveConvolution(torch::zeros({1, 4, 5, 5}), torch::zeros({1, 27, 5, 5}), 3));
    }
};

QTEST_APPLESS_MAIN(TestAdaptiveConv)
#include "tst_adaptive_conv.moc"
