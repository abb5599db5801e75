// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/number_validators.h"
#include "app/train_commands.h"
#include "app/train_options.h"
#include "core/training/method_restorer.h"
#include "core/training/session_photos.h"

#include <iostream>
#include <limits>
#include <memory>

namespace limpid::app {

namespace {

/// Where a model and the photographs to judge it by lie.
struct EvaluateOptions {
    std::filesystem::path model;
    std::filesystem::path photos;
    std::filesystem::path validation;
    std::vector<int> steps{1, 6};
    int side = 256;
};

int evaluate(const EvaluateOptions& options)
{
    const auto held = heldApart(options.photos, options.validation);
    if (!held)
        return complain(held.error());
    if (const auto room = training::requireRoom(*held, options.side, "--side", options.validation);
        !room)
        return complain(room.error());
    for (const int steps : options.steps) {
        const auto restorer = training::restorerOfModel(options.model, steps);
        if (!restorer)
            return complain(about(restorer.error(), options.model));
        const auto gains = training::measure(*held, options.side, training::onBlurred(*restorer));
        std::cout << "\n"
                  << steps << (steps == 1 ? " step\n\n" : " steps\n\n")
                  << training::asMarkdown(gains) << std::flush;
    }
    return 0;
}

} // namespace

void addEvaluateCommand(CLI::App& app, int& exitCode)
{
    const auto options = std::make_shared<EvaluateOptions>();
    auto* const command = app.add_subcommand("evaluate", "Gain over the input by class of blur");
    command->add_option("--model", options->model, "Weights, .safetensors")->required();
    addCachePaths(*command, options->photos, options->validation);
    command->add_option("--steps", options->steps)
        ->check(wholeNumber(1, std::numeric_limits<int>::max()))
        ->capture_default_str();
    command->add_option("--side", options->side, "Pixels of a picture, a multiple of 16")
        ->check(multipleOf16())
        ->capture_default_str();
    command->callback([options, &exitCode] { exitCode = evaluate(*options); });
}

} // namespace limpid::app
