// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/msg_model.h"

#include <charconv>
#include <sstream>

namespace limpid::networks {

namespace {

constexpr std::int64_t largestValue = 4096; // no width, count or scale of a sane network exceeds it
constexpr std::size_t mostValues = 8;

std::string joined(const std::vector<std::int64_t>& values)
{
    std::string text;
    for (const auto value : values)
        text += (text.empty() ? "" : ",") + std::to_string(value);
    return text;
}

/// Reads the keys of a configuration; the first thing that is wrong throws Failure.
class ConfigReader {
public:
    explicit ConfigReader(const std::map<std::string, std::string>& metadata) : metadata_(metadata)
    {}

    std::vector<std::int64_t> list(const std::string& key) const
    {
        const auto found = metadata_.find(key);
        if (found == metadata_.end())
            refuse(key, "is missing");
        std::vector<std::int64_t> values;
        std::istringstream stream(found->second);
        for (std::string part; std::getline(stream, part, ',');)
            values.push_back(number(key, part));
        if (values.empty() || values.size() > mostValues)
            refuse(key, "has " + std::to_string(values.size()) + " values");
        return values;
    }

    std::int64_t one(const std::string& key) const { return list(key).front(); }

private:
    static std::int64_t number(const std::string& key, const std::string& text)
    {
        std::int64_t value = -1;
        const auto* const end = text.data() + text.size();
        const auto parsed = std::from_chars(text.data(), end, value);
        if (parsed.ec != std::errc{} || parsed.ptr != end || value < 0 || value > largestValue)
            refuse(key, "is '" + text + "'");
        return value;
    }

    [[noreturn]] static void refuse(const std::string& key, const std::string& what)
    {
        throw Failure({ErrorCode::ModelMismatch, "metadata '" + key + "' " + what, {}});
    }

    const std::map<std::string, std::string>& metadata_;
};

} // namespace

MsgModelImpl::MsgModelImpl(const IcdpmUnetConfig& config)
    : guidance(register_module("guidance", StructureGuidance(StructureGuidanceConfig{
                                               .channels = config.guidanceChannels,
                                               .scales = config.guidanceScales,
                                               .channelNorm = config.channelNorm,
                                           }))),
      unet(register_module("unet", IcdpmUnet(config)))
{}

std::map<std::string, std::string> toMetadata(const IcdpmUnetConfig& config)
{
    return {
        {"architecture", "msg"},
        {"channels", joined(config.channels)},
        {"encoder_blocks", std::to_string(config.encoderBlocks)},
        {"middle_blocks", std::to_string(config.middleBlocks)},
        {"decoder_blocks", std::to_string(config.decoderBlocks)},
        {"unshuffle", std::to_string(config.unshuffle)},
        {"bands", std::to_string(config.bands)},
        {"embedding", std::to_string(config.embedding)},
        {"guidance_channels", std::to_string(config.guidanceChannels)},
        {"guidance_scales", joined(config.guidanceScales)},
        {"channel_norm", config.channelNorm ? "1" : "0"},
        {"scale_shift", config.scaleShift ? "1" : "0"},
        {"skip_every_block", config.skipEveryBlock ? "1" : "0"},
        {"predicts_epsilon", config.output == NetworkOutput::Epsilon ? "1" : "0"},
    };
}

Result<IcdpmUnetConfig> configFromMetadata(const std::map<std::string, std::string>& metadata)
{
    try {
        const ConfigReader reader(metadata);
        IcdpmUnetConfig config;
        config.channels = reader.list("channels");
        config.encoderBlocks = reader.one("encoder_blocks");
        config.middleBlocks = reader.one("middle_blocks");
        config.decoderBlocks = reader.one("decoder_blocks");
        config.unshuffle = reader.one("unshuffle");
        config.bands = reader.one("bands");
        config.embedding = reader.one("embedding");
        config.guidanceChannels = reader.one("guidance_channels");
        config.guidanceScales = reader.list("guidance_scales");
        config.channelNorm = reader.one("channel_norm") != 0;
        config.scaleShift = reader.one("scale_shift") != 0;
        config.skipEveryBlock = reader.one("skip_every_block") != 0;
        config.output =
            reader.one("predicts_epsilon") != 0 ? NetworkOutput::Epsilon : NetworkOutput::Sharp;
        return config;
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

} // namespace limpid::networks
