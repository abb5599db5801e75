// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/layer_rules.h"

#include "tests/architecture/cpp_tokens.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace limpid::tests {

namespace {

using Paths = std::vector<std::string_view>;

/// Files whose path begins with `from` may include our files whose path begins with one of `may`.
/// The first row that fits decides; a folder may always include itself.
struct LayerRow {
    std::string_view from;
    Paths may;
};

const std::vector<LayerRow>& layers()
{
    static const std::vector<LayerRow> rows{
        {"core/base/", {}},
        {"core/image/", {"core/base/"}},
        {"core/region/", {"core/image/", "core/base/"}},
        {"core/checkpoint/", {"core/base/"}},
        {"core/engine/", {"core/region/", "core/image/", "core/base/"}},
        {"core/nn/", {"core/base/"}},
        {"core/networks/load_weights.",
         {"core/networks/", "core/nn/", "core/checkpoint/", "core/base/"}},
        {"core/networks/gate_file.",
         {"core/networks/", "core/nn/", "core/checkpoint/", "core/base/"}},
        {"core/networks/", {"core/nn/", "core/base/"}},
        {"core/diffusion/", {"core/base/"}},
        {"core/methods/",
         {"core/networks/", "core/diffusion/", "core/nn/", "core/engine/method_spec.h",
          "core/engine/job_context.h", "core/engine/frame.h", "core/region/", "core/image/",
          "core/base/"}},
        {"core/inference/",
         {"core/engine/", "core/methods/", "core/networks/", "core/diffusion/", "core/nn/",
          "core/checkpoint/", "core/region/", "core/image/", "core/base/"}},
        {"core/training/",
         {"core/methods/", "core/networks/", "core/diffusion/", "core/nn/", "core/checkpoint/",
          "core/engine/job_context.h", "core/engine/preview_mailbox.h", "core/region/",
          "core/image/", "core/base/"}},
        {"core/evaluation/",
         {"core/training/", "core/inference/make_runner.h", "core/methods/", "core/engine/",
          "core/checkpoint/", "core/region/", "core/image/", "core/base/"}},
        {"ui/",
         {"core/engine/", "core/region/", "core/image/", "core/base/", "core/checkpoint/catalog.h",
          "core/checkpoint/checkpoint_import.h"}},
        {"app/train_", {"core/"}},
        {"app/eval_", {"core/"}},
        {"app/",
         {"ui/", "core/engine/", "core/region/", "core/image/", "core/base/", "core/checkpoint/",
          "core/inference/make_runner.h", "core/inference/random_checkpoint.h"}},
        {"tests/", {"core/", "ui/", "app/"}},
    };
    return rows;
}

/// A library whose headers begin with one of `headers` is for files under one of `only`.
struct LibraryRow {
    std::string_view library;
    Paths headers;
    Paths only;
};

const std::vector<LibraryRow>& libraries()
{
    static const std::vector<LibraryRow> rows{
        {"Qt", {"Q"}, {"ui/", "app/", "tests/"}},
        {"Torch",
         {"torch/", "ATen/", "c10/"},
         {"core/nn/", "core/networks/", "core/diffusion/", "core/methods/", "core/inference/",
          "core/training/", "core/evaluation/", "app/train_", "tests/core/nn/",
          "tests/core/networks/", "tests/core/diffusion/", "tests/core/methods/",
          "tests/core/inference/", "tests/core/training/", "tests/core/evaluation/",
          "tests/support/", "tests/parity/"}},
        {"OpenCV",
         {"opencv2/"},
         {"core/image/", "core/region/", "core/training/", "app/train_", "tests/"}},
        {"Exiv2",
         {"exiv2/"},
         {"core/image/metadata", "tests/support/make_photo", "tests/core/image/",
          "tests/support/make_photo", "tests/fuzz/"}},
        {"lcms2",
         {"lcms2"},
         {"core/image/color_profile.cpp", "tests/support/make_photo", "tests/core/image/",
          "tests/support/make_photo"}},
        {"libheif", {"libheif/"}, {"core/image/heif_decoder.cpp", "tests/support/make_heif.cpp"}},
        {"nlohmann_json",
         {"nlohmann/"},
         {"core/checkpoint/", "core/evaluation/json_report.cpp", "tests/"}},
        {"libjpeg", {"jpeglib.h", "jerror.h"}, {"core/image/jpeg_encoder.cpp"}},
        {"zlib", {"zlib.h"}, {"core/image/deflate.cpp", "core/networks/text_file.cpp"}},
        {"tl::expected", {"tl/"}, {"core/base/result.h"}},
        {"CLI11", {"CLI/"}, {"app/"}},
        {"spdlog", {"spdlog/", "fmt/"}, {"core/base/log.cpp", "app/"}},
    };
    return rows;
}

/// Headers may only name these libraries in the folders and files listed.
const std::vector<LibraryRow>& publicFaces()
{
    static const std::vector<LibraryRow> rows{
        {"OpenCV", {"opencv2/"}, {"core/image/mat_view.h", "tests/"}},
        {"nlohmann_json", {"nlohmann/"}, {"tests/"}},
    };
    return rows;
}

/// Words that a folder's code does not contain; with `call`, only when a parenthesis follows.
struct WordRow {
    Paths folders;
    std::string_view word;
    bool call = false;
    std::string_view reason;
};

const std::vector<WordRow>& forbiddenWords()
{
    static const std::vector<WordRow> rows{
        {{"core/"}, "tr", true, "core returns codes; words for the user belong to ui"},
        {{"ui/", "app/"}, "processEvents", false, "the event loop is never re-entered"},
        {{"ui/", "app/"}, "QEventLoop", false, "the event loop is never re-entered"},
        {{"ui/", "app/"}, "waitForFinished", false, "the GUI thread never waits"},
        {{"ui/"}, "exec", true, "no nested event loop: open() instead of exec()"},
    };
    return rows;
}

bool beginsWithAny(std::string_view path, const Paths& beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [path](std::string_view begin) { return path.starts_with(begin); });
}

bool isOurs(std::string_view path)
{
    return beginsWithAny(path, {"core/", "ui/", "app/", "tests/"});
}

std::string_view folderOf(std::string_view path)
{
    return path.substr(0, path.rfind('/') + 1);
}

std::string quoted(std::string_view path)
{
    return "\"" + std::string(path) + "\"";
}

/// Qt headers are the only ones that begin with Q and another letter.
bool belongsTo(const LibraryRow& row, std::string_view header)
{
    if (row.library == "Qt")
        return header.size() > 1 && header[0] == 'Q' &&
               std::isalpha(static_cast<unsigned char>(header[1])) != 0;
    return beginsWithAny(header, row.headers);
}

std::string ruleForOurs(const SourceFile& source, std::string_view header)
{
    for (const LayerRow& row : layers()) {
        if (!source.isUnder(row.from))
            continue;
        if (header.starts_with(row.from) || folderOf(header) == folderOf(source.path) ||
            beginsWithAny(header, row.may))
            return {};
        return folderOf(row.from).empty() || row.from.ends_with('/')
                   ? std::string(row.from) + " may not include " + quoted(header)
                   : source.path + " may not include " + quoted(header);
    }
    return source.path + " lies in a folder that no layer is defined for";
}

std::string ruleForLibraries(const SourceFile& source, std::string_view header)
{
    for (const LibraryRow& row : libraries()) {
        if (belongsTo(row, header) && !beginsWithAny(source.path, row.only))
            return std::string(row.library) + " is not for this file: " + quoted(header);
    }
    if (header == "torch/torch.h")
        return "all of Torch takes long to compile, include the parts: " + quoted(header);
    const bool isFaceOfInference = source.path == "core/inference/make_runner.h" ||
                                   source.path == "core/inference/random_checkpoint.h";
    if (isFaceOfInference && beginsWithAny(header, {"torch/", "ATen/", "c10/"}))
        return "the face of inference is free of Torch: " + quoted(header);
    for (const LibraryRow& row : publicFaces()) {
        if (source.isHeader() && belongsTo(row, header) && !beginsWithAny(source.path, row.only))
            return std::string(row.library) + " is not for headers: " + quoted(header);
    }
    return {};
}

std::string ruleFor(const SourceFile& source, const Include& include)
{
    if (isOurs(include.path))
        return ruleForOurs(source, include.path);
    const std::string library = ruleForLibraries(source, include.path);
    const bool generated = include.path.ends_with(".moc");
    if (library.empty() && include.quoted && !generated)
        return "our includes begin at the repository root: " + quoted(include.path);
    return library;
}

void checkWords(const SourceFile& source, const std::vector<Token>& tokens,
                std::vector<Violation>& violations)
{
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool called = i + 1 < tokens.size() && tokens[i + 1].is("(");
        for (const WordRow& row : forbiddenWords()) {
            if (tokens[i].is(row.word) && (called || !row.call) &&
                beginsWithAny(source.path, row.folders))
                violations.push_back({source.path, tokens[i].line,
                                      std::string(row.word) + ": " + std::string(row.reason)});
        }
    }
}

/// One CMake line without its comment, in lower case as CMake reads commands.
void checkCMakeLine(const SourceFile& source, std::string line, int number,
                    std::vector<Violation>& violations)
{
    line.resize(std::min(line.find('#'), line.size()));
    std::erase_if(line, [](unsigned char c) { return std::isspace(c) != 0; });
    std::transform(line.begin(), line.end(), line.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const std::string_view command :
         {"file(glob", "include_directories(", "add_definitions(", "link_directories("}) {
        if (line.starts_with(command))
            violations.push_back(
                {source.path, number, "hidden state: " + std::string(command) + "…)"});
    }
}

void checkCMake(const SourceFile& source, std::vector<Violation>& violations)
{
    int number = 1;
    for (std::size_t begin = 0; begin < source.text.size(); ++number) {
        const std::size_t end = std::min(source.text.find('\n', begin), source.text.size());
        checkCMakeLine(source, source.text.substr(begin, end - begin), number, violations);
        begin = end + 1;
    }
}

} // namespace

std::vector<Violation> checkLayers(const SourceFile& source)
{
    std::vector<Violation> violations;
    if (source.isCMake()) {
        checkCMake(source, violations);
        return violations;
    }
    const ScannedCpp scanned = scanCpp(source.text);
    for (const Include& include : scanned.includes) {
        if (std::string rule = ruleFor(source, include); !rule.empty())
            violations.push_back({source.path, include.line, std::move(rule)});
    }
    checkWords(source, scanned.tokens, violations);
    return violations;
}

} // namespace limpid::tests
