// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/deblurdiff_start.h"

#include "core/networks/deblurdiff_metadata.h"
#include "core/networks/gate_file.h"
#include "core/networks/initialize_for_training.h"
#include "core/networks/load_weights.h"
#include "core/training/autoencoder_trainer.h"
#include "core/training/optimization.h"

#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr const char* stateName = "state.pt";

networks::DeblurDiffModel untrained(const networks::DeblurDiffConfig& config, std::uint64_t seed)
{
    torch::manual_seed(seed);
    networks::DeblurDiffModel model(config);
    networks::initializeForTraining(model);
    return model;
}

/// All networks of a weight file, or the autoencoder alone.
Result<networks::DeblurDiffModel> fromWeights(const std::filesystem::path& path,
                                              bool autoencoderOnly, std::uint64_t seed)
{
    const auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    const auto config = networks::deblurDiffConfigFromMetadata(file->index().metadata);
    if (!config)
        return tl::unexpected(config.error());
    if (config->form != networks::LatentForm::Compact)
        return fail(ErrorCode::ModelMismatch, "is not of the compact form", path);
    auto model = untrained(*config, seed);
    const Result<void> loaded =
        autoencoderOnly
            ? networks::loadWeights(*model->vae, *file, {}, {.prefix = "vae."}).map([](auto&&) {})
            : networks::loadBesideGate(*model, *file, {});
    if (!loaded)
        return tl::unexpected(loaded.error());
    return model;
}

Result<networks::DeblurDiffModel> fromAutoencoderRun(const DeblurDiffOptions& options,
                                                     const networks::DeblurDiffConfig& sizes,
                                                     const PhotoCache& photos)
{
    auto model = untrained(sizes, options.seed);
    Optimization::Extras none;
    if (const auto loaded = loadAverage(*model->vae, options.autoencoder / stateName, none);
        !loaded)
        return tl::unexpected(loaded.error());
    model->setLatentScale(measureLatentScale(model->vae, photos));
    return model;
}

} // namespace

Result<networks::DeblurDiffModel> startingModel(const DeblurDiffOptions& options,
                                                const networks::DeblurDiffConfig& sizes,
                                                const PhotoCache& photos)
{
    if (!options.from.empty())
        return fromWeights(options.from, /*autoencoderOnly=*/false, options.seed);
    if (options.autoencoder.empty())
        return untrained(sizes, options.seed);
    if (is_directory(options.autoencoder))
        return fromAutoencoderRun(options, sizes, photos);
    return fromWeights(options.autoencoder, /*autoencoderOnly=*/true, options.seed);
}

Result<TrainedModel> trainedModel(const std::filesystem::path& run,
                                  const networks::DeblurDiffConfig& sizes)
{
    TrainedModel trained{.model = networks::DeblurDiffModel(sizes)};
    Optimization::Extras extras{{latentScaleKey, {}}, {"steps", {}}};
    if (const auto loaded = loadAverage(*trained.model, run / stateName, extras); !loaded)
        return tl::unexpected(loaded.error());
    if (!extras[latentScaleKey].defined())
        return fail(ErrorCode::DamagedFile, "is not a state of DeblurDiff", run / stateName);
    trained.model->setLatentScale(extras[latentScaleKey].item<double>());
    trained.steps = extras["steps"].item<std::int64_t>();
    return trained;
}

Result<void> exportModel(const TrainedModel& trained, const std::filesystem::path& target)
{
    auto metadata = networks::toMetadata(trained.model->config());
    metadata["training_steps"] = std::to_string(trained.steps);
    return networks::saveWeights(*trained.model, target, checkpoint::DType::F16, metadata);
}

} // namespace limpid::training
