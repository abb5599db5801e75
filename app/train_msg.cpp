// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_options.h"
#include "app/train_session.h"
#include "core/networks/load_weights.h"
#include "core/training/trainer.h"

#include <memory>

namespace limpid::app {

namespace {

int train(const training::TrainOptions& options)
{
    const auto makeTrainer =
        [&options](training::PhotoCache photos) -> Result<std::unique_ptr<training::Learner>> {
        auto trainer = std::make_unique<training::Trainer>(options, std::move(photos));
        if (!options.from.empty())
            if (const auto begun = trainer->beginFrom(options.from); !begun)
                return tl::unexpected(begun.error());
        return trainer;
    };
    return runSession(options, options, makeTrainer);
}

/// The averaged weights of a training state as a self-describing fp16 file.
int exportWeights(const training::TrainOptions& options, const std::filesystem::path& target)
{
    networks::MsgModel average(options.network);
    training::Optimization::Extras extras{{"steps", {}}};
    if (const auto loaded = training::loadAverage(*average, options.out / "state.pt", extras);
        !loaded)
        return complain(loaded.error());
    auto metadata = networks::toMetadata(options.network);
    metadata["training_steps"] = std::to_string(extras["steps"].item<std::int64_t>());
    return exitCodeOf(networks::saveWeights(*average, target, checkpoint::DType::F16, metadata));
}

void addSize(CLI::App& command, training::TrainOptions& options)
{
    command
        .add_option_function<std::string>(
            "--size",
            [&options](const std::string& size) {
                options.network = networks::compactConfig(size);
            },
            "xs (default), s or m")
        ->check(CLI::IsMember({"xs", "s", "m"}));
}

void addTraining(CLI::App& app, int& exitCode)
{
    const auto options = std::make_shared<training::TrainOptions>();
    auto* const command = app.add_subcommand("msg", "Train MSG");
    addSize(*command, *options);
    addSession(*command, *options);
    addLearning(*command, *options);
    command->add_option("--from", options->from, "Exported weights to begin with");
    addDiffusion(*command, *options);
    command->callback([options, &exitCode] { exitCode = train(*options); });
}

void addExport(CLI::App& app, int& exitCode)
{
    const auto options = std::make_shared<training::TrainOptions>();
    const auto target = std::make_shared<std::filesystem::path>();
    auto* const command = app.add_subcommand("export", "Write MSG's averaged weights as fp16");
    addSize(*command, *options);
    command->add_option("--out", options->out, "Folder of the state")->required();
    command->add_option("target", *target, "Weights, .safetensors")->required();
    command->callback(
        [options, target, &exitCode] { exitCode = exportWeights(*options, *target); });
}

} // namespace

void addMsgCommands(CLI::App& app, int& exitCode)
{
    addTraining(app, exitCode);
    addExport(app, exitCode);
}

} // namespace limpid::app
