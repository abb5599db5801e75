// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/number_validators.h"
#include "app/train_commands.h"
#include "app/train_options.h"
#include "core/networks/gate_file.h"
#include "core/training/gate_session.h"

#include <iostream>
#include <limits>
#include <memory>
#include <torch/utils.h>

namespace limpid::app {

namespace {

constexpr std::int64_t mostChannels = 256; // of a gate that a file may carry
constexpr std::int64_t mostBlocks = 16;    // likewise
constexpr double mostDecibels = 200.0;

struct GateCommand {
    training::GateSessionOptions session;
    int threads = 1;
};

void addInputs(CLI::App& command, training::GateSessionOptions& session)
{
    command.add_option("--model", session.model, "Weights, .safetensors")->required();
    addPhotoPaths(command, session.photos, session.validation);
    command.add_option("--out", session.out, "Folder of the lessons and the model with its gate")
        ->required();
    command.add_option("--model-steps", session.modelSteps, "Sampling steps of the model, in turn")
        ->check(wholeNumber(1, std::numeric_limits<int>::max()))
        ->capture_default_str();
    command.add_option("--crops", session.lessons.count, "Pictures to learn from")
        ->capture_default_str()
        ->check(wholeNumber(1));
    command
        .add_option("--first-part", session.firstPart,
                    "Of the lessons, 300 crops each, to be drawn: another for each process that "
                    "shares the folder")
        ->capture_default_str()
        ->check(wholeNumber(0));
    command.add_option("--crop", session.lessons.side, "Pixels, a multiple of 16")
        ->check(multipleOf16())
        ->capture_default_str();
    addFromCamera(command, session.lessons.ranges);
    command
        .add_option("--side", session.judgedSide,
                    "Pixels of a validation picture, a multiple of 16; 0: none")
        ->check(multipleOf16(0))
        ->capture_default_str();
    command.add_option("--minutes", session.minutes, "At most so long for the gate itself")
        ->check(notNegative())
        ->capture_default_str();
}

void addTuning(CLI::App& command, training::GateOptions& gate)
{
    command.add_option("--steps", gate.steps, "Length of the cosine")
        ->check(wholeNumber(1))
        ->capture_default_str();
    command.add_option("--floor", gate.floor, "dB that are as good as no error")
        ->check(positive(mostDecibels))
        ->capture_default_str();
    command.add_option("--harm", gate.harm, "Extra weight of what gets worse")
        ->check(notNegative())
        ->capture_default_str();
    command.add_option("--untouched-weight", gate.untouchedWeight)
        ->check(notNegative())
        ->capture_default_str();
    command.add_option("--noisy-weight", gate.noisyWeight)
        ->check(notNegative())
        ->capture_default_str();
    command.add_option("--channels", gate.network.channels)
        ->check(wholeNumber(1, mostChannels))
        ->capture_default_str();
    command.add_option("--blocks", gate.network.blocks)
        ->check(wholeNumber(0, mostBlocks))
        ->capture_default_str();
    command
        .add_option("--scales", gate.network.scales,
                    "Restorations to mix: of a photograph, its half, its quarter")
        ->capture_default_str()
        ->check(wholeNumber(1, 3));
    command.add_flag("--deconvolved,!--not-deconvolved", gate.network.deconvolved,
                     "Mix one more, deconvolved with a kernel found for it; needs two scales");
    command.add_flag("--refined", gate.network.refined,
                     "And one more, a step of the networks from the deconvolved one");
    command.add_flag("--octave-agreement", gate.network.octaveAgreement,
                     "See in each octave how far the restorations agree");
    command.add_option("--seed", gate.seed)->check(wholeNumber(0))->capture_default_str();
}

int run(const GateCommand& command)
{
    if (command.threads > 0)
        torch::set_num_threads(command.threads);
    const auto done = training::runGateSession(command.session, std::cout);
    if (!done && done.error().code == ErrorCode::ModelMismatch)
        return complain(about(done.error(), command.session.model));
    return exitCodeOf(done);
}

struct TakeGateCommand {
    std::filesystem::path model;
    std::filesystem::path gated; ///< Its gate is taken.
    std::filesystem::path target;
};

/// The method of a model by its file; empty: it does not tell.
std::string architectureOf(const checkpoint::SafetensorsFile& model)
{
    const auto& metadata = model.index().metadata;
    const auto named = metadata.find("architecture");
    return named == metadata.end() ? std::string() : named->second;
}

Result<void> takeGate(const TakeGateCommand& command)
{
    const auto model = checkpoint::SafetensorsFile::open(command.model);
    if (!model)
        return tl::unexpected(model.error());
    const auto gated = checkpoint::SafetensorsFile::open(command.gated);
    if (!gated)
        return tl::unexpected(gated.error());
    const auto gate = networks::loadGate(*gated, {});
    if (!gate)
        return tl::unexpected(about(gate.error(), command.gated));
    if (gate->is_empty())
        return fail(ErrorCode::ModelMismatch, "it carries no gate", command.gated);
    const auto wanted = architectureOf(*model);
    const auto taught = architectureOf(*gated);
    if (!wanted.empty() && !taught.empty() && wanted != taught)
        return fail(ErrorCode::ModelMismatch,
                    "its gate was taught beside '" + taught + "', but " + command.model.string() +
                        " holds '" + wanted + "'",
                    command.gated);
    return networks::writeWithGate(*model, *gate, command.target);
}

void addTraining(CLI::App& app, int& exitCode)
{
    auto* const command = app.add_subcommand("gate", "Teach a model when its change does harm");
    const auto options = std::make_shared<GateCommand>();
    addInputs(*command, options->session);
    addTuning(*command, options->session.gate);
    addThreads(*command, options->threads);
    command->callback([options, &exitCode] { exitCode = run(*options); });
}

void addTaking(CLI::App& app, int& exitCode)
{
    auto* const command =
        app.add_subcommand("take-gate", "Give weights that went on the gate of those before");
    const auto options = std::make_shared<TakeGateCommand>();
    command->add_option("--model", options->model, "Weights, .safetensors")->required();
    command->add_option("--from", options->gated, "Weights with a gate")->required();
    command->add_option("target", options->target, "Both, .safetensors")->required();
    command->callback([options, &exitCode] { exitCode = exitCodeOf(takeGate(*options)); });
}

} // namespace

void addGateCommands(CLI::App& app, int& exitCode)
{
    addTraining(app, exitCode);
    addTaking(app, exitCode);
}

} // namespace limpid::app
