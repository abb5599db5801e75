// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_config.h"

#include "core/base/result.h"

namespace limpid::parity {

namespace {

using networks::AutoencoderConfig;
using networks::DeblurDiffConfig;
using networks::TextEncoderConfig;
using networks::UnetConfig;

void require(bool holds, const std::string& what)
{
    if (!holds)
        throw Failure({ErrorCode::ModelMismatch, "config.json: " + what, {}});
}

UnetConfig readUnet(const nlohmann::json& json)
{
    UnetConfig unet;
    unet.inChannels = json.at("in_channels");
    unet.outChannels = json.value("out_channels", unet.inChannels);
    unet.modelChannels = json.at("model_channels");
    unet.channelMultipliers = json.at("channel_mult").get<std::vector<std::int64_t>>();
    unet.attentionFactors = json.at("attention_resolutions").get<std::vector<std::int64_t>>();
    unet.residualBlocks = json.at("num_res_blocks");
    unet.headChannels = json.at("num_head_channels");
    unet.contextChannels = json.at("context_dim");
    require(json.value("transformer_depth", 1) == 1, "transformers of another depth than 1");
    require(json.value("use_linear_in_transformer", true), "transformers without linear layers");
    return unet;
}

AutoencoderConfig readAutoencoder(const nlohmann::json& json)
{
    const auto& sizes = json.at("ddconfig");
    AutoencoderConfig autoencoder;
    autoencoder.inChannels = sizes.at("in_channels");
    autoencoder.outChannels = sizes.at("out_ch");
    autoencoder.channels = sizes.at("ch");
    autoencoder.multipliers = sizes.at("ch_mult").get<std::vector<std::int64_t>>();
    autoencoder.residualBlocks = sizes.at("num_res_blocks");
    autoencoder.zChannels = sizes.at("z_channels");
    autoencoder.embedChannels = json.at("embed_dim");
    require(sizes.value("attn_resolutions", nlohmann::json::array()).empty(),
            "attention in the autoencoder's levels");
    require(sizes.value("double_z", true), "an autoencoder without variance");
    return autoencoder;
}

TextEncoderConfig readText(const nlohmann::json& json)
{
    const auto& sizes = json.at("text_cfg");
    TextEncoderConfig text;
    text.vocabulary = sizes.at("vocab_size");
    text.contextLength = sizes.at("context_length");
    text.width = sizes.at("width");
    text.heads = sizes.at("heads");
    text.layers = sizes.at("layers");
    text.projection = json.at("embed_dim");
    require(json.value("layer", "penultimate") == "penultimate",
            "another text layer than the penultimate");
    return text;
}

} // namespace

DeblurDiffConfig configFromJson(const nlohmann::json& json)
{
    const auto& parts = json.at("config");
    DeblurDiffConfig config;
    config.unet = readUnet(parts.at("unet_cfg"));
    config.kernel = readUnet(parts.at("kpn_unet_cfg"));
    config.control = readUnet(json.at("controlnet_cfg"));
    config.control.windowFollowsLevel = false;
    config.hintChannels =
        json.at("controlnet_cfg").value("hint_channels", config.kernel.inChannels);
    config.autoencoder = readAutoencoder(parts.at("vae_cfg"));
    config.text = readText(parts.at("clip_cfg"));
    config.latentScale = parts.at("latent_scale_factor");
    config.kernelSize = json.value("eac_kernel_size", config.kernelSize);
    config.firstBeta = parts.at("diffusion").at("linear_start");
    config.lastBeta = parts.at("diffusion").at("linear_end");
    config.timesteps = parts.at("diffusion").at("timesteps");
    return config;
}

} // namespace limpid::parity
