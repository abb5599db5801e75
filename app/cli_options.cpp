// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

namespace limpid::app {

namespace {

/// Values as the parser delivers them, before they become a command.
struct Parsed {
    RestoreCommand restore;
    OpenCommand open;
    RandomCommand random;
    ImportCommand import;
    ListModels models;
    std::vector<std::string> as;
    std::string region;
    int steps = 0;
    int depth = 0;
    std::vector<std::string> parameters;
    std::string metadata = "all";
    bool hidesAi = false;
};

constexpr const char* userModelsHelp = "Folder of the user's models";
constexpr int largestCoordinate = 1'000'000;

/// An empty text is one, too: nothing that the result shall not look like.
void addText(CLI::App& restore, RestoreCommand& command, const std::string& id, const char* help)
{
    auto option = "--" + id;
    std::replace(option.begin(), option.end(), '_', '-');
    restore.add_option_function<std::string>(
        option, [&command, id](const std::string& text) { command.texts[id] = text; }, help);
}

void addRestore(CLI::App& restore, Parsed& parsed)
{
    RestoreCommand& command = parsed.restore;
    restore.add_option("IN", command.input, "Photograph: JPEG, PNG, TIFF or WebP")->required();
    restore.add_option("OUT", command.output, "Result; its extension says the format")->required();
    restore.add_option("--method", command.method, "See 'methods'")->capture_default_str();
    restore.add_option("--steps", parsed.steps, "1 is fastest and most faithful")
        ->check(CLI::PositiveNumber);
    restore.add_option("--seed", command.seed, "Same seed, same result")->capture_default_str();
    restore.add_option("--model", command.model, "Id of a model of the method, see 'models'");
    restore.add_option("--param", parsed.parameters, "NAME=VALUE, see 'methods'")
        ->expected(1) // not IN and OUT, if they follow
        ->take_all()
        ->allow_extra_args(false);
    restore.add_option("--region", parsed.region, "X,Y,WIDTH,HEIGHT in pixels; default: all");
    restore.add_option("--feather", command.featherPixels, "Width of the soft border in pixels")
        ->check(CLI::Range(0, 10'000))
        ->capture_default_str();
    restore.add_option("--strength", command.strength, "0 keeps the photograph, 1 is all of it")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    restore.add_option("--device", command.device, "auto, cpu, cuda:0, see 'devices'")
        ->capture_default_str();
    restore.add_option("--precision", command.precision, "auto, fp32 or bf16")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}))
        ->capture_default_str();
    addText(restore, command, "prompt", "DeblurDiff: what the photo shows");
    addText(restore, command, "negative_prompt", "DeblurDiff: what the result shall not look like");
    addText(restore, command, "vocabulary",
            "CLIP's bpe_simple_vocab_16e6.txt.gz, needed by a prompt of one's own");
    restore.add_option("--quality", command.quality, "Of JPEG and WebP, 1 to 100")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    restore.add_option("--depth", parsed.depth, "8 or 16 bits a sample; default: as the photo")
        ->check(CLI::IsMember({8, 16}));
    restore
        .add_option("--metadata", parsed.metadata,
                    "What goes with it: all, no-location, basic or none")
        ->check(CLI::IsMember({"all", "no-location", "basic", "none"}))
        ->capture_default_str();
    restore.add_flag("--no-disclosure", parsed.hidesAi,
                     "Do not say in OUT's XMP that AI was used, and how");
    restore.add_flag("--overwrite", command.overwrite, "Replace OUT if it is there");
    restore.add_option("--models", command.models, "Folder with catalog.json and the weights");
    restore.add_option("--user-models", command.userModels, userModelsHelp);
}

void addImport(CLI::App& import, Parsed& parsed)
{
    ImportCommand& command = parsed.import;
    import.add_option("FILE", command.file, "Weights: .safetensors, .pth, .pt or .ckpt");
    import.add_flag("--check", command.checkOnly, "Verify everything and write nothing");
    import
        .add_option("--as", parsed.as,
                    "[safetensors] fp16, bf16 or keep; default: keep the numbers as they are")
        ->expected(1, 3); // the parser takes a FILE that follows for a word
    import.add_option("--user-models", command.userModels, userModelsHelp);
}

void addModels(CLI::App& models, Parsed& parsed)
{
    models.add_option("--models", parsed.models.models, "Folder of the program's models");
    models.add_option("--user-models", parsed.models.userModels, userModelsHelp);
}

void addRandom(CLI::App& random, RandomCommand& command)
{
    random.add_option("OUT", command.output, "The file to write, .safetensors")->required();
    random.add_option("--config", command.config, "full: sizes as published; small: a few MB")
        ->check(CLI::IsMember({"full", "small"}))
        ->capture_default_str();
    random.add_option("--dtype", command.dtype)
        ->check(CLI::IsMember({"fp16", "bf16", "fp32"}))
        ->capture_default_str();
    random.add_option("--seed", command.seed, "Same seed, same file")->capture_default_str();
}

checkpoint::ImportPrecision precisionOf(const std::string& word)
{
    if (word == "fp16")
        return checkpoint::ImportPrecision::Fp16;
    if (word == "bf16")
        return checkpoint::ImportPrecision::Bf16;
    if (word == "keep")
        return checkpoint::ImportPrecision::Keep;
    throw CLI::ValidationError("--as", "want fp16, bf16 or keep, got " + word);
}

ImportCommand importCommand(Parsed parsed)
{
    ImportCommand command = std::move(parsed.import);
    auto words = std::move(parsed.as);
    if (!words.empty() && words.front() == "safetensors") // the only format there is to write
        words.erase(words.begin());
    if (words.size() == 2 && command.file.empty()) { // "--as fp16 FILE"
        command.file = words.back();
        words.pop_back();
    }
    if (words.size() > 1)
        throw CLI::ValidationError("--as", "want fp16, bf16 or keep, got " + words.back());
    if (!words.empty())
        command.precision = precisionOf(words.front());
    if (command.file.empty())
        throw CLI::RequiredError("FILE");
    return command;
}

/// "noise=0.5" → id and value.
std::pair<std::string, std::string> parameterOf(const std::string& text)
{
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
        throw CLI::ValidationError("--param", "want NAME=VALUE, got " + text);
    return {text.substr(0, equals), text.substr(equals + 1)};
}

/// "10,20,300,200" → x, y, width and height.
Rect rectOf(const std::string& text)
{
    std::vector<int> numbers;
    for (const std::string& word : CLI::detail::split(text, ',')) {
        int number = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
        if (error != std::errc() || end != word.data() + word.size() || number < 0 ||
            number > largestCoordinate)
            throw CLI::ValidationError("--region", "want numbers from 0 to 1000000, got " + text);
        numbers.push_back(number);
    }
    if (numbers.size() != 4)
        throw CLI::ValidationError("--region", "want X,Y,WIDTH,HEIGHT, got " + text);
    return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

image::MetadataLevel metadataOf(const std::string& word)
{
    if (word == "no-location")
        return image::MetadataLevel::NoLocation;
    if (word == "basic")
        return image::MetadataLevel::Basic;
    return word == "none" ? image::MetadataLevel::None : image::MetadataLevel::All;
}

RestoreCommand restoreCommand(Parsed parsed)
{
    RestoreCommand command = std::move(parsed.restore);
    if (parsed.steps > 0)
        command.steps = parsed.steps;
    if (parsed.depth > 0)
        command.depth = parsed.depth == 16 ? image::SampleDepth::U16 : image::SampleDepth::U8;
    if (!parsed.region.empty())
        command.region = rectOf(parsed.region);
    command.metadata = metadataOf(parsed.metadata);
    command.statesAi = !parsed.hidesAi;
    for (const std::string& text : parsed.parameters) {
        auto [id, value] = parameterOf(text);
        command.parameters.insert_or_assign(std::move(id), std::move(value));
    }
    return command;
}

} // namespace

Result<Command> parseCommandLine(std::vector<std::string> arguments)
{
    Parsed parsed;
    CLI::App program("Limpid restores blurred photographs.", "limpid-cli");
    program.require_subcommand(1);
    program.set_version_flag("--version", std::string("limpid-cli ") + LIMPID_VERSION);
    auto* const restore = program.add_subcommand("restore", "Restore a photograph");
    addRestore(*restore, parsed);
    auto* const open = program.add_subcommand("open", "Read a file and say what it holds");
    open->add_option("FILE", parsed.open.input)->required();
    auto* const import = program.add_subcommand("import", "Install a file of weights");
    addImport(*import, parsed);
    auto* const models = program.add_subcommand("models", "List the models that are installed");
    addModels(*models, parsed);
    auto* const random =
        program.add_subcommand("make-random-checkpoint", "Write DeblurDiff with random weights");
    addRandom(*random, parsed.random);
    const auto* const devices = program.add_subcommand("devices", "List where networks can run");
    const auto* const methods = program.add_subcommand("methods", "List methods and parameters");

    std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants them
    try {
        program.parse(arguments);
        if (restore->parsed())
            return restoreCommand(std::move(parsed));
        if (import->parsed())
            return importCommand(std::move(parsed));
    } catch (const CLI::CallForHelp&) {
        return ShowText{program.help()};
    } catch (const CLI::CallForVersion&) {
        return ShowText{program.version() + "\n"};
    } catch (const CLI::Error& error) {
        return fail(ErrorCode::InvalidRequest, error.what());
    }
    if (open->parsed())
        return parsed.open;
    if (random->parsed())
        return parsed.random;
    if (models->parsed())
        return parsed.models;
    if (devices->parsed())
        return ListDevices{};
    return methods->parsed() ? Command(ListMethods{}) : Command(ShowText{program.help()});
}

} // namespace limpid::app
