// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/msg.h"

#include "core/methods/regression.h"
#include "core/networks/gate_file.h"

#include <algorithm>

namespace limpid::methods {

namespace {

using networks::IcdpmUnetConfig;

constexpr std::int64_t largestCount = 16; // blocks, levels, bands, factors
constexpr std::int64_t largestAlignment = 64;

bool isWithin(std::int64_t value, std::int64_t least, std::int64_t most)
{
    return value >= least && value <= most;
}

/// Whether a network of this kind can exist: nothing that would divide by zero or never end.
bool isSane(const IcdpmUnetConfig& config)
{
    const auto& scales = config.guidanceScales;
    const bool scalesRise = std::is_sorted(scales.begin(), scales.end(), std::less_equal<>{});
    return scalesRise && isWithin(scales.front(), 1, largestAlignment) &&
           isWithin(config.encoderBlocks, 1, largestCount) &&
           isWithin(config.middleBlocks, 0, largestCount) &&
           isWithin(config.decoderBlocks, 1, largestCount) &&
           (!config.skipEveryBlock || config.decoderBlocks == config.encoderBlocks + 1) &&
           isWithin(config.bands, 0, largestCount) && isWithin(config.unshuffle, 1, 8) &&
           isWithin(config.embedding, 1, 4096) && isWithin(config.guidanceChannels, 1, 512) &&
           *std::min_element(config.channels.begin(), config.channels.end()) > 0;
}

/// The sides of a tile are multiples of 64, so every factor has to divide that.
bool isAligned(const IcdpmUnetConfig& config)
{
    const std::int64_t unet = config.unshuffle << (config.channels.size() - 1);
    const auto divides = [](std::int64_t scale) {
        return largestAlignment % scale == 0;
    };
    const auto largest = std::max(unet, config.guidanceScales.back());
    return divides(unet) && divides(largest) &&
           std::all_of(config.guidanceScales.begin(), config.guidanceScales.end(),
                       [&](std::int64_t scale) { return largest % scale == 0; });
}

/// A lower bound of the network's parameters: the second 3×3 convolution of each block.
/// A small file must not be able to ask for a huge network.
std::uint64_t fewestElements(const IcdpmUnetConfig& config)
{
    std::int64_t blocksTimesSquares = 0;
    for (const std::int64_t channels : config.channels)
        blocksTimesSquares += (config.encoderBlocks + config.decoderBlocks) * channels * channels;
    blocksTimesSquares += config.middleBlocks * config.channels.back() * config.channels.back();
    return 9 * static_cast<std::uint64_t>(blocksTimesSquares);
}

} // namespace

Result<std::unique_ptr<RestorationMethod>> Msg::load(const checkpoint::SafetensorsFile& file,
                                                     const CancelToken& token)
{
    const auto& metadata = file.index().metadata;
    const auto architecture = metadata.find("architecture");
    if (architecture == metadata.end() || architecture->second != "msg")
        return fail(ErrorCode::ModelMismatch, "the file does not say that it holds an MSG network");
    const auto config = networks::configFromMetadata(metadata);
    if (!config)
        return tl::unexpected(config.error());
    if (!isSane(*config) || !isAligned(*config) ||
        fewestElements(*config) > checkpoint::elementCount(file.index()))
        return fail(ErrorCode::ModelMismatch, "the file describes an impossible network");
    networks::MsgModel model(*config);
    if (const auto loaded = networks::loadBesideGate(*model, file, token); !loaded)
        return tl::unexpected(loaded.error());
    auto gate = networks::loadGate(file, token);
    if (!gate)
        return tl::unexpected(gate.error());
    return std::make_unique<Msg>(std::move(model), std::move(*gate));
}

engine::MethodSpec Msg::spec()
{
    using Kind = engine::ParameterSpec::Kind;
    return {
        .id = "msg",
        .minSteps = 1,
        .maxSteps = 50,
        .defaultSteps = 1, // what the evaluation of the shipped weights prefers
        .parameters =
            {{.id = "noise", .kind = Kind::Real, .step = 0.05, .defaultValue = 0.5, .fromSteps = 2},
             {.id = "low_frequencies", .kind = Kind::Toggle, .step = 1, .defaultValue = 1},
             {.id = "protect_sharp", .kind = Kind::Toggle, .step = 1, .defaultValue = 1}},
        .frames = {engine::FrameKind::Guidance, engine::FrameKind::Predicted},
        .context = {.marginPixels = Regression::contextPixels, .multipleOf = Regression::alignment},
    };
}

} // namespace limpid::methods
