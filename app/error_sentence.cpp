// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/error_sentence.h"

#include <array>
#include <cstdio>

namespace limpid::app {

namespace {

struct Words {
    const char* reason;
    const char* remedy;
};

Words wordsFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::FileNotFound: return {"there is no such file", "Check the name."};
    case ErrorCode::NotARegularFile:
        return {"this is not a regular file", "Name a file, not a folder, device or pipe."};
    case ErrorCode::FileUnreadable:
        return {"the file cannot be read", "Check that you may read it."};
    case ErrorCode::FileUnwritable:
        return {"the file cannot be written", "Name a folder that exists and that you may change."};
    case ErrorCode::UnsupportedFormat:
        return {"this format is not supported", "Use JPEG, PNG, TIFF, WebP, HEIC or AVIF."};
    case ErrorCode::DamagedFile:
        return {"the file is damaged or incomplete", "Copy it again from its source."};
    case ErrorCode::PictureTooLarge:
        return {"the picture has too many pixels", "Make it smaller, or cut out a part."};
    case ErrorCode::WouldOverwriteSource:
        return {"the result would replace the original", "Name another file for the result."};
    case ErrorCode::FileExists:
        return {"there is such a file already", "Name another, or replace it with --overwrite."};
    case ErrorCode::DiskFull: return {"there is no room left on the disk", "Free some space."};
    case ErrorCode::RegionOutside:
        return {"the region lies outside the picture", "See its size with 'limpid-cli open'."};
    case ErrorCode::ModelMissing:
        return {"the model is missing",
                "Check the name, see 'limpid-cli models', or name another folder with --models."};
    case ErrorCode::ModelDamaged: return {"the model is damaged", "Install it again."};
    case ErrorCode::ModelMismatch:
        return {"the model does not fit this method", "Install the model listed in the catalog."};
    case ErrorCode::OutOfMemory:
        return {"memory ran out", "Restore a smaller region with --region, or use --device cpu."};
    case ErrorCode::DeviceUnavailable:
        return {"the device cannot be used", "See 'limpid-cli devices', or use --device cpu."};
    case ErrorCode::InvalidRequest:
        return {"this cannot be done", "See 'limpid-cli --help' and 'limpid-cli methods'."};
    case ErrorCode::Internal:
        return {"something went wrong inside Limpid", "Please report it with this message."};
    }
    return {"", ""};
}

/// A file of weights fails for other reasons than a photograph.
Words wordsForWeights(ErrorCode code)
{
    switch (code) {
    case ErrorCode::UnsupportedFormat:
        return {"Limpid cannot read this file of weights",
                "Use a .safetensors, .pth, .pt or .ckpt file with plain weights."};
    case ErrorCode::ModelMissing: return {"there is no such file", "Check the name."};
    case ErrorCode::ModelDamaged:
        return {"the file of weights is damaged or incomplete", "Download or copy it again."};
    case ErrorCode::ModelMismatch:
        return {"Limpid cannot use these weights", "Nothing was imported."};
    case ErrorCode::WouldOverwriteSource:
        return {"the file lies where the import would go", "Move it to another folder."};
    case ErrorCode::OutOfMemory:
        return {"memory ran out", "Close other programs. Nothing was imported."};
    default: return wordsFor(code);
    }
}

constexpr Words listWords{"the list of models is damaged",
                          "Move it to another folder, and import the models again."};

bool isAboutAList(const Error& error)
{
    return error.code == ErrorCode::ModelDamaged && error.path.filename() == "catalog.json";
}

} // namespace

std::string plainText(const std::filesystem::path& path)
{
    constexpr unsigned char firstPrintable = 0x20;
    constexpr unsigned char rubout = 0x7F;
    std::string text;
    for (const char character : path.string()) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte >= firstPrintable && byte != rubout) {
            text += character;
            continue;
        }
        std::array<char, 5> escaped{};
        std::snprintf(escaped.data(), escaped.size(), "\\x%02x", static_cast<unsigned>(byte));
        text += escaped.data();
    }
    return text;
}

namespace {

std::string sentenceOf(const Error& error, const Words& words)
{
    std::string text = error.path.empty() ? std::string() : plainText(error.path) + ": ";
    text += words.reason;
    if (!error.detail.empty())
        text += " (" + plainText(error.detail) + ")";
    return text + ". " + words.remedy;
}

} // namespace

std::string sentence(const Error& error)
{
    return sentenceOf(error, isAboutAList(error) ? listWords : wordsFor(error.code));
}

std::string weightsSentence(const Error& error)
{
    return sentenceOf(error, isAboutAList(error) ? listWords : wordsForWeights(error.code));
}

} // namespace limpid::app
