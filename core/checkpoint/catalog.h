// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::checkpoint {

/// One set of weights, as catalog.json lists it:
/// { "schema": 1, "models": [ { "id": "msg-xs", "method": "msg", "architecture": "msg",
///   "file": "msg-xs.safetensors", "bytes": 7000000, "sha256": "<64 hex digits>",
///   "license": "CC-BY-SA-4.0" } ] }
/// "steps" may be there too, and imported models have all members; one that is not known is kept.
struct CatalogEntry {
    std::string id;
    std::string method;       ///< engine::MethodSpec::id.
    std::string architecture; ///< For people; the file itself says what it holds.
    std::string file;         ///< A plain name inside the folder of models.
    std::uint64_t bytes = 0;
    std::string sha256{};
    std::string license{};        ///< SPDX identifier, or words.
    std::string precision{};      ///< "fp32", "fp16", "bf16", "mixed"; empty: not known.
    std::uint64_t parameters = 0; ///< 0: not known.
    int steps = 0;                ///< Of a run, as these weights prefer it; 0: not said.
    std::string importedFrom{};   ///< Name of the file it was made of; empty: came with Limpid.
    std::string sourceSha256{};   ///< Of that file.
};

enum class ModelState { Installed, Missing, WrongHash };

/// The models that belong to a folder, and whether they are there. Immutable; any thread.
class Catalog {
public:
    /// Reads folder/catalog.json. ModelMissing, ModelDamaged, NotARegularFile, FileUnreadable.
    [[nodiscard]] static Result<Catalog> read(const std::filesystem::path& folder);

    const std::vector<CatalogEntry>& entries() const { return entries_; }

    /// The first entry of a method is its default. ModelMissing when there is none.
    [[nodiscard]] Result<CatalogEntry> defaultFor(std::string_view method) const;

    std::filesystem::path pathOf(const CatalogEntry& entry) const { return folder_ / entry.file; }

    /// By the file's size only: quick, for lists.
    ModelState presence(const CatalogEntry& entry) const;

    /// Reads the whole file for its checksum.
    ModelState state(const CatalogEntry& entry) const;

    /// The entry of an id. ModelMissing when there is none.
    [[nodiscard]] Result<CatalogEntry> find(std::string_view id) const;

    /// The path of a file whose size and checksum are right. ModelMissing, ModelDamaged, with it.
    [[nodiscard]] Result<std::filesystem::path> verified(const CatalogEntry& entry) const;

private:
    std::filesystem::path folder_;
    std::vector<CatalogEntry> entries_;
};

/// A model and the catalog that lists it.
struct ListedModel {
    Catalog catalog;
    CatalogEntry entry;
};

/// The first model of a method in these folders, in their order, and of this id unless it is empty.
/// ModelMissing when none fits, or why a catalog could not be read.
[[nodiscard]] Result<ListedModel> findModel(const std::vector<std::filesystem::path>& folders,
                                            const std::string& method, const std::string& id);

/// The steps of a run that the model prefers which findModel finds; none: nothing is said.
std::optional<int> preferredSteps(const std::vector<std::filesystem::path>& folders,
                                  const std::string& method, const std::string& id);

/// Adds a model to folder/catalog.json, or replaces the one of the same id. All else in the file is
/// kept. ModelDamaged, FileUnwritable, DiskFull.
[[nodiscard]] Result<void> addToCatalog(const std::filesystem::path& folder,
                                        const CatalogEntry& entry);

/// Takes a model out of the catalog and removes its file. ModelMissing, ModelDamaged,
/// FileUnwritable, DiskFull.
[[nodiscard]] Result<void> removeFromCatalog(const std::filesystem::path& folder,
                                             std::string_view id);

} // namespace limpid::checkpoint
