// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/initialize_for_training.h"

#include <torch/utils.h>

namespace limpid::networks {

namespace {

template<class Layer>
void zero(Layer& layer)
{
    for (auto& parameter : layer->parameters())
        parameter.zero_();
}

void zeroResidualBranches(torch::nn::Module& network)
{
    for (const auto& module : network.modules()) {
        if (auto* const block = module->as<nn::ResidualBlockImpl>())
            zero(block->lastLayer());
        if (auto* const transformer = module->as<nn::SpatialTransformerImpl>())
            zero(transformer->lastLayer());
    }
}

} // namespace

void zeroOutputLayers(Unet& unet)
{
    const torch::NoGradGuard noGradients;
    zeroResidualBranches(*unet);
    zero(unet->lastLayer());
}

void zeroOutputLayers(AutoencoderKl& autoencoder)
{
    const torch::NoGradGuard noGradients;
    if (!autoencoder->skips)
        return;
    zero(autoencoder->skips);
    zero(autoencoder->decoder->out);
}

void copyEncoder(Unet& unet, ControlNet& controlnet)
{
    const torch::NoGradGuard noGradients;
    const auto source = unet->named_parameters();
    for (auto& item : controlnet->named_parameters()) {
        const auto* const found = source.find(item.key());
        auto target = item.value();
        if (found == nullptr) {
            const bool output =
                item.key().starts_with("zero_convs") || item.key().starts_with("middle_block_out");
            TORCH_CHECK(output, "want ", item.key(), " in the U-Net, too");
            target.zero_();
            continue;
        }
        if (target.sizes() == found->sizes()) {
            target.copy_(*found);
            continue;
        }
        target.zero_(); // the stem, which also sees the hint
        target.narrow(1, 0, found->size(1)).copy_(*found);
    }
}

void initializeForTraining(DeblurDiffModel& model)
{
    zeroOutputLayers(model->unet);
    zeroOutputLayers(model->kpn->unet);
    zeroOutputLayers(model->vae);
    const torch::NoGradGuard noGradients;
    if (model->config().form == LatentForm::Published)
        copyEncoder(model->unet, model->controlnet);
    else
        zeroResidualBranches(*model->controlnet);
}

} // namespace limpid::networks
