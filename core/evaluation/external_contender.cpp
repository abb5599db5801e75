// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/external_contender.h"

#include "core/evaluation/classic_contender.h"
#include "core/evaluation/external_program.h"
#include "core/evaluation/photo_source.h"
#include "core/training/picture_file.h"

#include <fstream>
#include <memory>

namespace limpid::evaluation {

namespace {

namespace fs = std::filesystem;

/// What to call for "in.png" → "out.png" in the folder that it runs in; may write files there.
using Words = std::function<std::vector<std::string>(const fs::path& folder)>;

Words gmicWords(const std::string& sigma)
{
    return [sigma](const fs::path&) -> std::vector<std::string> {
        return {"gmic",        "in.png", "-deblur_richardsonlucy",
                sigma + ",30", "-cut",   "0,255",
                "-mul",        "257",    "-round", // 16 bits a sample
                "-output",     "out.png"};
    };
}

/// Sharpening alone: without other profiles the program changes nothing else.
Words rawTherapeeWords(const std::string& sigma)
{
    return [sigma](const fs::path& folder) -> std::vector<std::string> {
        std::ofstream(folder / "sharpen.pp3")
            << "[Sharpening]\nEnabled=true\nContrast=0\nMethod=rld\nDeconvRadius=" << sigma
            << "\nDeconvAmount=100\nDeconvDamping=0\nDeconvIterations=30\n";
        return {"rawtherapee-cli", "-q", "-a",   "-o", "out.png", "-p",
                "sharpen.pp3",     "-n", "-b16", "-Y", "-c",      "in.png"};
    };
}

Result<torch::Tensor> restoredBy(const Words& words, const torch::Tensor& picture)
{
    const auto folder = TemporaryFolder::create();
    if (!folder)
        return tl::unexpected(folder.error());
    if (const auto written = training::writePicture(picture, folder->path() / "in.png"); !written)
        return tl::unexpected(written.error());
    const ExternalCommand command{.words = words(folder->path()), .folder = folder->path()};
    if (!isInstalled(command.words.front()))
        return fail(ErrorCode::Internal, command.words.front() + " is not installed");
    if (const auto done = runExternal(command); !done)
        return tl::unexpected(done.error());
    auto result = pictureOf(folder->path() / "out.png", 0);
    if (result && result->sizes() != picture.sizes())
        return fail(ErrorCode::Internal, command.words.front() + " changed the picture's size");
    return result;
}

/// Remembers a failure: a program that hangs shall not do so for every picture.
std::function<Result<torch::Tensor>(const Puzzle&)> once(Words words)
{
    return [words = std::move(words), failure = std::make_shared<std::optional<Error>>()](
               const Puzzle& puzzle) -> Result<torch::Tensor> {
        if (*failure)
            return tl::unexpected(**failure);
        auto result = restoredBy(words, puzzle.blurred);
        if (!result)
            *failure = result.error();
        return result;
    };
}

} // namespace

std::optional<Result<Contender>> externalContender(const std::string& name)
{
    const auto parsed = withSigma(name);
    if (parsed.method != "gmic" && parsed.method != "rawtherapee")
        return std::nullopt;
    if (!parsed.sigma)
        return notASigma(name);
    const bool gmic = parsed.method == "gmic";
    const auto sigma = shortNumber(*parsed.sigma);
    return Contender{.name = std::string(gmic ? "G'MIC" : "RawTherapee") + ", sigma " + sigma,
                     .optional = true,
                     .restore = once(gmic ? gmicWords(sigma) : rawTherapeeWords(sigma))};
}

} // namespace limpid::evaluation
