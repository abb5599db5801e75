// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_options.h"

#include "core/image/photo_writer.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace limpid::app {

namespace {

/// Words and numbers of restore and batch, before they become options.
struct RestoreWords {
    std::string region;
    int steps = 0;
    int depth = 0;
    std::vector<std::string> parameters;
    std::string metadata = "all";
    bool hidesAi = false;
};

/// Values as the parser delivers them, before they become a command.
struct Parsed {
    RestoreCommand restore;
    BatchCommand batch;
    RestoreWords words; ///< Of whichever command was given.
    std::string format = "same";
    std::string existing = "skip";
    OpenCommand open;
    RandomCommand random;
    ImportCommand import;
    ListModels models;
    std::vector<std::string> as;
};

constexpr const char* userModelsHelp = "Folder of the user's models";
constexpr int largestCoordinate = 1'000'000;

/// An empty text is one, too: nothing that the result shall not look like.
void addText(CLI::App& command, RestoreOptions& options, const std::string& id, const char* help)
{
    auto option = "--" + id;
    std::replace(option.begin(), option.end(), '_', '-');
    command.add_option_function<std::string>(
        option, [&options, id](const std::string& text) { options.texts[id] = text; }, help);
}

/// What is done to a photograph.
void addRestoring(CLI::App& command, RestoreOptions& options, RestoreWords& words)
{
    command.add_option("--method", options.method, "See 'methods'")->capture_default_str();
    command.add_option("--steps", words.steps, "1 is fastest and most faithful")
        ->check(CLI::PositiveNumber);
    command.add_option("--seed", options.seed, "Same seed, same result")->capture_default_str();
    command.add_option("--model", options.model, "Id of a model of the method, see 'models'");
    command.add_option("--param", words.parameters, "NAME=VALUE, see 'methods'")
        ->expected(1) // not IN and OUT, if they follow
        ->take_all()
        ->allow_extra_args(false);
    command.add_option("--region", words.region, "X,Y,WIDTH,HEIGHT in pixels; default: all");
    command.add_option("--feather", options.featherPixels, "Width of the soft border in pixels")
        ->check(CLI::Range(0, 10'000))
        ->capture_default_str();
    command.add_option("--strength", options.strength, "0 keeps the photograph, 1 is all of it")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--device", options.device, "auto, cpu, cuda:0, see 'devices'")
        ->capture_default_str();
    command.add_option("--precision", options.precision, "auto, fp32 or bf16")
        ->check(CLI::IsMember({"auto", "fp32", "bf16"}))
        ->capture_default_str();
    addText(command, options, "prompt", "DeblurDiff: what the photo shows");
    addText(command, options, "negative_prompt", "DeblurDiff: what the result shall not look like");
    addText(command, options, "vocabulary",
            "CLIP's bpe_simple_vocab_16e6.txt.gz, needed by a prompt of one's own");
}

/// How the result is written.
void addWriting(CLI::App& command, RestoreOptions& options, RestoreWords& words)
{
    command.add_option("--quality", options.quality, "Of JPEG and WebP, 1 to 100")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    command.add_option("--depth", words.depth, "8 or 16 bits a sample; default: as the photo")
        ->check(CLI::IsMember({8, 16}));
    command
        .add_option("--metadata", words.metadata,
                    "What goes with it: all, no-location, basic or none")
        ->check(CLI::IsMember({"all", "no-location", "basic", "none"}))
        ->capture_default_str();
    command.add_flag("--no-disclosure", words.hidesAi,
                     "Do not say in the result's XMP that AI was used, and how");
    command.add_option("--models", options.models, "Folder with catalog.json and the weights");
    command.add_option("--user-models", options.userModels, userModelsHelp);
}

void addRestore(CLI::App& restore, Parsed& parsed)
{
    RestoreCommand& command = parsed.restore;
    restore.add_option("IN", command.input, "Photograph: JPEG, PNG, TIFF, WebP, HEIC or AVIF")
        ->required();
    restore.add_option("OUT", command.output, "Result; its extension says the format")->required();
    addRestoring(restore, command, parsed.words);
    addWriting(restore, command, parsed.words);
    restore.add_flag("--overwrite", command.overwrite, "Replace OUT if it is there");
}

void addBatch(CLI::App& batch, Parsed& parsed)
{
    BatchCommand& command = parsed.batch;
    command.name = engine::BatchSettings().name;
    batch.add_option("IN", command.inputs, "Photographs, and folders of them")->required();
    batch.add_option("--to", command.to, "Folder of the results; made if need be")->required();
    batch.add_flag("--recursive", command.isRecursive, "Sub-folders, too; they are kept");
    batch
        .add_option("--name", command.name,
                    "Of a result, with {name}, {method}, {steps}, {seed} and {n}")
        ->capture_default_str();
    batch.add_option("--format", parsed.format, "jpeg, png, tiff, webp or same")
        ->check(CLI::IsMember({"jpeg", "png", "tiff", "webp", "same"}))
        ->capture_default_str();
    batch
        .add_option("--existing", parsed.existing,
                    "What to do where a result is there: skip, rename or overwrite")
        ->check(CLI::IsMember({"skip", "rename", "overwrite"}))
        ->capture_default_str();
    batch.add_flag("--dry-run", command.isDryRun, "Say what would be done, and do nothing");
    addRestoring(batch, command, parsed.words);
    addWriting(batch, command, parsed.words);
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

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> words;
    for (;;) {
        const auto end = text.find(separator);
        words.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return words;
        text.remove_prefix(end + 1);
    }
}

/// "10,20,300,200" → x, y, width and height.
Rect rectOf(const std::string& text)
{
    std::vector<int> numbers;
    for (const std::string_view word : split(text, ',')) {
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

void apply(const RestoreWords& words, RestoreOptions& options)
{
    if (words.steps > 0)
        options.steps = words.steps;
    if (words.depth > 0)
        options.depth = words.depth == 16 ? image::SampleDepth::U16 : image::SampleDepth::U8;
    if (!words.region.empty())
        options.region = rectOf(words.region);
    options.metadata = metadataOf(words.metadata);
    options.statesAi = !words.hidesAi;
    for (const std::string& text : words.parameters) {
        auto [id, value] = parameterOf(text);
        options.parameters.insert_or_assign(std::move(id), std::move(value));
    }
}

RestoreCommand restoreCommand(Parsed parsed)
{
    apply(parsed.words, parsed.restore);
    return std::move(parsed.restore);
}

std::optional<image::FileFormat> formatOf(const std::string& word)
{
    if (word == "same")
        return std::nullopt;
    return image::formatFromExtension("photo." + word);
}

engine::ExistingFile existingOf(const std::string& word)
{
    if (word == "rename")
        return engine::ExistingFile::Rename;
    return word == "overwrite" ? engine::ExistingFile::Overwrite : engine::ExistingFile::Skip;
}

BatchCommand batchCommand(Parsed parsed)
{
    BatchCommand command = std::move(parsed.batch);
    apply(parsed.words, command);
    command.format = formatOf(parsed.format);
    command.existing = existingOf(parsed.existing);
    if (const auto valid = engine::checkNameTemplate(command.name); !valid)
        throw CLI::ValidationError("--name", valid.error().detail);
    return command;
}

/// The parser takes "[2024]" for 2024 and "[a, b]" for two words, so a file named like that gets
/// its folder in front. Values of options stay as they are.
void keepBrackets(std::vector<std::string>& arguments, const CLI::App& command)
{
    const CLI::Option* before = nullptr;
    for (auto& argument : arguments) {
        const bool isValue = before && before->get_items_expected_min() > 0;
        before = argument.starts_with('-') ? command.get_option_no_throw(argument) : nullptr;
        if (argument.starts_with('[') && !isValue)
            argument.insert(0, "./");
    }
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
    auto* const batch = program.add_subcommand("batch", "Restore many photographs");
    addBatch(*batch, parsed);
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

    for (const auto* const command : {restore, batch}) {
        if (!arguments.empty() && arguments.front() == command->get_name())
            keepBrackets(arguments, *command);
    }
    std::reverse(arguments.begin(), arguments.end()); // as CLI11 wants them
    try {
        program.parse(arguments);
        if (restore->parsed())
            return restoreCommand(std::move(parsed));
        if (batch->parsed())
            return batchCommand(std::move(parsed));
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
