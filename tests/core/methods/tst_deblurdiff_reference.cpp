// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/noise_schedule.h"
#include "core/methods/byte_picture.h"
#include "core/methods/deblurdiff_reference.h"
#include "tests/core/methods/reference_fakes.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace limpid;
using namespace limpid::methods;
using limpid::tests::FakeNetworks;

namespace {

std::vector<double> table()
{
    return diffusion::scaledLinearAlphaBars(0.00085, 0.012, 1000);
}

ReferenceInput inputOf(std::int64_t width, std::int64_t height)
{
    const auto bytes = torch::randint(0, 256, {height, width, 3}, torch::kUInt8);
    return {bytes, torch::zeros({1, 2, 3}), torch::zeros({1, 2, 3})};
}

/// Answers with ε that leads to this latent, whatever the state.
void makeOracle(ReferenceNetworks& networks, const torch::Tensor& clean)
{
    networks.predict = [clean](const torch::Tensor& noisy, const torch::Tensor& t,
                               const torch::Tensor&, const torch::Tensor& blurred,
                               const std::vector<double>&) {
        const auto level =
            diffusion::fromAlphaBar(table()[static_cast<std::size_t>(t.item<int>())]);
        return networks::DeblurDiffAnswer{.eps = diffusion::noiseOf(noisy, clean, level),
                                          .kernelLatent = blurred};
    };
}

} // namespace

class TestDeblurDiffReference : public QObject {
    Q_OBJECT

    /// The purposes of the draws, in order.
    static std::vector<DrawPurpose> purposes(const ReferenceOptions& options)
    {
        FakeNetworks fake;
        std::vector<DrawPurpose> asked;
        const auto draws = positionDraws(1);
        DeblurDiffReference(fake.interface(), table(), options)
            .restore(inputOf(90, 70), {.draws = [&](const NoiseDraw& draw) {
                         asked.push_back(draw.purpose);
                         return draws(draw);
                     }});
        return asked;
    }

private Q_SLOTS:
    void arrivesAtThePictureThatTheNetworksSee_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<bool>("tiled");
        QTest::newRow("one step") << 1 << false;
        QTest::newRow("some steps") << 6 << false;
        QTest::newRow("tiles larger than the picture") << 3 << true;
    }
    void arrivesAtThePictureThatTheNetworksSee()
    {
        QFETCH(int, steps);
        QFETCH(bool, tiled);
        FakeNetworks fake;
        auto networks = fake.interface();
        const auto clean = torch::rand({1, 4, 16, 16}) * 2.0 - 1.0;
        makeOracle(networks, clean);
        ReferenceOptions options{.steps = steps};
        if (tiled)
            options.tiles = WindowRule{.tile = 512, .stride = 256};

        const auto result = DeblurDiffReference(networks, table(), options)
                                .restore(inputOf(90, 70), {.draws = positionDraws(3)});

        QVERIFY(torch::allclose(result.latent, clean, 0.0, 1e-3));
        const auto picture = (fake.interface().decode(clean) + 1.0) / 2.0;
        QVERIFY(torch::allclose(result.beforeColors, picture.slice(2, 0, 70).slice(3, 0, 90), 0.0,
                                1e-3));
    }

    void theResultHasTheSizeAndTheColorsOfTheInput()
    {
        FakeNetworks fake;
        const auto input = inputOf(90, 70);

        const auto result = DeblurDiffReference(fake.interface(), table(), {.steps = 3})
                                .restore(input, {.draws = positionDraws(3)});

        QVERIFY(result.bytes.sizes() == input.bytes.sizes());
        QCOMPARE(result.bytes.scalar_type(), torch::kUInt8);
        const auto wanted = pictureFromBytes(input.bytes).mean({2, 3});
        QVERIFY(torch::allclose(result.afterColors.mean({2, 3}), wanted, 0.0, 1e-4));
        QVERIFY(torch::equal(result.bytes, truncatedToBytes(result.afterColors)));
    }

    void theBlurredPictureIsEncodedFromZeroToOneWithBlackAround()
    {
        FakeNetworks fake;
        auto networks = fake.interface();
        torch::Tensor seen;
        networks.moments = [&, moments = networks.moments](const torch::Tensor& picture) {
            seen = picture;
            return moments(picture);
        };
        const auto input = inputOf(90, 70);

        DeblurDiffReference(networks, table(), {.steps = 2})
            .restore(input, {.draws = positionDraws(3)});

        QCOMPARE(seen.sizes().vec(), (std::vector<std::int64_t>{1, 3, 128, 128}));
        QVERIFY(torch::equal(seen.slice(2, 0, 70).slice(3, 0, 90), pictureFromBytes(input.bytes)));
        QCOMPARE(seen.slice(2, 70).abs().max().item<float>(), 0.0F);
    }

    void drawsComeInThePublishedOrder()
    {
        using enum DrawPurpose;
        const std::vector plain{Condition, Unconditional, Start, Step, Step};
        const std::vector better{Condition, Unconditional, LowFrequencies, Start, Step, Step};
        const std::vector guided{Condition, Unconditional,  Start, GuidanceTarget,
                                 Step,      GuidanceTarget, Step,  GuidanceTarget};

        QVERIFY(purposes({.steps = 3}) == plain);
        QVERIFY(purposes({.steps = 3, .betterStart = true}) == better);
        QVERIFY(purposes({.steps = 3, .guidance = {.scale = 1e-4}}) == guided);
    }

    void tilesAreEncodedByTheirModeAndStartedOneByOne()
    {
        using enum DrawPurpose;
        const auto asked = purposes(
            {.steps = 2, .betterStart = true, .tiles = WindowRule{.tile = 64, .stride = 64}});

        QVERIFY(asked == (std::vector{LowFrequencies, LowFrequencies, LowFrequencies,
                                      LowFrequencies, Start, Step}));
    }

    void everyStepIsToldInItsTurn()
    {
        FakeNetworks fake;
        std::vector<int> timesteps;
        torch::Tensor last;

        const auto result =
            DeblurDiffReference(fake.interface(), table(), {.steps = 4})
                .restore(inputOf(64, 64),
                         {.draws = positionDraws(3), .stepDone = [&](const ReferenceStep& step) {
                              QCOMPARE(step.index, static_cast<int>(timesteps.size()));
                              timesteps.push_back(step.timestep);
                              last = step.state;
                          }});

        QCOMPARE(timesteps, (std::vector{999, 666, 333, 0}));
        QVERIFY(torch::equal(last, result.latent));
    }

    void guidanceDrawsTheResultTowardsTheBlurredPicture()
    {
        FakeNetworks fake;
        auto networks = fake.interface();
        makeOracle(networks, torch::ones({1, 4, 8, 8}));
        const ReferenceOptions guided{.steps = 3,
                                      .guidance = {.space = GuidanceSpace::Rgb, .scale = 0.05}};
        const auto input = inputOf(64, 64);
        const auto distance = [&](const ReferenceOptions& options) {
            const auto result = DeblurDiffReference(networks, table(), options)
                                    .restore(input, {.draws = positionDraws(3)});
            return (result.beforeColors - pictureFromBytes(input.bytes))
                .square()
                .mean()
                .item<double>();
        };

        QVERIFY(distance(guided) < 0.8 * distance({.steps = 3}));
    }

    void aCancelStopsBeforeTheNextNetwork_data()
    {
        QTest::addColumn<int>("after");
        QTest::newRow("while encoding") << 1;
        QTest::newRow("before the first prediction") << 4;
        QTest::newRow("while predicting") << 7;
        QTest::newRow("before decoding") << 12;
        QTest::newRow("while decoding") << 14;
    }
    void aCancelStopsBeforeTheNextNetwork()
    {
        QFETCH(int, after);
        FakeNetworks fake; // four tiles: 4 to encode, 2 × 4 to predict, 4 to decode
        const CancelSource cancel;
        fake.called = [&] {
            if (fake.calls() == after)
                cancel.requestCancel();
        };
        const ReferenceOptions options{.steps = 2, .tiles = WindowRule{.tile = 64, .stride = 64}};
        const DeblurDiffReference pipeline(fake.interface(), table(), options);

        QVERIFY_EXCEPTION_THROWN(pipeline.restore(inputOf(128, 128), {.draws = positionDraws(3),
                                                                      .token = cancel.token()}),
                                 Cancelled);

        QCOMPARE(fake.calls(), after);
    }
};

QTEST_APPLESS_MAIN(TestDeblurDiffReference)
#include "tst_deblurdiff_reference.moc"
