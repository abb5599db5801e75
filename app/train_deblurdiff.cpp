// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/number_validators.h"
#include "app/train_commands.h"
#include "app/train_options.h"
#include "app/train_session.h"
#include "core/training/autoencoder_trainer.h"
#include "core/training/deblurdiff_start.h"
#include "core/training/deblurdiff_trainer.h"
#include "core/training/session_photos.h"

#include <memory>

namespace limpid::app {

namespace {

using MadeLearner = Result<std::unique_ptr<training::Learner>>;

int trainAutoencoder(const training::AutoencoderOptions& options)
{
    const auto makeTrainer = [&options](training::PhotoCache photos) -> MadeLearner {
        if (const auto room = training::requireRoom(photos, options.crop, "--crop", options.photos);
            !room)
            return tl::unexpected(room.error());
        return std::make_unique<training::AutoencoderTrainer>(options, std::move(photos));
    };
    return runSession(options, options, makeTrainer);
}

int trainDeblurDiff(const training::DeblurDiffOptions& options)
{
    const auto makeTrainer = [&options](training::PhotoCache photos) -> MadeLearner {
        if (const auto room = training::requireRoom(photos, options.crop, "--crop", options.photos);
            !room)
            return tl::unexpected(room.error());
        auto model = training::startingModel(options, networks::compactDeblurDiffConfig(), photos);
        if (!model)
            return tl::unexpected(
                about(model.error(), options.from.empty() ? options.autoencoder : options.from));
        return std::make_unique<training::DeblurDiffTrainer>(options, std::move(*model),
                                                             std::move(photos));
    };
    return runSession(options, options, makeTrainer);
}

/// The averaged weights of a training state as a self-describing fp16 file.
int exportDeblurDiff(const std::filesystem::path& run, const std::filesystem::path& target)
{
    const auto trained = training::trainedModel(run, networks::compactDeblurDiffConfig());
    if (!trained)
        return complain(trained.error());
    return exitCodeOf(training::exportModel(*trained, target));
}

void addAutoencoder(CLI::App& app, int& exitCode)
{
    const auto options = std::make_shared<training::AutoencoderOptions>();
    auto* const command = app.add_subcommand("autoencoder", "Train DeblurDiff's autoencoder");
    addSession(*command, *options);
    addLearning(*command, *options);
    command->callback([options, &exitCode] { exitCode = trainAutoencoder(*options); });
}

void addDeblurDiff(CLI::App& app, int& exitCode)
{
    const auto options = std::make_shared<training::DeblurDiffOptions>();
    auto* const command = app.add_subcommand("deblurdiff", "Train the compact DeblurDiff");
    addSession(*command, *options);
    addLearning(*command, *options);
    auto* const start = command->add_option_group("start");
    start->add_option("--autoencoder", options->autoencoder, "Its run's folder, or weights");
    start->add_option("--from", options->from, "Weights of all networks to begin with");
    start->require_option(1);
    command->add_option("--prior-steps", options->priorSteps, "Of the U-Net alone")
        ->check(wholeNumber(0))
        ->capture_default_str();
    addDiffusion(*command, *options);
    command->add_option("--decoder-from", options->decoderFrom, "First step of the decoder")
        ->check(wholeNumber(0))
        ->capture_default_str();
    command->add_option("--decoded-share", options->decodedShare, "Of a batch, for pixel losses")
        ->check(share())
        ->capture_default_str();
    command->add_flag("--kernels-alone", options->kernelsAlone,
                      "Only the kernel prediction learns, by its latent and image alone; "
                      "options for the other networks do nothing");
    command->callback([options, &exitCode] { exitCode = trainDeblurDiff(*options); });
}

void addExport(CLI::App& app, int& exitCode)
{
    const auto run = std::make_shared<std::filesystem::path>();
    const auto target = std::make_shared<std::filesystem::path>();
    auto* const command =
        app.add_subcommand("export-deblurdiff", "Write DeblurDiff's averaged weights as fp16");
    command->add_option("--out", *run, "Folder of the state")->required();
    command->add_option("target", *target, "Weights, .safetensors")->required();
    command->callback([run, target, &exitCode] { exitCode = exportDeblurDiff(*run, *target); });
}

} // namespace

void addDeblurDiffCommands(CLI::App& app, int& exitCode)
{
    addAutoencoder(app, exitCode);
    addDeblurDiff(app, exitCode);
    addExport(app, exitCode);
}

} // namespace limpid::app
