// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/attention.h"
#include "core/nn/spatial_transformer.h"

#include <QTest>
#include <torch/utils.h>

#include <cmath>

using namespace limpid;

namespace {

using Origins = std::vector<std::pair<std::int64_t, std::int64_t>>;

/// Softmax of scaled products over the context, then the weighted mean of the values; head by head.
torch::Tensor byLoops(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
                      std::int64_t headChannels)
{
    auto result = torch::zeros_like(q);
    const double scale = 1.0 / std::sqrt(static_cast<double>(headChannels));
    for (std::int64_t first = 0; first < q.size(1); first += headChannels) {
        for (std::int64_t i = 0; i < q.size(0); ++i) {
            double total = 0;
            for (std::int64_t j = 0; j < k.size(0); ++j) {
                const auto query = q[i].narrow(0, first, headChannels);
                const auto key = k[j].narrow(0, first, headChannels);
                const double weight = std::exp((query * key).sum().item<double>() * scale);
                total += weight;
                result[i].narrow(0, first, headChannels) +=
                    weight * v[j].narrow(0, first, headChannels);
            }
            result[i].narrow(0, first, headChannels) /= total;
        }
    }
    return result;
}

nn::SpatialTransformer tinyTransformer(std::int64_t windowSide)
{
    return nn::SpatialTransformer(nn::SpatialTransformerOptions{
        .block = {.channels = 32, .headChannels = 8, .contextChannels = 0},
        .windowSide = windowSide,
    });
}

} // namespace

class TestAttention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsTheDefinition()
    {
        torch::manual_seed(5);
        const torch::NoGradGuard noGradients;
        nn::Attention attention(
            nn::AttentionOptions{.channels = 6, .contextChannels = 4, .headChannels = 3});
        const auto weights = attention->named_parameters();
        const auto x = torch::randn({1, 5, 6});
        const auto context = torch::randn({1, 7, 4});

        const auto result = attention(x, context);

        const auto projected = [&](const torch::Tensor& from, const char* name) {
            return torch::linear(from[0], weights[name]);
        };
        const auto heads = byLoops(projected(x, "to_q.weight"), projected(context, "to_k.weight"),
                                   projected(context, "to_v.weight"), 3);
        const auto wanted =
            torch::linear(heads, weights["to_out.0.weight"], weights["to_out.0.bias"]);
        QVERIFY(torch::allclose(result[0], wanted, 0, 1e-5));
    }

    void placesWindowsEvenly_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("side");
        QTest::addColumn<QList<int>>("rows");
        QTest::newRow("smaller map") << 5 << 8 << QList<int>{0};
        QTest::newRow("same size") << 8 << 8 << QList<int>{0};
        QTest::newRow("exact multiple") << 24 << 8 << QList<int>{0, 8, 16};
        QTest::newRow("one more pixel") << 9 << 8 << QList<int>{0, 1};
        QTest::newRow("last moved back") << 10 << 3 << QList<int>{0, 3, 6, 7};
        QTest::newRow("even overlap") << 13 << 8 << QList<int>{0, 5};
    }
    void placesWindowsEvenly()
    {
        QFETCH(const int, size);
        QFETCH(const int, side);
        QFETCH(const QList<int>, rows);

        const auto windows = nn::attentionWindows({size, 4}, {side, 4});

        Origins wanted;
        for (const int row : rows)
            wanted.emplace_back(row, 0);
        QVERIFY(windows.origins == wanted);
        QCOMPARE(windows.size.height, std::min(size, side));
    }

    void goesThroughWindowsRowByRow()
    {
        const auto windows = nn::attentionWindows({4, 6}, {3, 4});

        QVERIFY((windows.origins == Origins{{0, 0}, {0, 2}, {1, 0}, {1, 2}}));
    }

    void averagesWhereWindowsOverlap()
    {
        double call = 0;
        const auto numbered = [&call](const torch::Tensor& part) {
            return torch::full_like(part, ++call);
        };

        const auto result = nn::mapWindows(torch::zeros({1, 1, 1, 5}), {1, 3}, numbered);

        QVERIFY(torch::equal(result.flatten(), torch::tensor({1.0F, 1.0F, 1.5F, 2.0F, 2.0F})));
    }

    void attendsInsideAWindowOnly()
    {
        torch::manual_seed(7);
        const torch::NoGradGuard noGradients;
        auto transformer = tinyTransformer(4);
        const auto x = torch::randn({1, 32, 4, 8});
        const torch::Tensor noContext;

        const auto whole = transformer(x, noContext);
        const auto left = transformer(x.narrow(3, 0, 4), noContext);
        const auto global = transformer->forwardWithWindow(x, noContext, {8, 8});

        QVERIFY(torch::allclose(whole.narrow(3, 0, 4), left, 0, 1e-6));
        QVERIFY(!torch::allclose(global.narrow(3, 0, 4), left, 0, 1e-3));
    }
};

QTEST_APPLESS_MAIN(TestAttention)
#include "tst_attention.moc"
