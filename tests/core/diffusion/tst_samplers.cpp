// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/ddim_sampler.h"
#include "core/diffusion/ddpm_sampler.h"
#include "core/diffusion/random.h"
#include "core/diffusion/sampling_loop.h"
#include "core/diffusion/timesteps.h"
#include "tests/core/diffusion/gaussian_denoiser.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid;
using namespace limpid::diffusion;
using limpid::tests::GaussianDenoiser;

namespace {

NoiseSource noiseOfSeed(std::uint64_t seed)
{
    return [seed](int step) {
        return positionNoise({.seed = seed, .step = step}, {0, 0, 96, 96}, 3);
    };
}

torch::Tensor sampledFromGaussian(Sampler& sampler, const std::vector<NoiseLevel>& levels)
{
    GaussianDenoiser denoiser(0.3, 0.5);
    const auto noise = noiseOfSeed(5);
    return sample(denoiser, sampler, stepsThrough(levels), noise(-1), {.noise = noise});
}

std::vector<NoiseLevel> fineLevels(int steps)
{
    return levelsAt(withZeroTerminalSnr(linearAlphaBars(1e-4, 0.02, 1000)),
                    spacedTimesteps(1000, steps));
}

} // namespace

class TestSamplers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reachesTheGaussianItSamplesFrom_data()
    {
        QTest::addColumn<double>("eta");
        QTest::newRow("deterministic") << 0.0;
        QTest::newRow("half") << 0.5;
        QTest::newRow("as noisy as ancestral") << 1.0;
    }
    void reachesTheGaussianItSamplesFrom()
    {
        QFETCH(double, eta);
        DdimSampler sampler(eta);

        const auto samples = sampledFromGaussian(sampler, fineLevels(1000));

        QVERIFY(std::abs(samples.mean().item<double>() - 0.3) < 0.01);
        QVERIFY(std::abs(samples.std().item<double>() - 0.5) < 0.015);
    }

    void ancestralEqualsDdimWithFullNoise()
    {
        DdimSampler ddim(1.0);
        DdpmSampler ddpm(0.0);

        const auto a = sampledFromGaussian(ddim, fineLevels(12));
        const auto b = sampledFromGaussian(ddpm, fineLevels(12));

        QVERIFY(torch::allclose(a, b, 1e-4, 1e-4));
    }

    void deterministicPathHasItsClosedForm()
    {
        // For N(m, s²), DDIM in the limit keeps (x_t − αm) / sqrt(α²s² + σ²) constant.
        DdimSampler sampler(0.0);
        const auto start = noiseOfSeed(5)(-1);

        const auto samples = sampledFromGaussian(sampler, fineLevels(1000));

        QVERIFY(torch::allclose(samples, 0.3 + 0.5 * start, 0.0, 0.02));
    }

    void lastStepReturnsThePrediction()
    {
        DdimSampler sampler(0.5);
        const Step last{.index = 3, .from = fromLogSnr(7.0), .to = cleanPicture};
        const auto clean = torch::rand({1, 3, 8, 8});

        const auto x = sampler.advance(last, torch::randn({1, 3, 8, 8}), {clean, {}}, {});

        QVERIFY(torch::equal(x, clean));
    }

    void ancestralClampsThePredictedPicture()
    {
        DdpmSampler sampler(1.0);
        const Step last{.index = 0, .from = fromLogSnr(3.0), .to = cleanPicture};
        const auto clean = torch::full({1, 1, 2, 2}, 1.7);

        const auto x = sampler.advance(last, torch::zeros({1, 1, 2, 2}), {clean, {}}, {});

        QVERIFY(torch::equal(x, torch::ones({1, 1, 2, 2})));
    }

    void conversionsAreInverse()
    {
        const auto clean = torch::rand({1, 3, 8, 8});
        const auto noise = torch::randn({1, 3, 8, 8});
        const auto level = fromLogSnr(0.7);
        const auto xt = noised(clean, noise, level);
        const auto velocity = noise * level.alpha - clean * level.sigma;

        QVERIFY(torch::allclose(noiseOf(xt, clean, level), noise, 1e-4, 1e-5));
        QVERIFY(torch::allclose(cleanFromNoise(xt, noise, level), clean, 1e-4, 1e-5));
        QVERIFY(torch::allclose(cleanFromVelocity(xt, velocity, level), clean, 1e-4, 1e-5));
    }

    void stopsBeforeTheStepThatFollowsACancel()
    {
        GaussianDenoiser denoiser(0.0, 1.0);
        DdimSampler sampler(0.0);
        const CancelSource cancel;
        int steps = 0;
        const LoopContext context{
            .token = cancel.token(),
            .noise = noiseOfSeed(1),
            .stepDone = [&](const Step&, const torch::Tensor&, const Prediction&) {
                if (++steps == 3)
                    cancel.requestCancel();
            }};

        QVERIFY_EXCEPTION_THROWN(sample(denoiser, sampler, stepsThrough(fineLevels(10)),
                                        torch::randn({1, 1, 4, 4}), context),
                                 Cancelled);

        QCOMPARE(steps, 3);
    }
};

QTEST_APPLESS_MAIN(TestSamplers)
#include "tst_samplers.moc"
