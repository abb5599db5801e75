// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/msg_denoiser.h"

#include "core/methods/color_fix.h"
#include "core/methods/finite.h"
#include "core/methods/halo_tiles.h"
#include "core/nn/autocast.h"

#include <cmath>
#include <torch/utils.h>

namespace limpid::methods {

namespace {

bool predictsNoise(const networks::IcdpmUnetConfig& config)
{
    return config.output == networks::NetworkOutput::Epsilon;
}

/// Copies the core of one tile's answer into the picture, which is made on first use.
void place(torch::Tensor& picture, const torch::Tensor& answer, const HaloTile& tile, Size size,
           std::int64_t scale)
{
    if (!picture.defined())
        picture = torch::empty({1, answer.size(1), size.height / scale, size.width / scale},
                               answer.options().device(torch::kCPU));
    narrowed(picture, tile.core, scale).copy_(narrowed(answer, tile.coreInOuter(), scale));
}

} // namespace

Structure findStructure(networks::MsgModel& model, const torch::Tensor& blurred,
                        const RunSettings& settings, const CancelToken& token)
{
    const torch::NoGradGuard noGrad;
    const auto& scales = model->unet->config().guidanceScales;
    const int halo = static_cast<int>(model->guidance->reachPixels());
    Structure structure;
    structure.features.resize(scales.size());
    structure.grayScale = scales.front();
    for (const HaloTile& tile : haloTiles(sizeOf(blurred), settings.tilePixels, halo)) {
        token.throwIfRequested();
        const auto part = narrowed(blurred, tile.outer).to(settings.device);
        const nn::Bf16Autocast autocast(settings.device.type(), settings.bf16);
        const auto answers = model->guidance(part);
        for (std::size_t i = 0; i < scales.size(); ++i)
            place(structure.features[i], answers[i].features, tile, sizeOf(blurred), scales[i]);
        place(structure.gray, answers.front().gray.to(torch::kFloat32), tile, sizeOf(blurred),
              structure.grayScale);
    }
    return structure;
}

MsgTileDenoiser::MsgTileDenoiser(networks::MsgModel& model, const torch::Tensor& blurred,
                                 const Structure& structure, const RunSettings& settings)
    : model_(model), blurred_(blurred), structure_(structure), device_(settings.device),
      bf16_(settings.bf16)
{}

torch::Tensor MsgTileDenoiser::answer(const torch::Tensor& xt, const diffusion::NoiseLevel& level,
                                      const Rect& tile)
{
    const auto& config = model_->unet->config();
    std::vector<torch::Tensor> guidance;
    for (std::size_t i = 0; i < structure_.features.size(); ++i)
        guidance.push_back(
            narrowed(structure_.features[i], tile, config.guidanceScales[i]).to(device_));
    const auto noisy = (predictsNoise(config) ? xt : xt * level.alpha).to(device_);
    const auto levels = torch::full({1}, predictsNoise(config) ? level.alpha : level.logSnr(),
                                    torch::TensorOptions(torch::kFloat32).device(device_));
    const nn::Bf16Autocast autocast(device_.type(), bf16_);
    return model_->unet(noisy, narrowed(blurred_, tile).to(device_), levels, guidance)
        .to(torch::kCPU, torch::kFloat32);
}

diffusion::Prediction MsgTileDenoiser::predictTile(const torch::Tensor& xt,
                                                   const diffusion::NoiseLevel& level,
                                                   const Rect& tile)
{
    const torch::NoGradGuard noGrad;
    const auto output = answer(xt, level, tile);
    const auto clean = predictsNoise(model_->unet->config())
                           ? diffusion::cleanFromNoise(xt, output, level)
                           : output;
    return {.clean = finiteOnCpu(clean, "the U-Net"), .kernel = {}};
}

AnchoredDenoiser::AnchoredDenoiser(diffusion::Denoiser& inner, const torch::Tensor& blurred,
                                   bool lowBand, const torch::Device& device,
                                   const CancelToken& token)
    : inner_(inner), blurred_(blurred), lowBand_(lowBand), device_(device), token_(token)
{}

diffusion::Prediction AnchoredDenoiser::predict(const torch::Tensor& xt,
                                                const diffusion::NoiseLevel& level)
{
    auto prediction = inner_.predict(xt, level);
    if (lowBand_)
        prediction.clean = matchLowBand(prediction.clean, blurred_, device_, token_);
    // In place: at 24 megapixels every copy of the picture is 288 MB.
    torch::max_out(prediction.clean, prediction.clean, blurred_.clamp_max(-1.0));
    torch::min_out(prediction.clean, prediction.clean, blurred_.clamp_min(1.0));
    return prediction;
}

} // namespace limpid::methods
