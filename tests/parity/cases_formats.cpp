// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/key_map.h"
#include "tests/parity/parity_cases.h"

#include <algorithm>

namespace limpid::parity {
namespace {

namespace fs = std::filesystem;
using checkpoint::CheckpointFile;
using checkpoint::TensorEntry;

std::vector<fs::path> filesIn(const fs::path& folder)
{
    constexpr std::string_view endings[]{".safetensors", ".pth", ".pt", ".ckpt"};
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (std::ranges::count(endings, entry.path().extension().string()) != 0)
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

bool isEqual(const CheckpointFile& a, const TensorEntry& inA, const CheckpointFile& b,
             const TensorEntry& inB)
{
    return inA.dtype == inB.dtype && inA.shape == inB.shape &&
           a.bytes(inA).value() == b.bytes(inB).value();
}

/// Whether every tensor of `file` that `expected` knows is bit-exact, and how many there are.
std::pair<bool, std::size_t> compareTensors(const CheckpointFile& file,
                                            const CheckpointFile& expected)
{
    bool equal = true;
    std::size_t known = 0;
    for (const auto& [published, name] : checkpoint::publishedNames(file.index())) {
        const auto found = expected.index().tensors.find(published);
        if (found == expected.index().tensors.end())
            continue;
        ++known;
        equal = equal && isEqual(file, file.index().tensors.at(name), expected, found->second);
    }
    return {equal, known};
}

void checkGood(const fs::path& path, const CheckpointFile& expected, ParityReport& report)
{
    const auto file = CheckpointFile::open(path);
    const std::string name = path.filename().string();
    if (!file) {
        report.require(name, false, file.error().detail);
        return;
    }
    const auto [equal, known] = compareTensors(*file, expected);
    const bool whole = file->verifyChecksums({}, {}).has_value();
    report.require(name, equal && known > 0 && whole,
                   std::to_string(known) + " of " + std::to_string(file->index().tensors.size()) +
                       " tensors known, bit-exact");
}

void checkBad(const fs::path& path, ParityReport& report)
{
    const auto file = CheckpointFile::open(path);
    report.require(path.filename().string(), !file,
                   file ? "was not refused" : "refused: " + file.error().detail);
}

} // namespace

void checkFormats(ParitySet& set, ParityReport& report)
{
    const auto expected = CheckpointFile::open(set.pathOf("formats/small_expected.safetensors"));
    if (!expected) {
        report.require("small_expected.safetensors", false, expected.error().detail);
        return;
    }
    for (const fs::path& path : filesIn(set.pathOf("formats"))) {
        if (path.filename().string().starts_with("bad_"))
            checkBad(path, report);
        else
            checkGood(path, *expected, report);
    }
}

void checkWeightFormats(ParitySet& set, ParityReport& report)
{
    const auto expected = CheckpointFile::open(set.pathOf("weights/model.safetensors"));
    if (!expected) {
        report.require("model.safetensors", false, expected.error().detail);
        return;
    }
    for (const fs::path& path : filesIn(set.pathOf("weights")))
        checkGood(path, *expected, report);
}

} // namespace limpid::parity
