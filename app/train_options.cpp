// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_options.h"

#include <iostream>

namespace limpid::app {

namespace {

void addValidation(CLI::App& command, std::filesystem::path& validation)
{
    command.add_option("--validation", validation, "Names held apart")->required();
}

} // namespace

void addPhotoPaths(CLI::App& command, std::filesystem::path& photos,
                   std::filesystem::path& validation)
{
    command.add_option("--photos", photos, "Cache of photographs, or a folder")->required();
    addValidation(command, validation);
}

void addCachePaths(CLI::App& command, std::filesystem::path& cache,
                   std::filesystem::path& validation)
{
    command.add_option("--photos", cache, "Cache of photographs")->required();
    addValidation(command, validation);
}

void addSession(CLI::App& command, training::SessionOptions& options)
{
    addPhotoPaths(command, options.photos, options.validation);
    command.add_option("--out", options.out, "Folder of the state and the log")->required();
    command.add_flag("--resume", options.resume, "Go on where the state in --out ends");
    command.add_option("--minutes", options.minutes)->capture_default_str();
    command.add_option("--validate-minutes", options.validateMinutes)->capture_default_str();
    command.add_option("--threads", options.threads)->capture_default_str();
}

void addLearning(CLI::App& command, training::LearningOptions& options)
{
    command.add_option("--device", options.device)->capture_default_str();
    command.add_option("--steps", options.totalSteps, "Length of the cosine")
        ->capture_default_str();
    command.add_option("--warmup", options.warmup)->capture_default_str();
    command.add_option("--batch", options.batch)->capture_default_str();
    command.add_option("--crop", options.crop, "Pixels, a multiple of 16")->capture_default_str();
    command.add_flag("--muon,!--adamw", options.muon, "Optimizer of the kernels");
    command.add_option("--kernel-rate", options.kernelRate, "Learning rate of Muon")
        ->capture_default_str();
    command.add_option("--learning-rate", options.learningRate, "Learning rate of AdamW")
        ->capture_default_str();
    command.add_option("--seed", options.seed)->capture_default_str();
    addFromCamera(command, options.ranges);
}

void addFromCamera(CLI::App& command, training::DegradationRanges& ranges)
{
    command
        .add_option("--from-camera", ranges.fromCamera,
                    "Share of the noisy that come as a camera in any light delivers them")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
}

void addDiffusion(CLI::App& command, training::DiffusionOptions& options)
{
    command.add_option("--mix-from", options.mixFrom, "First step with noise levels")
        ->capture_default_str();
    command.add_option("--regressor-share", options.regressorShare, "Of one-step answers")
        ->capture_default_str();
    command.add_flag("--own-answers", options.ownAnswers, "Noise its own answers, not the truth");
    command
        .add_option("--gradient-weight", options.gradientWeight,
                    "Of dissimilar gradients in the loss, with noise")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command
        .add_option("--faint-gradient", options.faintGradient,
                    "Gray levels of 255 below which gradients hardly count")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--chroma-weight", options.chromaWeight, "Of color in the loss, with noise")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command
        .add_option("--contrast-weight", options.contrastWeight,
                    "Of local contrast in the loss, with noise")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
}

Result<training::PhotoCache> heldApart(const std::filesystem::path& photos,
                                       const std::filesystem::path& validation)
{
    const auto names = training::readNameList(validation);
    if (!names)
        return tl::unexpected(names.error());
    return training::PhotoCache::open(photos, *names, /*exclude=*/false);
}

int complain(const Error& error)
{
    std::cerr << "limpid-train: " << error.path.string() << ": " << error.detail << " ("
              << name(error.code) << ")\n";
    return 1;
}

} // namespace limpid::app
