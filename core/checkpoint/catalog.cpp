// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/catalog.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>

namespace limpid::checkpoint {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int schema = 1;
constexpr std::size_t largestCatalog = 1 << 20;
constexpr std::size_t hexDigits = 64;

std::string readText(const fs::path& path)
{
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        throw Failure({ErrorCode::ModelMissing, "the folder of models has no catalog", path});
    if (status.type() != fs::file_type::regular)
        throw Failure({ErrorCode::NotARegularFile, "the catalog is not a regular file", path});
    std::ifstream stream(path, std::ios::binary);
    std::string text(largestCatalog, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad() || (stream.fail() && !stream.eof()))
        throw Failure({ErrorCode::FileUnreadable, "the catalog cannot be read", path});
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

/// Text of a member that must be there; the empty text is refused by the caller's checks.
std::string textOf(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t numberOf(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

/// A number that makes no sense counts as none: what it says is a wish, not a fact of the file.
int stepsOf(const json& object)
{
    constexpr std::uint64_t most = 1000;
    const auto steps = numberOf(object, "steps");
    return steps <= most ? static_cast<int>(steps) : 0;
}

/// A name without a folder: the catalog cannot point anywhere else.
bool isPlainName(const std::string& name)
{
    return !name.empty() && name != "." && name != ".." &&
           name.find_first_of(std::string("/\\\0", 3)) == std::string::npos;
}

bool isChecksum(const std::string& text)
{
    return text.size() == hexDigits &&
           text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

CatalogEntry entryOf(const json& object)
{
    const auto damaged = [](const std::string& what) {
        return Failure({ErrorCode::ModelDamaged, "catalog: " + what, {}});
    };
    if (!object.is_object())
        throw damaged("a model is not an object");
    CatalogEntry entry{.id = textOf(object, "id"),
                       .method = textOf(object, "method"),
                       .architecture = textOf(object, "architecture"),
                       .file = textOf(object, "file"),
                       .bytes = numberOf(object, "bytes"),
                       .sha256 = textOf(object, "sha256"),
                       .license = textOf(object, "license"),
                       .precision = textOf(object, "precision"),
                       .parameters = numberOf(object, "parameters"),
                       .steps = stepsOf(object),
                       .importedFrom = textOf(object, "imported_from"),
                       .sourceSha256 = textOf(object, "source_sha256")};
    if (entry.id.empty() || entry.method.empty() || entry.bytes == 0)
        throw damaged("model '" + entry.id + "' lacks id, method or bytes");
    if (!isPlainName(entry.file))
        throw damaged("model '" + entry.id + "' has no plain file name");
    if (!isChecksum(entry.sha256))
        throw damaged("model '" + entry.id + "' has no SHA-256");
    return entry;
}

json parse(const std::string& text)
{
    json catalog = json::parse(text, nullptr, /*allow_exceptions=*/false);
    const bool known = catalog.is_object() && catalog.value("schema", json()) == schema;
    if (!known || !catalog.value("models", json()).is_array())
        throw Failure({ErrorCode::ModelDamaged, "catalog: not a list of models of schema 1", {}});
    return catalog;
}

std::vector<CatalogEntry> entriesOf(const json& catalog)
{
    std::vector<CatalogEntry> entries;
    for (const json& object : catalog["models"])
        entries.push_back(entryOf(object));
    return entries;
}

json toJson(const CatalogEntry& entry)
{
    json object{
        {"id", entry.id},          {"method", entry.method}, {"architecture", entry.architecture},
        {"file", entry.file},      {"bytes", entry.bytes},   {"sha256", entry.sha256},
        {"license", entry.license}};
    if (!entry.precision.empty())
        object["precision"] = entry.precision;
    if (entry.parameters != 0)
        object["parameters"] = entry.parameters;
    if (entry.steps != 0)
        object["steps"] = entry.steps;
    if (!entry.importedFrom.empty())
        object["imported_from"] = entry.importedFrom;
    if (!entry.sourceSha256.empty())
        object["source_sha256"] = entry.sourceSha256;
    return object;
}

bool hasId(const json& object, std::string_view id)
{
    return object.is_object() && textOf(object, "id") == id;
}

Result<void> write(const fs::path& path, const json& catalog)
{
    const std::string text = catalog.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
    return writeFileAtomically(path, std::as_bytes(std::span(text)));
}

/// Reads a catalog, applies a change to it and writes it.
template<class Change>
Result<void> edit(const fs::path& folder, Change change)
{
    const fs::path path = folder / "catalog.json";
    std::error_code error;
    try {
        json catalog{{"schema", schema}, {"models", json::array()}};
        if (fs::exists(fs::symlink_status(path, error)))
            catalog = parse(readText(path));
        change(catalog["models"]);
        return write(path, catalog);
    } catch (const Failure& failure) {
        return fail(failure.error().code, failure.error().detail, path);
    }
}

} // namespace

Result<Catalog> Catalog::read(const fs::path& folder)
{
    if (folder.empty()) // not the current one
        return fail(ErrorCode::ModelMissing, "there is no folder of models", {});
    const fs::path path = folder / "catalog.json";
    try {
        Catalog catalog;
        catalog.folder_ = folder;
        catalog.entries_ = entriesOf(parse(readText(path)));
        return catalog;
    } catch (const Failure& failure) {
        return fail(failure.error().code, failure.error().detail, path);
    }
}

Result<CatalogEntry> Catalog::defaultFor(std::string_view method) const
{
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const auto& entry) { return entry.method == method; });
    if (found == entries_.end())
        return fail(ErrorCode::ModelMissing,
                    "the catalog lists no model for '" + std::string(method) + "'",
                    folder_ / "catalog.json");
    return *found;
}

Result<CatalogEntry> Catalog::find(std::string_view id) const
{
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const auto& entry) { return entry.id == id; });
    if (found == entries_.end())
        return fail(ErrorCode::ModelMissing, "the catalog lists no model '" + std::string(id) + "'",
                    folder_ / "catalog.json");
    return *found;
}

ModelState Catalog::presence(const CatalogEntry& entry) const
{
    std::error_code error;
    const auto size = fs::file_size(pathOf(entry), error);
    if (error)
        return ModelState::Missing;
    return size == entry.bytes ? ModelState::Installed : ModelState::WrongHash;
}

ModelState Catalog::state(const CatalogEntry& entry) const
{
    const auto path = verified(entry);
    if (path)
        return ModelState::Installed;
    return path.error().code == ErrorCode::ModelMissing ? ModelState::Missing
                                                        : ModelState::WrongHash;
}

Result<fs::path> Catalog::verified(const CatalogEntry& entry) const
{
    const fs::path path = pathOf(entry);
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return fail(ErrorCode::ModelMissing, "model '" + entry.id + "' is not installed", path);
    const auto size = fs::file_size(path, error);
    if (error || size != entry.bytes)
        return fail(ErrorCode::ModelDamaged,
                    "want " + std::to_string(entry.bytes) + " bytes, got " + std::to_string(size),
                    path);
    const auto sum = sha256OfFile(path);
    if (!sum)
        return tl::unexpected(sum.error());
    if (*sum != entry.sha256)
        return fail(ErrorCode::ModelDamaged, "the checksum differs from the catalog's", path);
    return path;
}

Result<ListedModel> findModel(const std::vector<fs::path>& folders, const std::string& method,
                              const std::string& id)
{
    Error reason{.code = ErrorCode::ModelMissing,
                 .detail = "no model of '" + method + "' is installed",
                 .path = folders.empty() ? fs::path() : folders.front() / "catalog.json"};
    for (const auto& folder : folders) {
        const auto catalog = Catalog::read(folder);
        if (!catalog) {
            // A folder without models is no news; one that cannot be read may be why none is found.
            if (catalog.error().code != ErrorCode::ModelMissing)
                reason = catalog.error();
            continue;
        }
        for (const auto& entry : catalog->entries())
            if (entry.method == method && (id.empty() || entry.id == id))
                return ListedModel{.catalog = *catalog, .entry = entry};
    }
    if (!id.empty() && reason.code == ErrorCode::ModelMissing)
        reason.detail = "the model '" + id + "' of '" + method + "' is not installed";
    return tl::unexpected(reason);
}

std::optional<int> preferredSteps(const std::vector<fs::path>& folders, const std::string& method,
                                  const std::string& id)
{
    const auto listed = findModel(folders, method, id);
    return listed && listed->entry.steps > 0 ? std::optional(listed->entry.steps) : std::nullopt;
}

Result<void> addToCatalog(const fs::path& folder, const CatalogEntry& entry)
{
    return edit(folder, [&](json& models) {
        const auto known = std::find_if(models.begin(), models.end(), [&](const json& object) {
            return hasId(object, entry.id);
        });
        if (known != models.end())
            known->update(toJson(entry));
        else
            models.push_back(toJson(entry));
    });
}

Result<void> removeFromCatalog(const fs::path& folder, std::string_view id)
{
    const auto catalog = Catalog::read(folder);
    if (!catalog)
        return tl::unexpected(catalog.error());
    const auto entry = catalog->find(id);
    if (!entry)
        return tl::unexpected(entry.error());
    // First out of the list: a file that nobody lists does less harm than a model without one.
    auto listed = edit(folder, [&](json& models) {
        models.erase(std::remove_if(models.begin(), models.end(),
                                    [&](const json& object) { return hasId(object, id); }),
                     models.end());
    });
    if (!listed)
        return listed;
    std::error_code error;
    const fs::path path = catalog->pathOf(*entry);
    if (!fs::remove(path, error) && error)
        return fail(ErrorCode::FileUnwritable, error.message(), path);
    return {};
}

} // namespace limpid::checkpoint
