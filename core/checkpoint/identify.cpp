// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/identify.h"

#include "core/checkpoint/key_map.h"

#include <algorithm>
#include <array>
#include <bitset>

namespace limpid::checkpoint {
namespace {

constexpr std::size_t namesShown = 3;

/// A network of DeblurDiff by the beginning of its tensors' names.
struct Part {
    std::string_view prefix;
    std::string_view words;
};

constexpr std::array parts{
    Part{"unet.", "the U-Net"},
    Part{"vae.", "the autoencoder"},
    Part{"clip.", "the text encoder"},
    Part{"kpn.", "the kernel network (LKPN)"},
    Part{"controlnet.", "the ControlNet"},
};

using PartSet = std::bitset<parts.size()>;

const PartSet everyPart("11111");
const PartSet baseParts("00111");
const PartSet unetOnly("00001");
const PartSet autoencoderOnly("00010");
const PartSet kernelOnly("01000");
const PartSet controlOnly("10000");

constexpr const char* wanted = "; DeblurDiff needs the published DeblurDiff checkpoint";

PartSet partsOf(const std::map<std::string, std::string>& names)
{
    PartSet present;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto first = names.lower_bound(std::string(parts[i].prefix));
        present[i] = first != names.end() && first->first.starts_with(parts[i].prefix);
    }
    return present;
}

std::string wordsFor(PartSet present)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (present[i])
            text += (text.empty() ? "" : ", ") + std::string(parts[i].words);
    return text;
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

NameComparison compare(const TensorIndex& index, const std::map<std::string, std::string>& names,
                       const TensorShapes& published)
{
    NameComparison comparison;
    for (const auto& [name, shape] : published) {
        const auto found = names.find(name);
        if (found == names.end()) {
            comparison.missing.push_back(name);
            continue;
        }
        const auto& got = index.tensors.at(found->second).shape;
        if (got != shape)
            comparison.misshaped.push_back(name + ": want " + shapeText(shape) + ", got " +
                                           shapeText(got));
    }
    for (const auto& [name, original] : names)
        if (!published.contains(name))
            comparison.unexpected.push_back(original);
    return comparison;
}

std::string listed(const std::vector<std::string>& names)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), namesShown); ++i)
        text += (i > 0 ? ", " : "") + names[i];
    return names.size() > namesShown ? text + ", …" : text;
}

std::string counted(const std::vector<std::string>& names, const char* one, const char* many)
{
    return std::to_string(names.size()) + (names.size() == 1 ? one : many) + " (" + listed(names) +
           ")";
}

/// The mapped shape of a tensor; empty when the file has none of that name.
std::vector<std::int64_t> shapeOf(const TensorIndex& index,
                                  const std::map<std::string, std::string>& names,
                                  const std::string& name)
{
    const auto found = names.find(name);
    return found == names.end() ? std::vector<std::int64_t>()
                                : index.tensors.at(found->second).shape;
}

bool isKernelNetworkAlone(const TensorIndex& index, const std::map<std::string, std::string>& names)
{
    const auto shape = shapeOf(index, names, "unet.out.2.weight");
    return !shape.empty() && shape.front() == DeblurDiffLayout{}.kernel.outChannels;
}

/// Stable Diffusion 2.1 and its relatives differ in the width of the text.
std::string baseSentence(const NameComparison& comparison)
{
    if (!comparison.misshaped.empty())
        return "this is a Stable Diffusion model of another version or size, without LKPN and "
               "ControlNet";
    return "this is a Stable Diffusion 2.1 base model without LKPN and ControlNet";
}

void describeParts(Identification& result, const TensorIndex& index, PartSet present)
{
    result.kind = CheckpointKind::Incomplete;
    if (present == everyPart && result.comparison.isComplete()) {
        result.kind = CheckpointKind::DeblurDiff;
        result.sentence = "the published DeblurDiff checkpoint, complete";
    } else if (present == everyPart) {
        result.sentence =
            "all parts of DeblurDiff, but not as published: " + summary(result.comparison);
    } else if (present == baseParts) {
        result.kind = CheckpointKind::StableDiffusion;
        result.sentence = baseSentence(result.comparison) + wanted;
    } else if (present == controlOnly) {
        result.kind = CheckpointKind::ControlNet;
        result.sentence = std::string("this is a ControlNet alone") + wanted;
    } else if (present == kernelOnly ||
               (present == unetOnly && isKernelNetworkAlone(index, result.names))) {
        result.kind = CheckpointKind::KernelNetwork;
        result.sentence = std::string("this is a kernel network (LKPN) alone") + wanted;
    } else if (present == autoencoderOnly) {
        result.kind = CheckpointKind::Autoencoder;
        result.sentence = std::string("this is an autoencoder (VAE) alone") + wanted;
    } else {
        result.sentence = "of DeblurDiff this file holds only " + wordsFor(present) + wanted;
    }
}

constexpr std::string_view architectures[]{"msg", "deblurdiff"};

/// A file that says what it is keeps its names; its network checks them when it is loaded.
Identification limpidModel(const TensorIndex& index, const std::string& architecture)
{
    if (std::ranges::find(architectures, architecture) == std::end(architectures))
        return {.kind = CheckpointKind::Unknown,
                .architecture = architecture,
                .sentence = "a model for '" + architecture + "', which this Limpid does not know"};
    Identification result{.kind = CheckpointKind::Limpid,
                          .architecture = architecture,
                          .sentence = "a model for Limpid, '" + architecture + "'"};
    for (const auto& [name, entry] : index.tensors)
        result.names.emplace(name, name);
    return result;
}

} // namespace

Identification identify(const TensorIndex& index)
{
    const auto architecture = index.metadata.find("architecture");
    if (architecture != index.metadata.end())
        return limpidModel(index, architecture->second);
    Identification result{.architecture = "deblurdiff", .names = publishedNames(index)};
    const PartSet present = partsOf(result.names);
    const TensorShapes published = tensorShapes({});
    result.comparison = compare(index, result.names, published);
    std::erase_if(result.names, [&](const auto& item) { return !published.contains(item.first); });
    if (present.any()) {
        describeParts(result, index, present);
    } else {
        result.architecture.clear();
        result.sentence = "none of its " + std::to_string(index.tensors.size()) +
                          " tensors belongs to a network that Limpid knows";
    }
    return result;
}

std::string summary(const NameComparison& comparison)
{
    std::string text;
    if (!comparison.missing.empty())
        text = counted(comparison.missing, " tensor is missing", " tensors are missing");
    if (!comparison.misshaped.empty())
        text += (text.empty() ? "" : ", ") +
                counted(comparison.misshaped, " has another shape", " have other shapes");
    return text;
}

} // namespace limpid::checkpoint
