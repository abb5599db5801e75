// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"

#include "app/error_sentence.h"
#include "core/image/photo_reader.h"

#include <ostream>
#include <sstream>

namespace limpid::app {

namespace {

const char* nameOf(image::FileFormat format)
{
    switch (format) {
    case image::FileFormat::Jpeg: return "JPEG";
    case image::FileFormat::Png: return "PNG";
    case image::FileFormat::Tiff: return "TIFF";
    case image::FileFormat::WebP: return "WebP";
    case image::FileFormat::Heic: return "HEIC";
    case image::FileFormat::Avif: return "AVIF";
    }
    return "";
}

ExitCode listDevices(const CliWorld& world)
{
    for (const auto& device : world.devices())
        world.out << device.id << "\t" << device.name
                  << (device.usable ? "" : "\tunusable: " + device.reason) << "\n";
    return ExitCode::Complete;
}

/// "sampler=ddpm<tab>ddpm, ddim" or "noise=0.5<tab>0 to 1".
std::string describe(const engine::ParameterSpec& parameter)
{
    std::ostringstream text;
    text << parameter.id << "=";
    if (parameter.choices.empty()) {
        text << parameter.defaultValue << "\t" << parameter.minimum << " to " << parameter.maximum;
        return text.str();
    }
    text << parameter.choices.at(static_cast<std::size_t>(parameter.defaultValue));
    const char* separator = "\t";
    for (const auto& choice : parameter.choices) {
        text << separator << choice;
        separator = ", ";
    }
    return text.str();
}

ExitCode listMethods(const CliWorld& world)
{
    for (const auto& method : world.methods) {
        world.out << method.id << "\t--steps " << method.minSteps << " to " << method.maxSteps
                  << ", default " << method.defaultSteps << "\n";
        for (const auto& parameter : method.parameters)
            world.out << "\t--param " << describe(parameter) << "\n";
    }
    return ExitCode::Complete;
}

/// Calls the function that fits the command.
struct Dispatch {
    const CliWorld& world;

    ExitCode operator()(const RestoreCommand& command) const { return restore(command, world); }
    ExitCode operator()(const BatchCommand& command) const { return batch(command, world); }
    ExitCode operator()(const RandomCommand& command) const { return makeRandom(command, world); }
    ExitCode operator()(const OpenCommand& command) const { return open(command, world); }
    ExitCode operator()(const ImportCommand& command) const { return import(command, world); }
    ExitCode operator()(const ListModels& command) const { return listModels(command, world); }
    ExitCode operator()(const ListDevices&) const { return listDevices(world); }
    ExitCode operator()(const ListMethods&) const { return listMethods(world); }
    ExitCode operator()(const ShowText& command) const
    {
        world.out << command.text;
        return ExitCode::Complete;
    }
};

} // namespace

ExitCode complain(const Error& error, const CliWorld& world)
{
    world.err << "limpid-cli: " << sentence(error) << std::endl;
    return ExitCode::Failed;
}

ExitCode open(const OpenCommand& command, const CliWorld& world)
{
    const auto photo = image::readPhoto(command.input);
    if (!photo)
        return complain(photo.error(), world);
    const auto profileBytes = photo->metadata.iccProfile().size();
    world.out << "file\t" << plainText(command.input) << "\n"
              << "format\t" << nameOf(photo->format) << "\n"
              << "size\t" << photo->size().width << " x " << photo->size().height << "\n"
              << "depth\t" << static_cast<int>(photo->original.depth()) << " bit\n"
              << "channels\t" << photo->original.channels() << "\n"
              << "orientation\t" << photo->metadata.orientation() << "\n"
              << "icc\t"
              << (profileBytes > 0 ? std::to_string(profileBytes) + " bytes"
                                   : "none, taken as sRGB")
              << "\n";
    for (const auto& field : photo->metadata.fields())
        world.out << plainText(field.key) << "\t" << plainText(field.value) << "\n";
    return ExitCode::Complete;
}

ExitCode runCli(std::vector<std::string> arguments, const CliWorld& world)
{
    const auto command = parseCommandLine(std::move(arguments));
    if (!command) {
        complain(command.error(), world);
        return ExitCode::WrongArguments;
    }
    const ExitCode code = std::visit(Dispatch{world}, *command);
    // A full disk under standard output shows itself only here.
    if (!world.out.flush() && code == ExitCode::Complete) {
        world.err << "limpid-cli: standard output cannot be written" << std::endl;
        return ExitCode::Failed;
    }
    return code;
}

} // namespace limpid::app
