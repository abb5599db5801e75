// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/degradation_grid.h"
#include "core/evaluation/experiments.h"
#include "core/evaluation/photo_source.h"
#include "core/evaluation/picture.h"
#include "core/training/photo_cache.h"

#include <algorithm>
#include <iterator>

namespace limpid::evaluation {

namespace {

using training::psfRadius;

/// What the report calls a class: unblurred pictures are two, because one of them must come back
/// as it is.
std::string classOf(const GridCell& cell)
{
    if (cell.blur != BlurKind::None)
        return nameOf(cell.severity);
    return cell.finish == Finish::Clean ? "sharp" : "sharp, noise or JPEG";
}

/// crop: [1, 3, side + margins, side + margins], 0…1.
Trial trialOf(const torch::Tensor& crop, const GridCell& cell, const std::string& photo,
              std::size_t number)
{
    const auto damage = degradationOf(cell, number);
    const auto pair = training::degrade(crop, {damage});
    const auto blurred = pair.blurred * 0.5 + 0.5;
    const double light = linearLight(blurred).mean().item<double>();
    return {.label = {.contender = {},
                      .photo = photo,
                      .blur = nameOf(cell.blur),
                      .severity = classOf(cell),
                      .finish = nameOf(cell.finish),
                      .input = {},
                      .output = {}},
            .puzzle = {.blurred = blurred,
                       .known = KnownBlur{damage.first, noiseVarianceOf(damage, light)}},
            .sharp = pair.sharp * 0.5 + 0.5};
}

/// Appends the samples of one photograph; nothing when it is too small.
Result<void> runPhoto(const NamedPhoto& photo, std::size_t number, const SyntheticOptions& options,
                      const std::vector<Contender>& contenders, std::vector<Sample>& samples)
{
    const auto picture = photo.load();
    if (!picture)
        return tl::unexpected(picture.error());
    const auto crop = training::busiestPart(*picture, options.side + 2 * psfRadius);
    if (!crop.defined())
        return {};
    for (const auto& cell : degradationGrid()) {
        auto trial = trialOf(crop.unsqueeze(0), cell, photo.name, number);
        trial.seeds = options.seeds;
        auto found = judged(trial, contenders);
        if (!found)
            return tl::unexpected(found.error());
        std::move(found->begin(), found->end(), std::back_inserter(samples));
    }
    return {};
}

} // namespace

Result<std::vector<Sample>> runSynthetic(const SyntheticOptions& options,
                                         const std::vector<Contender>& contenders,
                                         std::ostream& progress)
{
    if (options.side <= 0 || options.side % 16 != 0)
        return fail(ErrorCode::InvalidRequest,
                    "the size of a crop is a multiple of 16, not " + std::to_string(options.side));
    const auto all = photosOf(options.photos, options.validation);
    if (!all)
        return tl::unexpected(all.error());
    const auto photos = thinned(*all, options.count);
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < photos.size(); ++i) {
        const auto before = samples.size();
        if (const auto done = runPhoto(photos[i], i, options, contenders, samples); !done)
            return tl::unexpected(done.error());
        progress << i + 1 << " of " << photos.size() << ": " << photos[i].name
                 << (samples.size() == before ? " is too small" : "") << std::endl;
    }
    if (samples.empty())
        return fail(ErrorCode::InvalidRequest,
                    "no photograph is large enough for a crop of " +
                        std::to_string(options.side + 2 * psfRadius) + " pixels",
                    options.photos);
    return samples;
}

} // namespace limpid::evaluation
