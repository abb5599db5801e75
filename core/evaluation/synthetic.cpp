// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/degradation_grid.h"
#include "core/evaluation/experiments.h"
#include "core/evaluation/guarded.h"
#include "core/evaluation/photo_source.h"
#include "core/evaluation/picture.h"
#include "core/training/photo_cache.h"

#include <cmath>
#include <numeric>

namespace limpid::evaluation {

namespace {

using training::psfMargins;

/// What the report calls a class: unblurred pictures are two, because one of them must come back
/// as it is.
std::string classOf(const GridCell& cell)
{
    if (cell.blur != BlurKind::None)
        return nameOf(cell.severity);
    return cell.finish == Finish::Clean ? "sharp" : "sharp, but noisy";
}

/// A crop that is large enough, and which number its photograph has among all.
struct NumberedCrop {
    NamedPhoto photo;
    std::size_t number = 0;
    torch::Tensor pixels; ///< [3, height + margins, width + margins], 0…1.
};

Trial trialOf(const NumberedCrop& crop, const GridCell& cell)
{
    const auto damage = degradationOf(cell, crop.number);
    const auto pair = training::degrade(crop.pixels.unsqueeze(0), {damage});
    const auto blurred = pair.blurred * 0.5 + 0.5;
    const double light = linearLight(blurred).mean().item<double>();
    return {.label = {.contender = {},
                      .photo = crop.photo.name,
                      .blur = nameOf(cell),
                      .severity = classOf(cell),
                      .finish = nameOf(cell.finish),
                      .input = {},
                      .output = {}},
            .puzzle = {.blurred = blurred,
                       .known = KnownBlur{damage.first, noiseVarianceOf(damage, light)}},
            .sharp = pair.sharp * 0.5 + 0.5,
            .source = crop.photo.source};
}

/// The part to degrade, with its margins; undefined when the photograph is too small. side 0: all
/// but what is left of a multiple of 16. photo: [3, H, W], U8.
torch::Tensor partOf(const torch::Tensor& photo, std::int64_t side)
{
    if (side > 0)
        return training::busiestPart(photo, side + psfMargins);
    const auto height = (photo.size(1) - psfMargins) / 16 * 16;
    const auto width = (photo.size(2) - psfMargins) / 16 * 16;
    if (height <= 0 || width <= 0)
        return {};
    return training::asUnit(
        photo.narrow(1, 0, height + psfMargins).narrow(2, 0, width + psfMargins));
}

/// The crop of a photograph. InvalidRequest when it is too small; errors of its file.
Result<torch::Tensor> cropOf(const NamedPhoto& photo, std::int64_t side)
{
    const auto picture = photo.load();
    if (!picture)
        return fail(picture.error().code, picture.error().detail, photo.source);
    const auto crop = partOf(*picture, side);
    if (crop.defined())
        return crop;
    const auto least = std::to_string((side > 0 ? side : leastSide) + psfMargins);
    return fail(ErrorCode::InvalidRequest,
                "it is too small: it needs at least " + least + " × " + least + " pixels",
                photo.source);
}

Result<std::vector<NumberedCrop>> cropsOf(const SyntheticOptions& options,
                                          const RunControl& control)
{
    if (options.side < 0 || options.side % 16 != 0)
        return fail(ErrorCode::InvalidRequest,
                    "the size of a crop is a multiple of 16, not " + std::to_string(options.side));
    const auto all = photosOf(options.photos, options.validation, control.leaveOut);
    if (!all)
        return tl::unexpected(all.error());
    std::vector<NumberedCrop> crops;
    for (const std::size_t number : thinned(all->size(), options.count)) {
        const auto& photo = (*all)[number];
        if (const auto crop = guarded(photo.source, [&] { return cropOf(photo, options.side); }))
            crops.push_back({photo, number, *crop});
        else
            control.leaveOut(crop.error());
    }
    return crops;
}

Result<std::vector<GridCell>> cellsOf(const SyntheticOptions& options)
{
    if (options.kernels.empty())
        return degradationGrid();
    const auto kernels = readKernels(options.kernels);
    if (!kernels)
        return tl::unexpected(kernels.error());
    return degradationGrid(*kernels);
}

/// A step that goes through all of `count` places in jumps of about the golden section, so that the
/// places visited by then are evenly spread at any moment.
std::size_t evenStep(std::size_t count)
{
    auto step = static_cast<std::size_t>(std::lround(0.618 * static_cast<double>(count)));
    while (std::gcd(step, count) != 1)
        ++step;
    return step;
}

} // namespace

Result<std::vector<Sample>> runSynthetic(const SyntheticOptions& options,
                                         const std::vector<Contender>& contenders,
                                         const RunControl& control)
{
    const auto cells = cellsOf(options);
    if (!cells)
        return tl::unexpected(cells.error());
    const auto crops = cropsOf(options, control);
    if (!crops)
        return tl::unexpected(crops.error());
    const auto step = evenStep(cells->size());
    Run run(contenders, control, cells->size() * crops->size());
    for (std::size_t i = 0; i < cells->size() * crops->size() && run.goesOn(); ++i) {
        const auto& crop = (*crops)[i % crops->size()];
        const auto cell = step * (i % crops->size() + i / crops->size()) % cells->size();
        auto trial = guarded(crop.photo.source,
                             [&]() -> Result<Trial> { return trialOf(crop, (*cells)[cell]); });
        if (!trial)
            return run.endedBy(trial.error());
        trial->seeds = options.seeds;
        const auto place = cell * crops->size() + i % crops->size();
        if (const auto done = run.take(std::move(*trial), place); !done)
            return run.endedBy(done.error());
    }
    return run.results(options.photos);
}

} // namespace limpid::evaluation
