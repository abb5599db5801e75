// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_gate.h"
#include "core/networks/load_weights.h"
#include "core/training/blurred_photo.h"
#include "core/training/method_restorer.h"
#include "core/training/train_session.h"
#include "core/training/trainer.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace {

using namespace limpid;

/// Where a model and the photographs to judge it by lie.
struct EvaluateOptions {
    std::filesystem::path model;
    std::filesystem::path photos;
    std::filesystem::path validation;
    std::vector<int> steps{1, 6};
    int side = 256;
};

struct ExportOptions {
    std::filesystem::path target;
};

struct CacheOptions {
    std::filesystem::path photos;
    std::filesystem::path target;
    int longSide = 0;
};

struct ShakeCommand {
    std::filesystem::path source;
    std::filesystem::path target;
    training::ShakeOptions options;
};

int complain(const Error& error)
{
    std::cerr << "limpid-train: " << error.path.string() << ": " << error.detail << " ("
              << name(error.code) << ")\n";
    return 1;
}

template<class T>
int exitCode(const Result<T>& result)
{
    return result ? 0 : complain(result.error());
}

int evaluate(const EvaluateOptions& options)
{
    const auto names = training::readNameList(options.validation);
    if (!names)
        return complain(names.error());
    const auto held = training::PhotoCache::open(options.photos, *names, /*exclude=*/false);
    if (!held)
        return complain(held.error());
    for (const int steps : options.steps) {
        const auto restorer = training::restorerOfModel(options.model, steps);
        if (!restorer)
            return complain(restorer.error());
        std::cout << "\n"
                  << steps << (steps == 1 ? " step\n\n" : " steps\n\n")
                  << training::asMarkdown(training::measure(*held, options.side, *restorer))
                  << std::flush;
    }
    return 0;
}

/// The averaged weights of a training state as a self-describing fp16 file.
int exportWeights(const training::TrainOptions& options, const ExportOptions& target)
{
    const auto names = training::readNameList(options.validation);
    if (!names)
        return complain(names.error());
    auto photos = training::PhotoCache::open(options.photos, *names, /*exclude=*/false);
    if (!photos)
        return complain(photos.error());
    training::Trainer trainer(options, std::move(*photos));
    if (const auto loaded = trainer.load(options.out / "state.pt"); !loaded)
        return complain(loaded.error());
    auto metadata = networks::toMetadata(options.network);
    metadata["training_steps"] = std::to_string(trainer.stepsDone());
    return exitCode(networks::saveWeights(*trainer.averaged(), target.target,
                                          checkpoint::DType::F16, metadata));
}

int cache(const CacheOptions& options)
{
    const auto count = training::writePhotoCache(options.photos, options.target, options.longSide);
    if (count)
        std::cout << *count << " photographs in " << options.target.string() << "\n";
    return exitCode(count);
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
    command.add_option("--photos", options.photos, "Cache of photographs")->required();
    command.add_option("--validation", options.validation, "Names held apart")->required();
    command.add_option("--out", options.out, "Folder of the state and the log")->required();
}

void addTraining(CLI::App& command, training::TrainOptions& options)
{
    addSize(command, options);
    command.add_option("--device", options.device)->capture_default_str();
    command.add_flag("--resume", options.resume, "Go on where the state in --out ends");
    command.add_option("--minutes", options.minutes)->capture_default_str();
    command.add_option("--steps", options.totalSteps, "Length of the cosine")
        ->capture_default_str();
    command.add_option("--warmup", options.warmup)->capture_default_str();
    command.add_option("--batch", options.batch)->capture_default_str();
    command.add_option("--crop", options.crop, "Pixels, a multiple of 16")->capture_default_str();
    command.add_option("--from", options.from, "Exported weights to begin with");
    command.add_flag("--muon,!--adamw", options.muon, "Optimizer of the kernels");
    command.add_option("--kernel-rate", options.kernelRate, "Learning rate of Muon")
        ->capture_default_str();
    command.add_option("--learning-rate", options.learningRate, "Learning rate of AdamW")
        ->capture_default_str();
    command.add_option("--mix-from", options.mixFrom, "First step with noise levels")
        ->capture_default_str();
    command.add_option("--regressor-share", options.regressorShare)->capture_default_str();
    command.add_option("--seed", options.seed)->capture_default_str();
    command.add_option("--threads", options.threads)->capture_default_str();
}

void addEvaluation(CLI::App& command, EvaluateOptions& options)
{
    command.add_option("--model", options.model, "Weights, .safetensors")->required();
    command.add_option("--photos", options.photos, "Cache of photographs")->required();
    command.add_option("--validation", options.validation, "Names held apart")->required();
    command.add_option("--steps", options.steps)->capture_default_str();
    command.add_option("--side", options.side, "Pixels of a picture")->capture_default_str();
}

void addShake(CLI::App& command, ShakeCommand& shake)
{
    command.add_option("source", shake.source)->required();
    command.add_option("target", shake.target)->required();
    command.add_option("--extent", shake.options.extentPixels)->capture_default_str();
    command.add_option("--seed", shake.options.seed)->capture_default_str();
    command.add_option("--long-side", shake.options.longSide)->capture_default_str();
}

} // namespace

int main(int argc, char** argv)
{
    CLI::App app("Trains and judges the networks of Limpid", "limpid-train");
    app.require_subcommand(1);
    training::TrainOptions train;
    ExportOptions target;
    EvaluateOptions evaluation;
    CacheOptions photos;
    ShakeCommand shake;
    auto* const msg = app.add_subcommand("msg", "Train MSG");
    addTraining(*msg, train);
    auto* const save = app.add_subcommand("export", "Write the averaged weights as fp16");
    addSize(*save, train);
    save->add_option("target", target.target, "Weights, .safetensors")->required();
    auto* const judge = app.add_subcommand("evaluate", "Gain over the input by class of blur");
    addEvaluation(*judge, evaluation);
    auto* const decode = app.add_subcommand("cache", "Decode a folder of photographs once");
    decode->add_option("photos", photos.photos)->required();
    decode->add_option("target", photos.target)->required();
    decode->add_option("--long-side", photos.longSide, "Reduce to this many pixels; 0: do not");
    auto* const blur = app.add_subcommand("shake", "Blur a photograph by camera shake");
    addShake(*blur, shake);
    app::addGate(app);
    CLI11_PARSE(app, argc, argv);

    if (*msg)
        return exitCode(training::runSession(train, std::cout));
    if (*save)
        return exportWeights(train, target);
    if (*judge)
        return evaluate(evaluation);
    if (*decode)
        return cache(photos);
    return exitCode(training::writeShakenPhoto(shake.source, shake.target, shake.options));
}
