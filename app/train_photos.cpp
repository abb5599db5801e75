// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_options.h"
#include "core/training/blurred_photo.h"
#include "core/training/photo_decoding.h"

#include <iostream>
#include <memory>

namespace limpid::app {

namespace {

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

int cache(const CacheOptions& options)
{
    const auto count = training::writePhotoCache(options.photos, options.target, options.longSide);
    if (count)
        std::cout << *count << " photographs in " << options.target.string() << "\n";
    return exitCodeOf(count);
}

void addCache(CLI::App& app, int& exitCode)
{
    const auto options = std::make_shared<CacheOptions>();
    auto* const command = app.add_subcommand("cache", "Decode a folder of photographs once");
    command->add_option("photos", options->photos)->required();
    command->add_option("target", options->target)->required();
    command->add_option("--long-side", options->longSide, "Reduce to this many pixels; 0: do not");
    command->callback([options, &exitCode] { exitCode = cache(*options); });
}

void addShake(CLI::App& app, int& exitCode)
{
    const auto shake = std::make_shared<ShakeCommand>();
    auto* const command = app.add_subcommand("shake", "Blur a photograph by camera shake");
    command->add_option("source", shake->source)->required();
    command->add_option("target", shake->target)->required();
    command->add_option("--extent", shake->options.extentPixels)->capture_default_str();
    command->add_option("--seed", shake->options.seed)->capture_default_str();
    command->add_option("--long-side", shake->options.longSide)->capture_default_str();
    command->callback([shake, &exitCode] {
        exitCode =
            exitCodeOf(training::writeShakenPhoto(shake->source, shake->target, shake->options));
    });
}

} // namespace

void addPhotoCommands(CLI::App& app, int& exitCode)
{
    addCache(app, exitCode);
    addShake(app, exitCode);
}

} // namespace limpid::app
