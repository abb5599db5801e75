// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/experiments.h"
#include "core/evaluation/guarded.h"
#include "core/evaluation/photo_source.h"
#include "core/evaluation/picture.h"
#include "core/training/contact_sheet.h"

#include <algorithm>

namespace limpid::evaluation {

namespace {

namespace fs = std::filesystem;

/// A blurred photograph and its sharp partner.
struct Pair {
    fs::path blurred;
    fs::path sharp;
};

/// Partners have the same name, whatever the extension. Who has none is left out.
std::vector<Pair> pairsOf(const std::vector<fs::path>& blurred, const std::vector<fs::path>& sharp,
                          Run& run)
{
    std::vector<Pair> pairs;
    for (const auto& file : blurred) {
        const auto partner = std::find_if(sharp.begin(), sharp.end(), [&](const fs::path& other) {
            return other.stem() == file.stem();
        });
        if (partner == sharp.end())
            run.leaveOut(
                {ErrorCode::InvalidRequest, "there is no sharp photograph of the same name", file});
        else
            pairs.push_back({file, *partner});
    }
    return pairs;
}

/// InvalidRequest when it is too small to be measured; errors of the photo reader.
Result<torch::Tensor> pictureIn(const fs::path& file, std::int64_t side)
{
    const auto picture = pictureOf(file, side);
    if (!picture || std::min(picture->size(2), picture->size(3)) >= leastSide)
        return picture;
    const auto least = std::to_string(leastSide);
    return fail(ErrorCode::InvalidRequest,
                "it is too small: it needs at least " + least + " × " + least + " pixels", file);
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
            .sharp = {},
            .source = file};
}

Result<Trial> trialOf(const Pair& pair, const PairOptions& options)
{
    const auto blurred = pictureIn(pair.blurred, options.side);
    if (!blurred)
        return tl::unexpected(blurred.error());
    const auto truth = pictureIn(pair.sharp, options.side);
    if (!truth)
        return tl::unexpected(truth.error());
    if (truth->sizes() != blurred->sizes())
        return fail(ErrorCode::InvalidRequest, "its sharp partner is of another size",
                    pair.blurred);
    auto trial = trialOf(pair.blurred, *blurred, "pairs");
    trial.sharp = *truth;
    trial.seeds = options.seeds;
    return trial;
}

Result<Trial> trialOf(const fs::path& file, const BlindOptions& options)
{
    const auto blurred = pictureIn(file, options.side);
    if (!blurred)
        return tl::unexpected(blurred.error());
    auto trial = trialOf(file, *blurred, "photographs");
    trial.seeds = options.seeds;
    return trial;
}

/// Measures one photograph and draws its row of the sheet; leaves out what cannot be read.
Result<void> takeBlind(Run& run, const fs::path& file, std::size_t place,
                       const BlindOptions& options, training::ContactSheet& sheet)
{
    auto trial = guarded(file, [&] { return trialOf(file, options); });
    if (!trial) {
        run.leaveOut(trial.error());
        return {};
    }
    sheet.beginRow();
    return run.take(
        std::move(*trial), place, [&](const std::string& contender, const torch::Tensor& picture) {
            sheet.add(picture, contender == inputName ? file.stem().string() : contender);
        });
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
    const auto pairs = pairsOf(*blurred, *sharp, run);
    for (std::size_t i = 0; i < pairs.size() && run.goesOn(); ++i) {
        auto trial = guarded(pairs[i].blurred, [&] { return trialOf(pairs[i], options); });
        if (!trial)
            run.leaveOut(trial.error());
        else if (const auto done = run.take(std::move(*trial), i); !done)
            return run.endedBy(done.error());
    }
    return run.results(options.blurred);
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
    Result<void> done;
    for (std::size_t i = 0; i < files->size() && done && run.goesOn(); ++i)
        done = takeBlind(run, (*files)[i], i, options, sheet);
    auto samples = run.results(options.photos);
    if (samples) {
        const auto written = guarded(options.sheet, [&] { return sheet.write(options.sheet); });
        if (done)
            done = written;
    }
    if (!done)
        return run.endedBy(done.error());
    return samples;
}

} // namespace limpid::evaluation
