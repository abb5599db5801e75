// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/halo_tiles.h"
#include "core/methods/noise_draws.h"
#include "core/methods/reference_codec.h"
#include "core/methods/reference_predictor.h"
#include "tests/core/methods/reference_fakes.h"

#include <QtTest/QtTest>

using namespace limpid;
using namespace limpid::methods;
using limpid::tests::FakeNetworks;

namespace {

constexpr WindowRule pixelTiles{.tile = 64, .stride = 32};

bool near(const torch::Tensor& a, const torch::Tensor& b)
{
    return torch::allclose(a, b, 1e-5, 1e-5);
}

ReferenceCondition conditionOf(double text, double blurred)
{
    return {torch::full({1, 2, 3}, text), torch::full({1, 4, 12, 8}, blurred)};
}

} // namespace

/// The codec, the predictor and the draws of the published pipeline, each alone.
class TestReferenceParts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void modeAndSampleAreScaled()
    {
        FakeNetworks fake;
        const auto networks = fake.interface();
        const ReferenceCodec codec(networks, {}, {});

        const auto moments = codec.moments(torch::full({1, 3, 16, 8}, 0.8));

        QVERIFY(near(codec.mode(moments), torch::full({1, 4, 2, 1}, 0.4)));
        QVERIFY(near(codec.sample(moments, torch::full({1, 4, 2, 1}, 2.0)),
                     torch::full({1, 4, 2, 1}, 0.4 + 0.5 * 2.0)));
    }

    void laterTilesOverwriteTheMoments()
    {
        FakeNetworks fake;
        auto networks = fake.interface();
        networks.moments = [&](const torch::Tensor& picture) {
            return torch::full({1, 8, picture.size(2) / 8, picture.size(3) / 8},
                               static_cast<double>(fake.encoded++));
        };
        const ReferenceCodec codec(networks, pixelTiles, {});

        const auto moments = codec.moments(torch::zeros({1, 3, 96, 64}));

        QCOMPARE(fake.encoded, 2);
        QVERIFY(near(moments.narrow(2, 0, 4), torch::zeros({1, 8, 4, 8})));
        QVERIFY(near(moments.narrow(2, 4, 8), torch::ones({1, 8, 8, 8})));
    }

    void tiledDecodingBlendsToThePlainOne()
    {
        FakeNetworks fake;
        const auto networks = fake.interface();
        const auto latent = torch::rand({1, 4, 13, 17});

        const auto whole = ReferenceCodec(networks, {}, {}).decode(latent);
        const auto tiled = ReferenceCodec(networks, pixelTiles, {}).decode(latent);

        QVERIFY(fake.decoded > 2);
        QVERIFY(near(tiled, whole));
    }

    void guidanceExtrapolatesFromTheUnconditionalBranch()
    {
        FakeNetworks fake;
        const auto networks = fake.interface();
        const ReferencePredictor predictor(networks, conditionOf(3.0, 0.25), conditionOf(1.0, 9.0),
                                           {.cfgScale = 2.5, .strength = 0.5}, {});

        const auto answer = predictor.predict(torch::zeros({1, 4, 12, 8}), 10);

        QCOMPARE(fake.predicted, 2);
        QVERIFY(near(answer.eps, torch::full({1, 4, 12, 8}, 1.0 + 2.5 * 2.0)));
        QVERIFY(near(answer.kernelLatent, torch::full({1, 4, 12, 8}, 0.25 + 0.5)));
    }

    void withoutGuidanceTheOtherBranchIsNotAsked()
    {
        FakeNetworks fake;
        const auto networks = fake.interface();
        const ReferencePredictor predictor(networks, conditionOf(3.0, 0.25), {}, {}, {});

        const auto answer = predictor.predict(torch::zeros({1, 4, 12, 8}), 10);

        QCOMPARE(fake.predicted, 1);
        QVERIFY(near(answer.eps, torch::full({1, 4, 12, 8}, 3.0)));
    }

    void tilesBlendTheNoiseAndOverwriteTheKernelLatent()
    {
        FakeNetworks fake;
        auto networks = fake.interface();
        networks.predict = [&](const torch::Tensor& noisy, const torch::Tensor&,
                               const torch::Tensor&, const torch::Tensor&,
                               const std::vector<double>&) {
            const auto number = static_cast<double>(fake.predicted++);
            return networks::DeblurDiffAnswer{.eps = torch::full_like(noisy, number),
                                              .kernelLatent = torch::full_like(noisy, number)};
        };
        const ReferencePredictor predictor(networks, conditionOf(0.0, 0.0), {},
                                           {.tiles = WindowRule{.tile = 8, .stride = 4}}, {});

        const auto answer = predictor.predict(torch::zeros({1, 4, 12, 8}), 10);

        // Two tiles; in their overlap the upper row of the lower tile weighs little.
        QCOMPARE(fake.predicted, 2);
        QVERIFY(near(answer.kernelLatent.narrow(2, 4, 8), torch::ones({1, 4, 8, 8})));
        const auto upper = gaussianWeights({8, 8})[4][3].item<double>();
        const auto lower = gaussianWeights({8, 8})[0][3].item<double>();
        QVERIFY(
            near(answer.eps.narrow(2, 4, 1), torch::full({1, 4, 1, 8}, lower / (lower + upper))));
    }

    void aCancelComesBeforeTheNextCall_data()
    {
        QTest::addColumn<int>("after");
        QTest::newRow("between the branches") << 1;
        QTest::newRow("between the tiles") << 2;
    }
    void aCancelComesBeforeTheNextCall()
    {
        QFETCH(int, after);
        FakeNetworks fake;
        const CancelSource cancel;
        fake.called = [&] {
            if (fake.calls() == after)
                cancel.requestCancel();
        };
        const auto networks = fake.interface();
        const ReferencePredictor predictor(
            networks, conditionOf(3.0, 0.0), conditionOf(1.0, 0.0),
            {.cfgScale = 2.0, .tiles = WindowRule{.tile = 8, .stride = 4}}, cancel.token());

        QVERIFY_EXCEPTION_THROWN(predictor.predict(torch::zeros({1, 4, 12, 8}), 10), Cancelled);

        QCOMPARE(fake.calls(), after);
    }

    void drawsOfDifferentPurposesDiffer()
    {
        const auto draws = positionDraws(5);
        const Rect area{0, 0, 6, 4};
        std::vector<torch::Tensor> fields;
        for (const auto purpose :
             {DrawPurpose::Condition, DrawPurpose::Unconditional, DrawPurpose::LowFrequencies,
              DrawPurpose::Start, DrawPurpose::GuidanceTarget, DrawPurpose::Step})
            fields.push_back(draws({.purpose = purpose, .area = area}));

        const auto all = torch::cat(fields).flatten(1);

        QCOMPARE(all.size(0), 6);
        QVERIFY(torch::pdist(all).min().item<double>() > 1.0);
    }

    void drawsOfATileAreCutFromTheSameField()
    {
        const auto draws = positionDraws(5);
        const Rect tile{2, 1, 3, 3};

        const auto whole = draws({.purpose = DrawPurpose::LowFrequencies, .area = {0, 0, 6, 4}});
        const auto part = draws({.purpose = DrawPurpose::LowFrequencies, .area = tile, .index = 4});

        QVERIFY(torch::equal(part, narrowed(whole, tile)));
    }
};

QTEST_APPLESS_MAIN(TestReferenceParts)
#include "tst_reference_parts.moc"
