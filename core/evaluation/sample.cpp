// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/sample.h"

#include "core/evaluation/invention.h"
#include "core/evaluation/picture.h"

#include <chrono>

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

} // namespace

Result<std::vector<Sample>> judged(const Trial& trial, const std::vector<Contender>& contenders,
                                   const OutputWatcher& watch)
{
    const torch::NoGradGuard noGradients;
    const Judge judge(trial.puzzle.blurred, trial.sharp);
    std::vector<Sample> samples{sampleOf(trial, judge, inputName)};
    samples.front().output = judge.inputFigures();
    if (watch)
        watch(inputName, trial.puzzle.blurred);
    for (const auto& contender : contenders) {
        const auto start = Clock::now();
        const auto outputs = outputsOf(contender, trial);
        if (!outputs)
            return tl::unexpected(outputs.error());
        const std::chrono::duration<double> busy = Clock::now() - start;
        auto sample = sampleOf(trial, judge, contender.name);
        sample.output = judge.figuresOf(outputs->front());
        sample.output["seconds"] = busy.count() / static_cast<double>(outputs->size());
        if (outputs->size() > 1)
            sample.output["seed_deviation"] = seedDeviation(*outputs);
        samples.push_back(std::move(sample));
        if (watch)
            watch(contender.name, outputs->front());
    }
    return samples;
}

} // namespace limpid::evaluation
