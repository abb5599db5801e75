// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/checkpoint/checkpoint_import.h"
#include "core/engine/batch.h"
#include "core/image/metadata_level.h"
#include "core/image/raster.h"
#include "core/region/region.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace limpid::app {

/// How photographs are restored and written.
struct RestoreOptions {
    std::filesystem::path models;     ///< Empty: the models that belong to the program.
    std::filesystem::path userModels; ///< Empty: the user's folder of models.
    std::string method = "msg";
    std::string model;        ///< Empty: the method's default.
    std::optional<int> steps; ///< None: what the model prefers.
    std::uint64_t seed = 1;
    std::map<std::string, std::string> parameters; ///< A number, or a choice's name.
    std::map<std::string, std::string> texts;      ///< As RestorationRequest::texts.
    std::optional<Rect> region;                    ///< None: the whole picture.
    int featherPixels = 16;
    float strength = 1.0F;
    std::string device = "auto";
    std::string precision = "auto";
    int quality = 95;
    std::optional<image::SampleDepth> depth; ///< None: the photo's own, where the format has it.
    image::MetadataLevel metadata = image::MetadataLevel::All;
    bool statesAi = true; ///< The result's XMP says that and how a network took part.
};

struct RestoreCommand : RestoreOptions {
    std::filesystem::path input;
    std::filesystem::path output;
    bool overwrite = false; ///< May replace a file that is there.
};

struct BatchCommand : RestoreOptions {
    std::vector<std::filesystem::path> inputs; ///< Files and folders.
    std::filesystem::path to;
    std::string name;                        ///< A template, see engine::checkNameTemplate().
    std::optional<image::FileFormat> format; ///< None: each photo's own.
    engine::ExistingFile existing = engine::ExistingFile::Skip;
    bool isRecursive = false;
    bool isDryRun = false; ///< Says what would be done.
};

struct OpenCommand {
    std::filesystem::path input;
};

/// Makes a file of weights a model of the user's.
struct ImportCommand {
    std::filesystem::path file;
    std::filesystem::path userModels; ///< Empty: the user's folder of models.
    checkpoint::ImportPrecision precision = checkpoint::ImportPrecision::Keep;
    bool checkOnly = false;
};

struct ListModels {
    std::filesystem::path models;     ///< Empty: the models that belong to the program.
    std::filesystem::path userModels; ///< Empty: the user's folder of models.
};

/// A checkpoint of random weights, see inference::RandomCheckpoint.
struct RandomCommand {
    std::filesystem::path output;
    std::string config = "full";
    std::string dtype = "fp16";
    std::uint64_t seed = 1;
};

struct ListDevices {};
struct ListMethods {};

/// --help or --version was asked for.
struct ShowText {
    std::string text;
};

using Command = std::variant<RestoreCommand, OpenCommand, ListDevices, ListMethods, ShowText,
                             ImportCommand, ListModels, RandomCommand, BatchCommand>;

/// What the arguments (without the program's name) ask for. InvalidRequest with the parser's words.
[[nodiscard]] Result<Command> parseCommandLine(std::vector<std::string> arguments);

} // namespace limpid::app
