// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/model_cache.h"

#include "core/checkpoint/catalog.h"
#include "core/inference/precision.h"

namespace limpid::inference {

Result<LoadedModel> ModelCache::load(const methods::MethodEntry& entry,
                                     const CancelToken& token) const
{
    const auto catalog = checkpoint::Catalog::read(folder_);
    if (!catalog)
        return tl::unexpected(catalog.error());
    const auto listed = catalog->defaultFor(entry.spec.id);
    if (!listed)
        return tl::unexpected(listed.error());
    const auto path = catalog->verified(*listed);
    if (!path)
        return tl::unexpected(path.error());
    const auto file = checkpoint::SafetensorsFile::open(*path);
    if (!file)
        return tl::unexpected(file.error());
    auto method = entry.load(*file, token);
    if (!method)
        return fail(method.error().code, method.error().detail, *path);
    return LoadedModel{.method = std::move(*method)};
}

Result<LoadedModel*> ModelCache::find(const methods::MethodEntry& entry,
                                      const torch::Device& device, const CancelToken& token)
{
    auto known = models_.find(entry.spec.id);
    const bool fresh = known == models_.end();
    if (fresh) {
        auto loaded = load(entry, token);
        if (!loaded)
            return tl::unexpected(loaded.error());
        known = models_.emplace(entry.spec.id, std::move(*loaded)).first;
    }
    LoadedModel& model = known->second;
    if (fresh || model.device != device) {
        // A model that fails half way to its device must not be found again in that state.
        LoadedModel moving = std::move(model);
        models_.erase(known);
        moving.method->moveTo(device);
        moving.device = device;
        moving.bf16 = toleratesBf16(*moving.method, device);
        known = models_.emplace(entry.spec.id, std::move(moving)).first;
    }
    return &known->second;
}

} // namespace limpid::inference
