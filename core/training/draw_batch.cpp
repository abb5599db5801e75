// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/draw_batch.h"

#include "core/training/seeded_noise.h"

namespace limpid::training {

namespace {

// Keep further choices apart from the crops and from each other.
constexpr std::uint64_t furtherStream = 0x6E6F697365;
constexpr std::uint64_t ownAnswerStream = 0x6F776E;

torch::Tensor channelsLast(const torch::Tensor& pictures)
{
    return pictures.contiguous(at::MemoryFormat::ChannelsLast);
}

} // namespace

DrawnBatch draw(const PhotoCache& photos, const LearningOptions& options, std::int64_t step)
{
    Dice dice(options.seed, static_cast<std::uint64_t>(step));
    std::vector<torch::Tensor> crops;
    std::vector<Degradation> degradations;
    for (std::int64_t i = 0; i < options.batch; ++i) {
        crops.push_back(photos.randomCrop(dice, options.crop + psfMargins));
        degradations.push_back(drawDegradation(dice, options.ranges));
    }
    return {.crops = torch::stack(crops), .degradations = std::move(degradations)};
}

Pair pairsOf(const DrawnBatch& drawn, const LearningOptions& options)
{
    const torch::Device device(options.device);
    const auto pair = degrade(asUnit(drawn.crops.to(device)), drawn.degradations);
    return {.blurred = channelsLast(pair.blurred), .sharp = channelsLast(pair.sharp)};
}

Pair drawBatch(const PhotoCache& photos, const LearningOptions& options, std::int64_t step)
{
    return pairsOf(draw(photos, options, step), options);
}

torch::Tensor drawNoise(at::IntArrayRef shape, const LearningOptions& options, std::int64_t step)
{
    return SeededNoise(torch::Device(options.device))
        .drawn(shape, options.seed * 0x9E3779B97F4A7C15ULL + static_cast<std::uint64_t>(step));
}

Dice stepDice(const LearningOptions& options, std::int64_t step)
{
    return {options.seed ^ furtherStream, static_cast<std::uint64_t>(step)};
}

Dice ownAnswerDice(const LearningOptions& options, std::int64_t step)
{
    return {options.seed ^ ownAnswerStream, static_cast<std::uint64_t>(step)};
}

} // namespace limpid::training
