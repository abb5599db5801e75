// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/deblurdiff_metadata.h"

#include "core/networks/metadata_reader.h"

#include <algorithm>

namespace limpid::networks {

namespace {

constexpr const char* architecture = "deblurdiff";
constexpr std::int64_t mostLevels = 6;
constexpr std::int64_t widest = 4096; // channels of one map; the published ones have 1280
constexpr std::int64_t largestAlignment = 64;

std::string flag(bool value)
{
    return value ? "1" : "0";
}

std::string formName(LatentForm form)
{
    return form == LatentForm::Compact ? "compact" : "published";
}

std::string normName(nn::NormKind kind)
{
    return flag(kind == nn::NormKind::ChannelPerPixel);
}

void write(Metadata& metadata, const std::string& prefix, const UnetConfig& unet)
{
    metadata[prefix + "in_channels"] = std::to_string(unet.inChannels);
    metadata[prefix + "out_channels"] = std::to_string(unet.outChannels);
    metadata[prefix + "model_channels"] = std::to_string(unet.modelChannels);
    metadata[prefix + "channel_multipliers"] = joinedValues(unet.channelMultipliers);
    metadata[prefix + "attention_factors"] = joinedValues(unet.attentionFactors);
    metadata[prefix + "residual_blocks"] = std::to_string(unet.residualBlocks);
    metadata[prefix + "head_channels"] = std::to_string(unet.headChannels);
    metadata[prefix + "context_channels"] = std::to_string(unet.contextChannels);
    metadata[prefix + "window_side"] = std::to_string(unet.windowSide);
    metadata[prefix + "window_follows_level"] = flag(unet.windowFollowsLevel);
    metadata[prefix + "middle_attention"] = flag(unet.middleAttention);
    metadata[prefix + "channel_norm"] = normName(unet.norm);
}

void write(Metadata& metadata, const AutoencoderConfig& autoencoder)
{
    metadata["vae.in_channels"] = std::to_string(autoencoder.inChannels);
    metadata["vae.out_channels"] = std::to_string(autoencoder.outChannels);
    metadata["vae.channels"] = std::to_string(autoencoder.channels);
    metadata["vae.multipliers"] = joinedValues(autoencoder.multipliers);
    metadata["vae.residual_blocks"] = std::to_string(autoencoder.residualBlocks);
    metadata["vae.z_channels"] = std::to_string(autoencoder.zChannels);
    metadata["vae.embed_channels"] = std::to_string(autoencoder.embedChannels);
    metadata["vae.middle_attention"] = flag(autoencoder.middleAttention);
    metadata["vae.skips"] = flag(autoencoder.skips);
    metadata["vae.channel_norm"] = normName(autoencoder.norm);
}

void write(Metadata& metadata, const TextEncoderConfig& text)
{
    metadata["clip.vocabulary"] = std::to_string(text.vocabulary);
    metadata["clip.context_length"] = std::to_string(text.contextLength);
    metadata["clip.width"] = std::to_string(text.width);
    metadata["clip.heads"] = std::to_string(text.heads);
    metadata["clip.layers"] = std::to_string(text.layers);
    metadata["clip.projection"] = std::to_string(text.projection);
}

nn::NormKind readNorm(const MetadataReader& reader, const std::string& key)
{
    return reader.flag(key) ? nn::NormKind::ChannelPerPixel : nn::NormKind::GroupSpatial;
}

/// The channels of every level have to suit the norm and the attention heads.
void checkWidths(const MetadataReader& reader, const std::string& prefix, const UnetConfig& unet)
{
    constexpr std::int64_t groups = 32;
    for (const auto multiplier : unet.channelMultipliers) {
        const auto width = unet.modelChannels * multiplier;
        reader.require(width <= widest, prefix + "channel_multipliers", "make a level too wide");
        reader.require(unet.norm != nn::NormKind::GroupSpatial || width % groups == 0,
                       prefix + "model_channels", "cannot be normalized in 32 groups");
        const bool attends = unet.middleAttention || !unet.attentionFactors.empty();
        reader.require(!attends || width % unet.headChannels == 0, prefix + "head_channels",
                       "do not divide every level's channels");
    }
}

UnetConfig readUnet(const MetadataReader& reader, const std::string& prefix)
{
    UnetConfig unet;
    unet.inChannels = reader.number(prefix + "in_channels", {1, 256});
    unet.outChannels = reader.number(prefix + "out_channels", {1, widest});
    unet.modelChannels = reader.number(prefix + "model_channels", {1, 1024});
    unet.channelMultipliers = reader.list(prefix + "channel_multipliers", {1, 16, 1, mostLevels});
    unet.attentionFactors =
        reader.list(prefix + "attention_factors", {1, 1 << mostLevels, 0, mostLevels});
    unet.residualBlocks = reader.number(prefix + "residual_blocks", {1, 8});
    unet.headChannels = reader.number(prefix + "head_channels", {1, 1024});
    unet.contextChannels = reader.number(prefix + "context_channels", {0, widest});
    unet.windowSide = reader.number(prefix + "window_side", {1, 1024});
    unet.windowFollowsLevel = reader.flag(prefix + "window_follows_level");
    unet.middleAttention = reader.flag(prefix + "middle_attention");
    unet.norm = readNorm(reader, prefix + "channel_norm");
    checkWidths(reader, prefix, unet);
    return unet;
}

AutoencoderConfig readAutoencoder(const MetadataReader& reader)
{
    AutoencoderConfig autoencoder;
    autoencoder.inChannels = reader.number("vae.in_channels", {1, 4});
    autoencoder.outChannels = reader.number("vae.out_channels", {1, 4});
    autoencoder.channels = reader.number("vae.channels", {1, 512});
    autoencoder.multipliers = reader.list("vae.multipliers", {1, 16, 1, mostLevels});
    autoencoder.residualBlocks = reader.number("vae.residual_blocks", {1, 8});
    autoencoder.zChannels = reader.number("vae.z_channels", {1, 64});
    autoencoder.embedChannels = reader.number("vae.embed_channels", {1, 64});
    autoencoder.middleAttention = reader.flag("vae.middle_attention");
    autoencoder.skips = reader.flag("vae.skips");
    autoencoder.norm = readNorm(reader, "vae.channel_norm");
    const bool grouped = autoencoder.norm == nn::NormKind::GroupSpatial;
    reader.require(!grouped || autoencoder.channels % 32 == 0, "vae.channels",
                   "cannot be normalized in 32 groups");
    return autoencoder;
}

TextEncoderConfig readText(const MetadataReader& reader)
{
    TextEncoderConfig text;
    text.vocabulary = reader.number("clip.vocabulary", {514, 65536});
    text.contextLength = reader.number("clip.context_length", {2, 77});
    text.width = reader.number("clip.width", {1, widest});
    text.heads = reader.number("clip.heads", {1, 64});
    text.layers = reader.number("clip.layers", {1, 64});
    text.projection = reader.number("clip.projection", {1, widest});
    reader.require(text.width % text.heads == 0, "clip.heads", "do not divide the width");
    return text;
}

/// What the compact form takes for granted.
void checkCompact(const MetadataReader& reader, const DeblurDiffConfig& config)
{
    reader.require(!config.text, "has_text", "is not for the compact form");
    reader.require(config.autoencoder.skips, "vae.skips", "are missing in the compact form");
}

/// The sides of a tile are multiples of 64, so what its levels divide them by has to divide that.
void checkAlignment(const MetadataReader& reader, const DeblurDiffConfig& config)
{
    const auto levels =
        std::max(config.unet.channelMultipliers.size(), config.kernel.channelMultipliers.size());
    reader.require(config.autoencoder.factor() << (levels - 1) <= largestAlignment,
                   "unet.channel_multipliers",
                   "and those of kpn. and vae. describe an impossible network: too many levels");
}

/// What the networks have to agree on.
void checkTogether(const MetadataReader& reader, const DeblurDiffConfig& config)
{
    const auto latent = config.autoencoder.embedChannels;
    const auto kernels = latent * config.kernelSize * config.kernelSize *
                         static_cast<std::int64_t>(config.kernelDilations.size());
    const auto& unet = config.unet;
    const auto& control = config.control;
    reader.require(unet.inChannels == latent && unet.outChannels == latent, "unet.in_channels",
                   "and out_channels are not the latent's");
    reader.require(config.kernel.inChannels == 2 * latent, "kpn.in_channels", "is not two latents");
    reader.require(config.kernel.outChannels == kernels, "kpn.out_channels", "is not the kernels'");
    reader.require(config.hintChannels == 2 * latent, "hint_channels", "is not two latents");
    reader.require(control.inChannels == latent && control.modelChannels == unet.modelChannels &&
                       control.channelMultipliers == unet.channelMultipliers &&
                       control.residualBlocks == unet.residualBlocks,
                   "controlnet.model_channels", "and levels are not the U-Net's");
    reader.require(config.lastBeta > config.firstBeta, "last_beta", "is not above first_beta");
    const auto words = config.text ? config.text->width : 0;
    for (const auto& [key, network] :
         {std::pair{"unet.", &unet}, {"kpn.", &config.kernel}, {"controlnet.", &control}})
        reader.require(network->contextChannels == words, std::string(key) + "context_channels",
                       "is not the text encoder's width");
}

DeblurDiffConfig readConfig(const MetadataReader& reader)
{
    DeblurDiffConfig config;
    config.form = static_cast<LatentForm>(
        reader.choice("form", {formName(LatentForm::Published), formName(LatentForm::Compact)}));
    config.unet = readUnet(reader, "unet.");
    config.kernel = readUnet(reader, "kpn.");
    config.control = readUnet(reader, "controlnet.");
    config.hintChannels = reader.number("hint_channels", {1, 256});
    config.autoencoder = readAutoencoder(reader);
    if (reader.flag("has_text"))
        config.text = readText(reader);
    config.latentScale = reader.real("latent_scale", 1e-6, 1e6);
    config.kernelSize = reader.number("kernel_size", {1, 15});
    config.kernelDilations = reader.list("kernel_dilations", {1, 8, 1, 4});
    config.firstBeta = reader.real("first_beta", 1e-9, 0.5);
    config.lastBeta = reader.real("last_beta", 1e-9, 0.999);
    config.timesteps = reader.number("timesteps", {2, 10000});
    reader.require(config.kernelSize % 2 == 1, "kernel_size", "is even");
    checkTogether(reader, config);
    checkAlignment(reader, config);
    if (config.form == LatentForm::Compact)
        checkCompact(reader, config);
    return config;
}

} // namespace

std::map<std::string, std::string> toMetadata(const DeblurDiffConfig& config)
{
    Metadata metadata{
        {"architecture", architecture},
        {"form", formName(config.form)},
        {"hint_channels", std::to_string(config.hintChannels)},
        {"has_text", flag(config.text.has_value())},
        {"latent_scale", realText(config.latentScale)},
        {"kernel_size", std::to_string(config.kernelSize)},
        {"kernel_dilations", joinedValues(config.kernelDilations)},
        {"first_beta", realText(config.firstBeta)},
        {"last_beta", realText(config.lastBeta)},
        {"timesteps", std::to_string(config.timesteps)},
    };
    write(metadata, "unet.", config.unet);
    write(metadata, "kpn.", config.kernel);
    write(metadata, "controlnet.", config.control);
    write(metadata, config.autoencoder);
    if (config.text)
        write(metadata, *config.text);
    return metadata;
}

Result<DeblurDiffConfig> deblurDiffConfigFromMetadata(const Metadata& metadata)
{
    const auto named = metadata.find("architecture");
    if (named == metadata.end() && !metadata.contains("unet.model_channels"))
        return publishedConfig();
    if (named != metadata.end() && named->second != architecture)
        return fail(ErrorCode::ModelMismatch,
                    "the weights are of '" + named->second + "', not of '" + architecture + "'");
    try {
        return readConfig(MetadataReader(metadata));
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

} // namespace limpid::networks
