// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_options.h"

#include "app/number_validators.h"
#include "app/train_session.h"
#include "app/train_validators.h"

#include <c10/util/Exception.h>

#include <iostream>
#include <new>

namespace limpid::app {

namespace {

void addValidation(CLI::App& command, std::filesystem::path& validation)
{
    command.add_option("--validation", validation, "Names held apart")->required();
}

std::string reason(const std::exception& error)
{
    if (const auto* const torchError = dynamic_cast<const c10::Error*>(&error))
        return torchError->what_without_backtrace();
    if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr)
        return "memory ran out; try smaller or fewer pictures at a time";
    return error.what();
}

} // namespace

void addPhotoPaths(CLI::App& command, std::filesystem::path& photos,
                   std::filesystem::path& validation)
{
    const bool decodes = photoTools().cacheOf != nullptr;
    command
        .add_option("--photos", photos,
                    decodes ? "Cache of photographs, or a folder" : "Cache of photographs")
        ->required();
    addValidation(command, validation);
}

void addCachePaths(CLI::App& command, std::filesystem::path& cache,
                   std::filesystem::path& validation)
{
    command.add_option("--photos", cache, "Cache of photographs")->required()->check(noFolder());
    addValidation(command, validation);
}

void addSession(CLI::App& command, training::SessionOptions& options)
{
    addPhotoPaths(command, options.photos, options.validation);
    command.add_option("--out", options.out, "Folder of the state and the log")->required();
    command.add_flag("--resume", options.resume, "Go on where the state in --out ends");
    command.add_option("--minutes", options.minutes)->check(notNegative())->capture_default_str();
    command
        .add_option("--validate-minutes", options.validateMinutes,
                    "Between two measurements; 0: only at the end")
        ->check(notNegative())
        ->capture_default_str();
    addThreads(command, options.threads);
}

void addThreads(CLI::App& command, int& threads)
{
    command.add_option("--threads", threads, "0: as LibTorch decides")
        ->check(wholeNumber(0, mostThreads))
        ->capture_default_str();
}

void addLearning(CLI::App& command, training::LearningOptions& options)
{
    command.add_option("--device", options.device)->check(deviceName())->capture_default_str();
    command.add_option("--steps", options.totalSteps, "Length of the cosine")
        ->check(wholeNumber(1))
        ->capture_default_str();
    command.add_option("--warmup", options.warmup)->check(wholeNumber(0))->capture_default_str();
    command.add_option("--batch", options.batch)
        ->check(wholeNumber(1, mostPictures))
        ->capture_default_str();
    command.add_option("--crop", options.crop, "Pixels, a multiple of 16")
        ->check(multipleOf16())
        ->capture_default_str();
    command.add_flag("--muon,!--adamw", options.muon, "Optimizer of the kernels");
    command.add_option("--kernel-rate", options.kernelRate, "Learning rate of Muon")
        ->check(positive())
        ->capture_default_str();
    command.add_option("--learning-rate", options.learningRate, "Learning rate of AdamW")
        ->check(positive())
        ->capture_default_str();
    command.add_option("--seed", options.seed)->check(wholeNumber(0))->capture_default_str();
    addFromCamera(command, options.ranges);
}

void addFromCamera(CLI::App& command, training::DegradationRanges& ranges)
{
    command
        .add_option("--from-camera", ranges.fromCamera,
                    "Share of the noisy that come as a camera in any light delivers them")
        ->check(share())
        ->capture_default_str();
}

void addDiffusion(CLI::App& command, training::DiffusionOptions& options)
{
    command.add_option("--mix-from", options.mixFrom, "First step with noise levels")
        ->check(wholeNumber(0))
        ->capture_default_str();
    command.add_option("--regressor-share", options.regressorShare, "Of one-step answers")
        ->check(share())
        ->capture_default_str();
    command.add_flag("--own-answers", options.ownAnswers, "Noise its own answers, not the truth");
    command
        .add_option("--gradient-weight", options.gradientWeight,
                    "Of dissimilar gradients in the loss, with noise")
        ->check(notNegative())
        ->capture_default_str();
    command
        .add_option("--faint-gradient", options.faintGradient,
                    "Gray levels of 255 below which gradients hardly count")
        ->check(positive())
        ->capture_default_str();
    command.add_option("--chroma-weight", options.chromaWeight, "Of color in the loss, with noise")
        ->check(notNegative())
        ->capture_default_str();
    command
        .add_option("--contrast-weight", options.contrastWeight,
                    "Of local contrast in the loss, with noise")
        ->check(notNegative())
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

Error about(Error error, const std::filesystem::path& path)
{
    if (error.path.empty())
        error.path = path;
    return error;
}

int complain(const Error& error)
{
    std::cerr << "limpid-train: ";
    if (!error.path.empty())
        std::cerr << error.path.string() << ": ";
    std::cerr << error.detail << " (" << name(error.code) << ")\n";
    return 1;
}

int complain(const std::exception& error)
{
    std::cerr << "limpid-train: " << reason(error) << "\n";
    return 1;
}

} // namespace limpid::app
