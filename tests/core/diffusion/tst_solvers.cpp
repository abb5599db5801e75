// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/random.h"
#include "core/diffusion/sampler_kind.h"
#include "core/diffusion/sampling_loop.h"
#include "core/diffusion/timesteps.h"
#include "tests/core/diffusion/gaussian_denoiser.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid;
using namespace limpid::diffusion;
using limpid::tests::GaussianDenoiser;

Q_DECLARE_METATYPE(SamplerKind)

namespace {

NoiseSource noiseOfSeed(std::uint64_t seed)
{
    return [seed](int step) {
        return positionNoise({.seed = seed, .step = step}, {0, 0, 96, 96}, 3);
    };
}

std::vector<NoiseLevel> evenLevels(double first, double last, int count)
{
    std::vector<NoiseLevel> levels;
    for (int i = 0; i < count; ++i)
        levels.push_back(fromLogSnr(std::lerp(first, last, static_cast<double>(i) / (count - 1))));
    return levels;
}

/// The largest distance from the exact flow after `count` steps between two noisy levels.
double flowError(SamplerKind kind, int count)
{
    GaussianDenoiser denoiser(0.3, 0.5);
    const auto levels = evenLevels(-4.0, 6.0, count + 1);
    auto steps = stepsThrough(levels);
    steps.pop_back(); // ends at the last level, not at the clean picture
    const auto start = torch::linspace(-2.0, 2.0, 9, torch::kFloat64).view({1, 1, 3, 3});

    const auto end = sample(denoiser, *makeSampler(kind), steps, start, {});

    return (end - denoiser.flowed(start, levels.front(), levels.back())).abs().max().item<double>();
}

torch::Tensor constant(double value)
{
    return torch::full({1, 1, 1, 1}, value, torch::kFloat64);
}

} // namespace

class TestSolvers : public QObject {
    Q_OBJECT

    static void addKinds()
    {
        QTest::addColumn<SamplerKind>("kind");
        QTest::newRow("ancestral") << SamplerKind::Ddpm;
        QTest::newRow("DDIM") << SamplerKind::Ddim;
        QTest::newRow("DPM-Solver++") << SamplerKind::DpmPp2M;
        QTest::newRow("SDE-DPM-Solver++") << SamplerKind::DpmPp2MSde;
        QTest::newRow("UniPC") << SamplerKind::UniPc;
    }

private Q_SLOTS:
    void convergesToTheExactFlowWithItsOrder_data()
    {
        QTest::addColumn<SamplerKind>("kind");
        QTest::addColumn<double>("order");
        QTest::newRow("DDIM") << SamplerKind::Ddim << 1.0;
        QTest::newRow("DPM-Solver++") << SamplerKind::DpmPp2M << 2.0;
        QTest::newRow("UniPC") << SamplerKind::UniPc << 3.0; // the corrector adds one
    }
    void convergesToTheExactFlowWithItsOrder()
    {
        QFETCH(SamplerKind, kind);
        QFETCH(double, order);

        const double coarse = flowError(kind, 80);
        const double fine = flowError(kind, 160);

        QVERIFY(fine < 0.02);
        QVERIFY(std::abs(std::log2(coarse / fine) - order) < 0.15);
    }

    void higherOrderIsCloserInFewSteps()
    {
        QVERIFY(flowError(SamplerKind::DpmPp2M, 10) < 0.5 * flowError(SamplerKind::Ddim, 10));
        QVERIFY(flowError(SamplerKind::UniPc, 20) < 0.5 * flowError(SamplerKind::DpmPp2M, 20));
    }

    void reachesTheGaussianItSamplesFrom_data() { addKinds(); }
    void reachesTheGaussianItSamplesFrom()
    {
        QFETCH(SamplerKind, kind);
        GaussianDenoiser denoiser(0.3, 0.5);
        const auto noise = noiseOfSeed(5);
        auto levels = evenLevels(-8.0, 9.0, 120);
        levels.insert(levels.begin(), pureNoise);

        const auto samples =
            sample(denoiser, *makeSampler(kind), stepsThrough(levels), noise(-1), {.noise = noise});

        // Four standard errors of 27,648 values, and what 120 steps leave over.
        QVERIFY(std::abs(samples.mean().item<double>() - 0.3) < 0.012);
        QVERIFY(std::abs(samples.std().item<double>() - 0.5) < 0.0085 + 0.01);
    }

    void theSecondOrderTermIsThePublishedOne()
    {
        // Lu et al. 2022: D = (1 + 1/2r) x̂₀ − 1/2r x̂₀', r = h'/h.
        const auto levels = std::vector{fromLogSnr(-1.0), fromLogSnr(0.0), fromLogSnr(3.0)};
        const auto steps = stepsThrough(levels);
        const auto sampler = makeSampler(SamplerKind::DpmPp2M);
        sampler->advance(steps[0], constant(0.7), {constant(0.2), {}}, {});

        const auto x = sampler->advance(steps[1], constant(0.6), {constant(0.3), {}}, {});

        const double middle = (1.0 + 1.5) * 0.3 - 1.5 * 0.2;
        const double expected =
            levels[2].sigma / levels[1].sigma * 0.6 - levels[2].alpha * std::expm1(-1.5) * middle;
        QVERIFY(std::abs(x.item<double>() - expected) < 1e-12);
    }

    void theStochasticTermsAreThePublishedOnes()
    {
        const auto levels = std::vector{fromLogSnr(-1.0), fromLogSnr(0.0), fromLogSnr(1.0)};
        const auto steps = stepsThrough(levels);
        const auto sampler = makeSampler(SamplerKind::DpmPp2MSde);
        const NoiseSource noise = [](int) {
            return constant(0.8);
        };
        sampler->advance(steps[0], constant(0.7), {constant(0.2), {}}, noise);

        const auto x = sampler->advance(steps[1], constant(0.6), {constant(0.3), {}}, noise);

        const double expected = levels[2].sigma / levels[1].sigma * std::exp(-0.5) * 0.6 -
                                levels[2].alpha * std::expm1(-1.0) * (1.5 * 0.3 - 0.5 * 0.2) +
                                levels[2].sigma * std::sqrt(-std::expm1(-1.0)) * 0.8;
        QVERIFY(std::abs(x.item<double>() - expected) < 1e-12);
    }

    void theFirstStochasticStepIsAncestral()
    {
        const auto step = stepsThrough({fromLogSnr(-2.0), fromLogSnr(0.5)}).front();
        const auto xt = torch::randn({1, 3, 8, 8});
        const auto clean = torch::randn({1, 3, 8, 8});
        const NoiseSource noise = [&](int) {
            return xt.flip(3);
        };

        const auto solver =
            makeSampler(SamplerKind::DpmPp2MSde)->advance(step, xt, {clean, {}}, noise);
        const auto ancestral =
            makeSampler(SamplerKind::Ddpm)->advance(step, xt, {clean, {}}, noise);

        QVERIFY(torch::allclose(solver, ancestral, 1e-5, 1e-5));
    }

    void pureNoiseIsAFiniteStart_data() { addKinds(); }
    void pureNoiseIsAFiniteStart()
    {
        QFETCH(SamplerKind, kind);
        GaussianDenoiser denoiser(0.3, 0.5);
        const auto noise = noiseOfSeed(9);
        const auto levels = fewStepLevels(4);

        const auto x =
            sample(denoiser, *makeSampler(kind), stepsThrough(levels), noise(-1), {.noise = noise});

        QVERIFY(torch::isfinite(x).all().item<bool>());
        QVERIFY(std::abs(x.mean().item<double>() - 0.3) < 0.05);
    }

    void theLastStepReturnsThePrediction_data() { addKinds(); }
    void theLastStepReturnsThePrediction()
    {
        QFETCH(SamplerKind, kind);
        const auto steps = stepsThrough({fromLogSnr(-1.0), fromLogSnr(2.0), fromLogSnr(5.0)});
        const auto sampler = makeSampler(kind);
        const NoiseSource noise = [](int) {
            return constant(0.0);
        };
        sampler->advance(steps[0], constant(0.7), {constant(0.2), {}}, noise);
        sampler->advance(steps[1], constant(0.6), {constant(0.3), {}}, noise);

        const auto x = sampler->advance(steps[2], constant(0.5), {constant(0.4), {}}, noise);

        QCOMPARE(x.item<double>(), 0.4);
    }

    void aSamplerStartsAfreshWithTheFirstStep_data() { addKinds(); }
    void aSamplerStartsAfreshWithTheFirstStep()
    {
        QFETCH(SamplerKind, kind);
        GaussianDenoiser denoiser(0.3, 0.5);
        const auto noise = noiseOfSeed(2);
        const auto steps = stepsThrough(evenLevels(-3.0, 5.0, 6));
        const auto sampler = makeSampler(kind);

        const auto once = sample(denoiser, *sampler, steps, noise(-1), {.noise = noise});
        const auto again = sample(denoiser, *sampler, steps, noise(-1), {.noise = noise});

        QVERIFY(torch::equal(once, again));
    }
};

QTEST_APPLESS_MAIN(TestSolvers)
#include "tst_solvers.moc"
