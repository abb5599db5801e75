// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/contact_sheet.h"
#include "core/evaluation/experiments.h"
#include "core/evaluation/photo_source.h"

#include <algorithm>
#include <iterator>

namespace limpid::evaluation {

namespace {

namespace fs = std::filesystem;

/// The file of the same name, whatever its extension.
Result<fs::path> partnerOf(const fs::path& file, const std::vector<fs::path>& candidates)
{
    for (const auto& candidate : candidates)
        if (candidate.stem() == file.stem())
            return candidate;
    return fail(ErrorCode::InvalidRequest, "it has no sharp partner of the same name", file);
}

Trial trialOf(const fs::path& file, const torch::Tensor& blurred, const char* severity)
{
    return {.label = {.contender = {},
                      .photo = file.stem().string(),
                      .blur = "unknown",
                      .severity = severity,
                      .finish = "unknown",
                      .input = {},
                      .output = {}},
            .puzzle = {.blurred = blurred},
            .sharp = {}};
}

Result<Trial> pairOf(const fs::path& file, const std::vector<fs::path>& sharp,
                     const PairOptions& options)
{
    const auto partner = partnerOf(file, sharp);
    if (!partner)
        return tl::unexpected(partner.error());
    const auto blurred = pictureOf(file, options.side);
    if (!blurred)
        return tl::unexpected(blurred.error());
    const auto truth = pictureOf(*partner, options.side);
    if (!truth)
        return tl::unexpected(truth.error());
    if (truth->sizes() != blurred->sizes())
        return fail(ErrorCode::InvalidRequest, "its sharp partner is of another size", file);
    auto trial = trialOf(file, *blurred, "pairs");
    trial.sharp = *truth;
    trial.seeds = options.seeds;
    return trial;
}

Result<void> append(const Trial& trial, const std::vector<Contender>& contenders,
                    std::vector<Sample>& samples, const OutputWatcher& watch = {})
{
    auto found = judged(trial, contenders, watch);
    if (!found)
        return tl::unexpected(found.error());
    std::move(found->begin(), found->end(), std::back_inserter(samples));
    return {};
}

} // namespace

Result<std::vector<Sample>> runPairs(const PairOptions& options,
                                     const std::vector<Contender>& contenders,
                                     std::ostream& progress)
{
    const auto blurred = photoFilesIn(options.blurred);
    if (!blurred)
        return tl::unexpected(blurred.error());
    const auto sharp = photoFilesIn(options.sharp);
    if (!sharp)
        return tl::unexpected(sharp.error());
    std::vector<Sample> samples;
    for (const auto& file : *blurred) {
        const auto trial = pairOf(file, *sharp, options);
        if (!trial)
            return tl::unexpected(trial.error());
        if (const auto done = append(*trial, contenders, samples); !done)
            return tl::unexpected(done.error());
        progress << file.filename().string() << std::endl;
    }
    return samples;
}

Result<std::vector<Sample>> runBlind(const BlindOptions& options,
                                     const std::vector<Contender>& contenders,
                                     std::ostream& progress)
{
    const auto files = photoFilesIn(options.photos);
    if (!files)
        return tl::unexpected(files.error());
    std::vector<Sample> samples;
    ContactSheet sheet;
    for (const auto& file : *files) {
        const auto blurred = pictureOf(file, options.side);
        if (!blurred)
            return tl::unexpected(blurred.error());
        auto trial = trialOf(file, *blurred, "photographs");
        trial.seeds = options.seeds;
        sheet.beginRow();
        const auto show = [&sheet](const std::string&, const torch::Tensor& picture) {
            sheet.add(picture);
        };
        if (const auto done = append(trial, contenders, samples, show); !done)
            return tl::unexpected(done.error());
        progress << file.filename().string() << std::endl;
    }
    if (const auto written = sheet.write(options.sheet); !written)
        return tl::unexpected(written.error());
    return samples;
}

} // namespace limpid::evaluation
