// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/degradation_grid.h"
#include "core/evaluation/experiments.h"
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

/// crop: [1, 3, height + margins, width + margins], 0…1.
Trial trialOf(const torch::Tensor& crop, const GridCell& cell, const std::string& photo,
              std::size_t number)
{
    const auto damage = degradationOf(cell, number);
    const auto pair = training::degrade(crop, {damage});
    const auto blurred = pair.blurred * 0.5 + 0.5;
    const double light = linearLight(blurred).mean().item<double>();
    return {.label = {.contender = {},
                      .photo = photo,
                      .blur = nameOf(cell),
                      .severity = classOf(cell),
                      .finish = nameOf(cell.finish),
                      .input = {},
                      .output = {}},
            .puzzle = {.blurred = blurred,
                       .known = KnownBlur{damage.first, noiseVarianceOf(damage, light)}},
            .sharp = pair.sharp * 0.5 + 0.5};
}

/// A crop that is large enough, and which number its photograph has among all.
struct NumberedCrop {
    std::string photo;
    std::size_t number = 0;
    torch::Tensor pixels; ///< [3, height + margins, width + margins], 0…1.
};

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

Result<std::vector<NumberedCrop>> cropsOf(const SyntheticOptions& options, std::ostream& progress)
{
    if (options.side < 0 || options.side % 16 != 0)
        return fail(ErrorCode::InvalidRequest,
                    "the size of a crop is a multiple of 16, not " + std::to_string(options.side));
    const auto all = photosOf(options.photos, options.validation);
    if (!all)
        return tl::unexpected(all.error());
    std::vector<NumberedCrop> crops;
    for (const std::size_t number : thinned(all->size(), options.count)) {
        const auto& photo = (*all)[number];
        const auto picture = photo.load();
        if (!picture)
            return tl::unexpected(picture.error());
        if (const auto crop = partOf(*picture, options.side); crop.defined())
            crops.push_back({photo.name, number, crop});
        else
            progress << photo.name << " is too small" << std::endl;
    }
    if (crops.empty())
        return fail(ErrorCode::InvalidRequest,
                    "no photograph is large enough for a crop of " +
                        std::to_string(options.side + psfMargins) + " pixels",
                    options.photos);
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
    const auto crops = cropsOf(options, control.progress);
    if (!crops)
        return tl::unexpected(crops.error());
    const auto step = evenStep(cells->size());
    Run run(contenders, control, cells->size() * crops->size());
    for (std::size_t i = 0; i < cells->size() * crops->size() && run.goesOn(); ++i) {
        const auto& crop = (*crops)[i % crops->size()];
        const auto cell = step * (i % crops->size() + i / crops->size()) % cells->size();
        auto trial = trialOf(crop.pixels.unsqueeze(0), (*cells)[cell], crop.photo, crop.number);
        trial.seeds = options.seeds;
        const auto place = cell * crops->size() + i % crops->size();
        if (const auto done = run.take(std::move(trial), place); !done)
            return tl::unexpected(done.error());
    }
    return run.samples();
}

} // namespace limpid::evaluation
