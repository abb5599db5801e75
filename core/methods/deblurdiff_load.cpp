// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/canvas.h"
#include "core/methods/deblurdiff.h"
#include "core/methods/deblurdiff_form.h"
#include "core/methods/deblurdiff_networks.h"

#include "core/networks/deblurdiff_metadata.h"
#include "core/networks/gate_file.h"

namespace limpid::methods {

Result<std::unique_ptr<RestorationMethod>> DeblurDiff::load(const checkpoint::SafetensorsFile& file,
                                                            const CancelToken& /*token*/)
{
    auto config = networks::deblurDiffConfigFromMetadata(file.index().metadata);
    if (!config)
        return tl::unexpected(config.error());
    const auto sketch = networks::makeUninitialized<networks::DeblurDiffModel>(
        torch::device(torch::kMeta), *config);
    if (auto fits = networks::requireExact(
            networks::compareWeights(*sketch, networks::withoutGate(file.index())));
        !fits)
        return tl::unexpected(fits.error());
    return std::make_unique<DeblurDiff>(
        std::make_shared<DeblurDiffNetworks>(file, std::move(*config)));
}

engine::MethodSpec DeblurDiff::spec()
{
    using Kind = engine::ParameterSpec::Kind;
    return {
        .id = "deblurdiff",
        .minSteps = 1,
        .maxSteps = 200,
        .defaultSteps = 1, // what the evaluation of the shipped weights prefers
        .parameters =
            {{.id = "start", .minimum = 0.1, .step = 0.05, .defaultValue = 0.7, .advanced = true},
             {.id = "control", .maximum = 2, .step = 0.05, .defaultValue = 1},
             {.id = "low_frequencies", .kind = Kind::Toggle, .step = 1, .defaultValue = 1},
             {.id = "protect_sharp", .kind = Kind::Toggle, .step = 1, .defaultValue = 1},
             {.id = "sampler",
              .kind = Kind::Choice,
              .maximum = 4,
              .step = 1,
              .choices = {"ddpm", "ddim", "dpmpp_2m", "dpmpp_2m_sde", "unipc"},
              .advanced = true},
             {.id = "noise", .step = 0.05, .defaultValue = 0.5, .advanced = true, .fromSteps = 2},
             {.id = "text_guidance",
              .minimum = 1,
              .maximum = 10,
              .step = 0.1,
              .defaultValue = 1,
              .advanced = true},
             {.id = "restoration_guidance", .step = 0.01, .advanced = true},
             {.id = "guidance_loss",
              .kind = Kind::Choice,
              .step = 1,
              .defaultValue = 1,
              .choices = {"mse", "weighted_mse"},
              .advanced = true},
             {.id = "guidance_space",
              .kind = Kind::Choice,
              .step = 1,
              .choices = {"latent", "rgb"},
              .advanced = true},
             {.id = "guidance_repeat",
              .kind = Kind::Integer,
              .minimum = 1,
              .maximum = 5,
              .step = 1,
              .defaultValue = 1,
              .advanced = true},
             {.id = "result",
              .kind = Kind::Choice,
              .step = 1,
              .choices = {"answer", "kernel_latent"},
              .advanced = true},
             {.id = "reference", .kind = Kind::Toggle, .step = 1, .advanced = true}},
        .frames = {engine::FrameKind::Predicted, engine::FrameKind::Kernel},
        .context = {.marginPixels = deblurDiffContext, .multipleOf = CanvasRule{}.alignment},
    };
}

} // namespace limpid::methods
