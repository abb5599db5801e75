// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/experiments.h"
#include "core/evaluation/photo_source.h"
#include "core/evaluation/picture.h"
#include "core/training/contact_sheet.h"

#include <algorithm>

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
            .puzzle = {.blurred = exported(blurred)}, // as a method is given it and writes it
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

} // namespace

Result<std::vector<Sample>> runPairs(const PairOptions& options,
                                     const std::vector<Contender>& contenders,
                                     const RunControl& control)
{
    const auto blurred = photoFilesIn(options.blurred);
    if (!blurred)
        return tl::unexpected(blurred.error());
    const auto sharp = photoFilesIn(options.sharp);
    if (!sharp)
        return tl::unexpected(sharp.error());
    Run run(contenders, control, blurred->size());
    for (std::size_t i = 0; i < blurred->size() && run.goesOn(); ++i) {
        const auto trial = pairOf((*blurred)[i], *sharp, options);
        if (!trial)
            return tl::unexpected(trial.error());
        if (const auto done = run.take(*trial, i); !done)
            return tl::unexpected(done.error());
    }
    return run.samples();
}

Result<std::vector<Sample>> runBlind(const BlindOptions& options,
                                     const std::vector<Contender>& contenders,
                                     const RunControl& control)
{
    const auto files = photoFilesIn(options.photos);
    if (!files)
        return tl::unexpected(files.error());
    Run run(contenders, control, files->size());
    training::ContactSheet sheet(options.cell);
    for (std::size_t i = 0; i < files->size() && run.goesOn(); ++i) {
        const auto& file = (*files)[i];
        const auto blurred = pictureOf(file, options.side);
        if (!blurred)
            return tl::unexpected(blurred.error());
        auto trial = trialOf(file, *blurred, "photographs");
        trial.seeds = options.seeds;
        sheet.beginRow();
        const auto show = [&](const std::string& contender, const torch::Tensor& picture) {
            sheet.add(picture, contender == inputName ? file.stem().string() : contender);
        };
        if (const auto done = run.take(std::move(trial), i, show); !done)
            return tl::unexpected(done.error());
    }
    if (const auto written = sheet.write(options.sheet); !written)
        return tl::unexpected(written.error());
    return run.samples();
}

} // namespace limpid::evaluation
