// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/number_validators.h"
#include "app/train_commands.h"
#include "app/train_options.h"
#include "core/image/photo_reader.h"
#include "core/training/blurred_photo.h"
#include "core/training/photo_decoding.h"
#include "core/training/psf.h"

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
    if (image::readableFormat(options.target))
        return complain(
            Error{.code = ErrorCode::WouldOverwriteSource,
                  .detail = "this is the name of a photograph; name a .safetensors file",
                  .path = options.target});
    const auto tell = [](const std::string& line) {
        std::cerr << line << "\n";
    };
    const auto count =
        training::writePhotoCache(options.photos, options.target, options.longSide, tell);
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
    command->add_option("--long-side", options->longSide, "Reduce to this many pixels; 0: do not")
        ->check(wholeNumber(0, mostPixels));
    command->callback([options, &exitCode] { exitCode = cache(*options); });
}

void addShake(CLI::App& app, int& exitCode)
{
    const auto shake = std::make_shared<ShakeCommand>();
    auto* const command = app.add_subcommand("shake", "Blur a photograph by camera shake");
    command->add_option("source", shake->source)->required();
    command->add_option("target", shake->target)->required();
    command
        ->add_option("--extent", shake->options.extentPixels,
                     "Pixels of the longer side of its path")
        ->check(positive(2.0 * training::psfRadius))
        ->capture_default_str();
    command->add_option("--seed", shake->options.seed)
        ->check(wholeNumber(0))
        ->capture_default_str();
    command->add_option("--long-side", shake->options.longSide, "Reduce to this; 0: do not")
        ->check(wholeNumber(0, mostPixels))
        ->capture_default_str();
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
