// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/reference_sampling.h"

#include "core/diffusion/ddpm_sampler.h"
#include "core/diffusion/posterior.h"
#include "core/diffusion/sampling_loop.h"
#include "core/diffusion/timesteps.h"

namespace limpid::methods {

namespace {

/// The steps of a path with the timesteps that the network is told.
struct Path {
    std::vector<int> timesteps;
    std::vector<diffusion::Step> steps;
};

Path pathOf(const ReferenceSampling& sampling)
{
    const auto timesteps =
        diffusion::spacedTimesteps(static_cast<int>(sampling.alphaBars.size()), sampling.steps);
    return {timesteps, diffusion::stepsThrough(diffusion::levelsAt(sampling.alphaBars, timesteps))};
}

/// The published prediction, asked for along a path from its first step to its last.
class PathDenoiser : public diffusion::Denoiser {
public:
    PathDenoiser(const ReferencePredictor& predictor, const Path& path,
                 RestorationGuidance* guidance)
        : predictor_(predictor), path_(path), guidance_(guidance)
    {}

    diffusion::Prediction predict(const torch::Tensor& xt,
                                  const diffusion::NoiseLevel& level) override
    {
        const auto position = static_cast<std::size_t>(next_);
        current_.index = next_++;
        current_.timestep = path_.timesteps.at(position);
        const auto answer = predictor_.predict(xt, current_.timestep);
        current_.eps = answer.eps;
        current_.kernelLatent = answer.kernelLatent;
        current_.clean = diffusion::cleanFromNoise(xt, answer.eps, level);
        return {guided(path_.steps[position]), answer.kernelLatent};
    }

    /// The step predicted last, without the state it leads to.
    const ReferenceStep& current() const { return current_; }

private:
    torch::Tensor guided(const diffusion::Step& step)
    {
        if (guidance_ == nullptr || !guidance_->appliesAt(current_.timestep))
            return current_.clean;
        const double weight = diffusion::posteriorBetween(step.from, step.to).cleanWeight;
        return guidance_->guided(current_.clean, step.index, weight);
    }

    const ReferencePredictor& predictor_;
    const Path& path_;
    RestorationGuidance* guidance_;
    int next_ = 0;
    ReferenceStep current_;
};

} // namespace

torch::Tensor sampleReference(const ReferencePredictor& predictor, const torch::Tensor& start,
                              const ReferenceSampling& sampling)
{
    const Path path = pathOf(sampling);
    PathDenoiser denoiser(predictor, path, sampling.guidance);
    diffusion::DdpmSampler sampler(0.0);
    const auto stepDone = [&](const diffusion::Step&, const torch::Tensor& x,
                              const diffusion::Prediction&) {
        if (!sampling.stepDone)
            return;
        ReferenceStep done = denoiser.current();
        done.state = x;
        sampling.stepDone(done);
    };
    return diffusion::sample(
        denoiser, sampler, path.steps, start,
        {.token = sampling.token, .noise = sampling.noise, .stepDone = stepDone});
}

} // namespace limpid::methods
