// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_options.h"
#include "app/train_session.h"
#include "core/networks/load_weights.h"
#include "core/training/session_photos.h"
#include "core/training/trainer.h"

#include <array>
#include <memory>
#include <string>

namespace limpid::app {

namespace {

constexpr std::array sizes{"xs", "s", "m"};

/// Why weights to begin with do not fit, with the remedy if only their size is another.
Error misfit(const Error& error, const training::TrainOptions& options)
{
    auto told = about(error, options.from);
    const auto file = checkpoint::SafetensorsFile::open(options.from);
    if (error.code != ErrorCode::ModelMismatch || !file)
        return told;
    const auto& metadata = file->index().metadata;
    if (const auto kind = metadata.find("architecture");
        kind != metadata.end() && kind->second != "msg") {
        told.detail = "the weights are of '" + kind->second + "', not of 'msg'";
        return told;
    }
    const auto config = networks::configFromMetadata(metadata);
    if (!config || networks::toMetadata(*config) == networks::toMetadata(options.network))
        return told;
    std::string remedy = "see --size";
    for (const std::string size : sizes)
        if (networks::toMetadata(*config) == networks::toMetadata(networks::compactConfig(size)))
            remedy = "go on with --size " + size;
    told.detail = "the weights are of another size of the network (" + remedy + "): " + told.detail;
    return told;
}

int train(const training::TrainOptions& options)
{
    const auto makeTrainer =
        [&options](training::PhotoCache photos) -> Result<std::unique_ptr<training::Learner>> {
        if (const auto room = training::requireRoom(photos, options.crop, "--crop", options.photos);
            !room)
            return tl::unexpected(room.error());
        auto trainer = std::make_unique<training::Trainer>(options, std::move(photos));
        if (!options.from.empty())
            if (const auto begun = trainer->beginFrom(options.from); !begun)
                return tl::unexpected(misfit(begun.error(), options));
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
        ->check(CLI::IsMember(std::vector<std::string>(sizes.begin(), sizes.end())));
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
