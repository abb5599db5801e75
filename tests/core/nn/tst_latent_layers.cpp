// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/autoencoder_block.h"
#include "core/nn/diagonal_gaussian.h"
#include "core/nn/new_parameter.h"
#include "core/nn/register_at.h"
#include "core/nn/resample_layers.h"
#include "core/nn/residual_block.h"
#include "core/nn/timestep_embedding.h"

#include <QTest>
#include <torch/utils.h>

#include <cmath>

using namespace limpid;

namespace {

/// Normalizes one group or pixel at a time.
torch::Tensor standardized(const torch::Tensor& values, double epsilon)
{
    const double mean = values.mean().item<double>();
    const double variance = (values - mean).square().mean().item<double>();
    return (values - mean) / std::sqrt(variance + epsilon);
}

QStringList names(const torch::nn::Module& module)
{
    QStringList list;
    for (const auto& item : module.named_parameters())
        list << QString::fromStdString(item.key());
    list.sort();
    return list;
}

} // namespace

class TestLatentLayers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::manual_seed(11); }

    void normalizesGroupsOfChannelsOverTheMap()
    {
        nn::FeatureNorm norm(64, nn::FeatureNormOptions{.epsilon = 0.5});
        const auto x = torch::randn({1, 64, 3, 2}) * 2 + 1;

        const auto result = norm(x);

        QVERIFY(torch::allclose(result[0].narrow(0, 6, 2), standardized(x[0].narrow(0, 6, 2), 0.5),
                                0, 1e-5));
    }

    void normalizesChannelsOfOnePixel()
    {
        nn::FeatureNorm norm(8, nn::FeatureNormOptions{.kind = nn::NormKind::ChannelPerPixel});
        const auto x = torch::randn({1, 8, 3, 2}) * 2 + 1;

        const auto result = norm(x).select(2, 1).select(2, 0)[0];

        QVERIFY(
            torch::allclose(result, standardized(x.select(2, 1).select(2, 0)[0], 1e-5), 0, 1e-5));
    }

    void refusesChannelsThatMakeNoGroups()
    {
        QVERIFY_THROWS_EXCEPTION(c10::Error, nn::FeatureNorm(40, nn::FeatureNormOptions{}));
    }

    void carriesThePublishedNames()
    {
        const nn::ResidualBlock block(
            nn::ResidualBlockOptions{.inChannels = 32, .outChannels = 64, .embedding = 8});

        QVERIFY(names(*block).contains(QStringLiteral("in_layers.2.weight")));
        QVERIFY(names(*block).contains(QStringLiteral("emb_layers.1.bias")));
        QVERIFY(names(*block).contains(QStringLiteral("out_layers.3.weight")));
        QVERIFY(names(*block).contains(QStringLiteral("skip_connection.weight")));
        QCOMPARE(names(*block).size(), 12);
    }

    void putsTheZerosOfAHalvingWhereTheyBelong_data()
    {
        QTest::addColumn<bool>("symmetric");
        QTest::addColumn<float>("first");
        QTest::addColumn<float>("last");
        QTest::newRow("on every side") << true << 4.0F << 9.0F;
        QTest::newRow("right and below") << false << 9.0F << 4.0F;
    }
    void putsTheZerosOfAHalvingWhereTheyBelong()
    {
        QFETCH(const bool, symmetric);
        QFETCH(const float, first);
        QFETCH(const float, last);
        const torch::NoGradGuard noGradients;
        nn::Downsample layer("op", 1,
                             symmetric ? nn::DownsamplePadding::Symmetric
                                       : nn::DownsamplePadding::RightAndBelow);
        layer->named_parameters()["op.weight"].fill_(1);
        layer->named_parameters()["op.bias"].zero_();

        const auto result = layer(torch::ones({1, 1, 4, 4}))[0][0];

        QCOMPARE(result[0][0].item<float>(), first);
        QCOMPARE(result[1][1].item<float>(), last);
    }

    void roundsSidesAsPublished()
    {
        nn::Downsample layer("op", 1, nn::DownsamplePadding::Symmetric);
        nn::Upsample doubling(1);

        QCOMPARE(layer(torch::ones({1, 1, 7, 10})).sizes(), (at::IntArrayRef{1, 1, 4, 5}));
        QCOMPARE(doubling(torch::ones({1, 1, 3, 5})).sizes(), (at::IntArrayRef{1, 1, 6, 10}));
    }

    void clampsTheVarianceOfALatent()
    {
        const auto moments = torch::tensor({1.0F, 2.0F, -99.0F, 99.0F}).view({1, 4, 1, 1});

        const auto gaussian = nn::DiagonalGaussian::fromMoments(moments);

        QVERIFY(torch::equal(gaussian.mean.flatten(), torch::tensor({1.0F, 2.0F})));
        QVERIFY(torch::equal(gaussian.logVariance.flatten(), torch::tensor({-30.0F, 20.0F})));
        const auto sample = gaussian.sample(torch::ones({1, 2, 1, 1})).flatten();
        QCOMPARE(sample[1].item<float>(), 2.0F + std::exp(10.0F));
    }

    void endsAnOddEmbeddingInAZero()
    {
        const auto embedding = nn::sinusoidalEmbedding(torch::tensor({0, 999}), 5);

        QCOMPARE(embedding.sizes(), (at::IntArrayRef{2, 5}));
        QVERIFY(torch::equal(embedding[0], torch::tensor({1.0F, 1.0F, 0.0F, 0.0F, 0.0F})));
        QVERIFY(std::abs(embedding[1][3].item<double>() - std::sin(9.99)) < 1e-5);
        QCOMPARE(embedding[1][4].item<float>(), 0.0F);
    }

    void buildsWithoutValuesWhereTold()
    {
        const auto build = [] {
            return nn::AutoencoderBlock(
                nn::AutoencoderBlockOptions{.inChannels = 32, .outChannels = 32});
        };
        {
            const nn::UninitializedParameters guard(
                torch::device(torch::kMeta).dtype(torch::kHalf));
            for (const auto& parameter : build()->parameters())
                QVERIFY(parameter.is_meta() && parameter.scalar_type() == torch::kHalf);
        }
        for (const auto& parameter : build()->parameters())
            QVERIFY(parameter.is_cpu() && parameter.scalar_type() == torch::kFloat32);
    }
};

QTEST_APPLESS_MAIN(TestLatentLayers)
#include "tst_latent_layers.moc"
