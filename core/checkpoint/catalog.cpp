// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/catalog.h"

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
                       .bytes = 0,
                       .sha256 = textOf(object, "sha256"),
                       .license = textOf(object, "license")};
    const auto bytes = object.find("bytes");
    if (bytes != object.end() && bytes->is_number_unsigned())
        entry.bytes = bytes->get<std::uint64_t>();
    if (entry.id.empty() || entry.method.empty() || entry.bytes == 0)
        throw damaged("model '" + entry.id + "' lacks id, method or bytes");
    if (!isPlainName(entry.file))
        throw damaged("model '" + entry.id + "' has no plain file name");
    if (!isChecksum(entry.sha256))
        throw damaged("model '" + entry.id + "' has no SHA-256");
    return entry;
}

std::vector<CatalogEntry> parse(const std::string& text)
{
    const json catalog = json::parse(text, nullptr, /*allow_exceptions=*/false);
    const bool known = catalog.is_object() && catalog.value("schema", json()) == schema;
    if (!known || !catalog.value("models", json()).is_array())
        throw Failure({ErrorCode::ModelDamaged, "catalog: not a list of models of schema 1", {}});
    std::vector<CatalogEntry> entries;
    for (const json& object : catalog["models"])
        entries.push_back(entryOf(object));
    return entries;
}

} // namespace

Result<Catalog> Catalog::read(const fs::path& folder)
{
    const fs::path path = folder / "catalog.json";
    try {
        Catalog catalog;
        catalog.folder_ = folder;
        catalog.entries_ = parse(readText(path));
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

} // namespace limpid::checkpoint
