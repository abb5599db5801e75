// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_regression.h"

#include "core/diffusion/random.h"
#include "core/methods/deblurdiff_form.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/latent_codec.h"

#include <torch/utils.h>

namespace limpid::methods {

torch::Tensor regressedBy(DeblurDiffNetworks& networks, const torch::Tensor& blurred,
                          DeblurDiffAnswer answer, const RunSettings& settings)
{
    const torch::NoGradGuard noGrad;
    const auto& config = networks.config();
    const DeblurDiffForm& form = formOf(config);
    LatentCodec codec(networks.autoencoder({}), settings.device, settings.tilePixels);
    auto condition = form.condition(networks, {}, {});
    condition.blurred = codec.encode(form.shownToNetworks(blurred), {});
    const auto clean = codec.encode(blurred, {});
    const Rect cells = wholeOf(sizeOf(clean));
    const auto level = form.telling(config);
    const auto noise =
        diffusion::positionNoise({.seed = 7}, cells, static_cast<int>(clean.size(1)));
    const auto prediction = form.denoiser(networks, condition, {})
                                ->predictTile(diffusion::noised(clean, noise, level), level, cells);
    const bool kernels = answer == DeblurDiffAnswer::Kernel;
    return codec.decode(kernels ? prediction.kernel : prediction.clean, blurred, {});
}

} // namespace limpid::methods
