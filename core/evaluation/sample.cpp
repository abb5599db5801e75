// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sample.h"

#include "core/evaluation/invention.h"
#include "core/evaluation/picture.h"

#include <chrono>
#include <torch/utils.h>

namespace limpid::evaluation {

namespace {

using Clock = std::chrono::steady_clock;

Sample sampleOf(const Trial& trial, const Judge& judge, const std::string& contender)
{
    Sample sample = trial.label;
    sample.contender = contender;
    sample.input = judge.inputFigures();
    return sample;
}

/// The outputs for seeds 1, 2, …, rounded to 8 bits; one where no noise is drawn.
Result<std::vector<torch::Tensor>> outputsOf(const Contender& contender, const Trial& trial)
{
    std::vector<torch::Tensor> outputs;
    Puzzle puzzle = trial.puzzle;
    const int seeds = contender.drawsNoise ? trial.seeds : 1;
    for (int seed = 1; seed <= seeds; ++seed) {
        puzzle.seed = static_cast<std::uint64_t>(seed);
        const auto output = contender.restore(puzzle);
        if (!output)
            return tl::unexpected(output.error());
        outputs.push_back(exported(*output));
    }
    return outputs;
}

/// An optional contender that failed has a sample without figures.
Result<Sample> sampleOf(const Trial& trial, const Judge& judge, const Contender& contender,
                        const OutputWatcher& watch)
{
    auto sample = sampleOf(trial, judge, contender.name);
    const auto start = Clock::now();
    const auto outputs = outputsOf(contender, trial);
    if (!outputs && !contender.optional)
        return tl::unexpected(outputs.error());
    if (!outputs) {
        sample.failure = outputs.error().detail;
        return sample;
    }
    const std::chrono::duration<double> busy = Clock::now() - start;
    sample.output = judge.figuresOf(outputs->front());
    sample.output["seconds"] = busy.count() / static_cast<double>(outputs->size());
    if (outputs->size() > 1)
        sample.output["seed_deviation"] = seedDeviation(*outputs);
    if (watch)
        watch(contender.name, outputs->front());
    return sample;
}

} // namespace

Result<std::vector<Sample>> judged(const Trial& trial, const std::vector<Contender>& contenders,
                                   const OutputWatcher& watch)
{
    const torch::NoGradGuard noGradients;
    const Judge judge(trial.puzzle.blurred, trial.sharp, trial.naturalness);
    std::vector<Sample> samples{sampleOf(trial, judge, inputName)};
    samples.front().output = judge.inputFigures();
    if (watch)
        watch(inputName, trial.puzzle.blurred);
    for (const auto& contender : contenders) {
        auto sample = sampleOf(trial, judge, contender, watch);
        if (!sample)
            return tl::unexpected(sample.error());
        samples.push_back(std::move(*sample));
    }
    return samples;
}

} // namespace limpid::evaluation
