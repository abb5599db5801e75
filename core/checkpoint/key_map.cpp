// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/key_map.h"

namespace limpid::checkpoint {
namespace {

struct Translation {
    std::string_view theirs;
    std::string_view published;
};

constexpr std::string_view wrappers[]{"module.", "state_dict."};

constexpr Translation translations[]{
    {"model.diffusion_model.", "unet."},
    {"first_stage_model.", "vae."},
    {"cond_stage_model.", "clip."},
};

/// Networks whose files are also found alone, told by one of their tensors.
constexpr Translation aloneBy[]{
    {"zero_convs.0.0.weight", "controlnet."},
    {"decoder.conv_in.weight", "vae."},
};

constexpr std::string_view causalMask = "attn_mask";

std::string_view withoutWrappers(std::string_view name)
{
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view wrapper : wrappers) {
            if (!name.starts_with(wrapper))
                continue;
            name.remove_prefix(wrapper.size());
            again = true;
        }
    }
    return name;
}

} // namespace

std::string publishedName(std::string_view name)
{
    name = withoutWrappers(name);
    for (const Translation& translation : translations)
        if (name.starts_with(translation.theirs))
            return std::string(translation.published) +
                   std::string(name.substr(translation.theirs.size()));
    return std::string(name);
}

std::map<std::string, std::string> publishedNames(const TensorIndex& index)
{
    std::map<std::string, std::string> names;
    for (const auto& [name, entry] : index.tensors)
        if (!name.ends_with(causalMask))
            names.emplace(publishedName(name), name);
    for (const Translation& alone : aloneBy) {
        if (!names.contains(std::string(alone.theirs)))
            continue;
        std::map<std::string, std::string> prefixed;
        for (auto& [published, name] : names)
            prefixed.emplace(std::string(alone.published) + published, std::move(name));
        return prefixed;
    }
    return names;
}

} // namespace limpid::checkpoint
