// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/model_cache.h"

#include "core/checkpoint/catalog.h"
#include "core/inference/precision.h"

namespace limpid::inference {

namespace {

namespace fs = std::filesystem;
using checkpoint::Catalog;
using checkpoint::CatalogEntry;

/// Hashing more than this takes seconds at every start of a job.
constexpr std::uint64_t rehashedBytes = std::uint64_t{64} << 20;

/// The path of an entry's file that is what the catalog says, as far as that is quickly told.
Result<fs::path> trusted(const Catalog& catalog, const CatalogEntry& entry)
{
    if (entry.bytes <= rehashedBytes)
        return catalog.verified(entry);
    const auto path = catalog.pathOf(entry);
    std::error_code error;
    const auto bytes = fs::file_size(path, error);
    if (error)
        return fail(ErrorCode::ModelMissing, error.message(), path);
    if (bytes != entry.bytes)
        return fail(ErrorCode::ModelDamaged, "its size is not the one that was imported", path);
    return path;
}

} // namespace

Result<fs::path> ModelCache::fileOf(const std::string& method, const std::string& model) const
{
    const auto listed = checkpoint::findModel(folders_, method, model);
    if (!listed)
        return tl::unexpected(listed.error());
    return trusted(listed->catalog, listed->entry);
}

Result<LoadedModel> ModelCache::load(const methods::MethodEntry& entry, const std::string& model,
                                     const CancelToken& token) const
{
    const auto path = fileOf(entry.spec.id, model);
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

Result<LoadedModel*> ModelCache::find(const methods::MethodEntry& entry, const ModelQuery& query,
                                      const CancelToken& token)
{
    const std::string wanted = entry.spec.id + "/" + query.model;
    const bool fresh = !loaded_ || kept_ != wanted;
    if (!fresh && loaded_->device == query.device)
        return &*loaded_;
    // A model that fails half way to its device must not be found again in that state.
    auto moving = fresh ? std::nullopt : std::move(loaded_);
    loaded_.reset();
    if (fresh) {
        auto loaded = load(entry, query.model, token);
        if (!loaded)
            return tl::unexpected(loaded.error());
        moving = std::move(*loaded);
    }
    moving->method->moveTo(query.device);
    moving->device = query.device;
    moving->bf16 = toleratesBf16(*moving->method, query.device);
    loaded_ = std::move(moving);
    kept_ = wanted;
    return &*loaded_;
}

} // namespace limpid::inference
