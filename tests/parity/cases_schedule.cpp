// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/posterior.h"
#include "core/diffusion/sampling_loop.h"
#include "core/diffusion/timesteps.h"
#include "tests/parity/parity_cases.h"

#include <algorithm>
#include <cmath>

namespace limpid::parity {

namespace {

using Column = double (*)(const diffusion::Step& step);

/// Index 0 is the least noisy, as in the files.
std::vector<int> ascending(int total, int count)
{
    auto timesteps = diffusion::spacedTimesteps(total, count);
    std::reverse(timesteps.begin(), timesteps.end());
    return timesteps;
}

torch::Tensor column(const std::vector<diffusion::Step>& steps, Column value)
{
    std::vector<double> values;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        values.push_back(value(*step));
    return torch::tensor(values, torch::kFloat64);
}

double cleanWeight(const diffusion::Step& step)
{
    return posteriorBetween(step.from, step.to).cleanWeight;
}

double stateWeight(const diffusion::Step& step)
{
    return posteriorBetween(step.from, step.to).stateWeight;
}

double variance(const diffusion::Step& step)
{
    return posteriorBetween(step.from, step.to).variance;
}

void checkRespacing(ParitySet& set, ParityReport& report)
{
    auto& golden = set.tensors("golden/schedule.safetensors");
    if (!golden.has("space_timesteps.section_counts"))
        return;
    const auto counts = golden.at("space_timesteps.section_counts");
    std::vector<int> all;
    for (std::int64_t i = 0; i < counts.numel(); ++i) {
        const int count = counts[i].item<int>();
        // A single step is the cleanest one there, and is of no use; here it is the noisiest.
        const auto timesteps =
            count == 1 ? std::vector{0} : ascending(set.config().timesteps, count);
        all.insert(all.end(), timesteps.begin(), timesteps.end());
    }
    report.compare(golden, "space_timesteps.concatenated", torch::tensor(all));
}

void checkTable(ParitySet& set, ParityReport& report, const std::vector<double>& alphaBars,
                const std::string& prefix)
{
    auto& golden = set.tensors("golden/schedule.safetensors");
    const auto count = static_cast<int>(golden.at(prefix + "timesteps").numel());
    const auto timesteps = diffusion::spacedTimesteps(set.config().timesteps, count);
    const auto steps = diffusion::stepsThrough(diffusion::levelsAt(alphaBars, timesteps));
    report.compare(golden, prefix + "timesteps",
                   torch::tensor(ascending(set.config().timesteps, count)));
    report.compare(golden, prefix + "posterior_mean_coef1", column(steps, cleanWeight));
    report.compare(golden, prefix + "posterior_mean_coef2", column(steps, stateWeight));
    const auto variances = column(steps, variance);
    report.compare(golden, prefix + "posterior_variance", variances);
    report.compare(
        golden, prefix + "posterior_log_variance_clipped",
        torch::cat({variances.narrow(0, 1, 1), variances.narrow(0, 1, count - 1)}).log());
    report.compare(
        golden, prefix + "sqrt_recip_alphas_cumprod",
        column(steps, [](const diffusion::Step& step) { return 1.0 / step.from.alpha; }));
    report.compare(golden, prefix + "sqrt_recipm1_alphas_cumprod",
                   column(steps, [](const diffusion::Step& step) {
                       return step.from.sigma / step.from.alpha;
                   }));
}

void checkForwardProcess(TensorFile& golden, ParityReport& report,
                         const std::vector<double>& alphaBars)
{
    constexpr double doubleLimit = 1e-12;
    const auto table = torch::tensor(alphaBars, torch::kFloat64);
    report.compare(golden, "alphas_cumprod_f64", table, doubleLimit);
    const auto before = torch::cat({torch::ones({1}, torch::kFloat64), table.slice(0, 0, -1)});
    report.compare(golden, "betas_f64", 1.0 - table / before, doubleLimit);
    report.compare(golden, "diffusion.sqrt_alphas_cumprod", table.sqrt());
    report.compare(golden, "diffusion.sqrt_one_minus_alphas_cumprod", (1.0 - table).sqrt());
}

/// The step counts where rounding halves up would give other timesteps.
std::vector<int> countsThatRoundingDecides(int total)
{
    std::vector<int> counts;
    for (int count = 2; count <= total; ++count) {
        const auto ours = ascending(total, count);
        const double stride = static_cast<double>(total - 1) / (count - 1);
        bool differs = false;
        for (int i = 0; i < count; ++i)
            differs = differs || std::floor(i * stride + 0.5) != ours[static_cast<std::size_t>(i)];
        if (differs)
            counts.push_back(count);
    }
    return counts;
}

} // namespace

void checkSchedule(ParitySet& set, ParityReport& report)
{
    const auto& config = set.config();
    auto& golden = set.tensors("golden/schedule.safetensors");
    const auto alphaBars = diffusion::scaledLinearAlphaBars(config.firstBeta, config.lastBeta,
                                                            static_cast<int>(config.timesteps));
    checkForwardProcess(golden, report, alphaBars);
    for (const auto& name : golden.names("steps"))
        if (name.ends_with(".timesteps"))
            checkTable(set, report, alphaBars, name.substr(0, name.find('.') + 1));
    checkRespacing(set, report);
}

void checkScheduleNotes(ParitySet& set, ParityReport& report)
{
    const auto& notes = set.json("golden/schedule_notes.json");
    const auto counts = notes.at("counts_where_half_up_rounding_differs").get<std::vector<int>>();
    const auto ours = countsThatRoundingDecides(static_cast<int>(set.config().timesteps));
    report.require("counts where half-up rounding differs", ours == counts,
                   std::to_string(ours.size()) + " of " + std::to_string(counts.size()));
    report.note("one step is refused by the published schedule; here it is the noisiest");
    report.note("several sections and ddimN are out of reach of the published command line");
}

} // namespace limpid::parity
