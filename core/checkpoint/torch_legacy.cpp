// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/torch_legacy.h"

#include "core/base/byte_reader.h"
#include "core/checkpoint/torch_state.h"

#include <algorithm>
#include <map>
#include <string>

namespace limpid::checkpoint {
namespace {

/// 0x1950a86a20f9469cfc6c, little-endian.
constexpr std::string_view magicNumber("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
constexpr std::int64_t version = 1001;
constexpr std::uint64_t countBytes = 8; ///< In front of a storage: how many elements it has.

[[noreturn]] void refuse(ErrorCode code, std::string detail)
{
    throw Failure({code, std::move(detail), {}});
}

/// The pickles in front of the storages are small; the limits of the object's are ample for them.
Pickle nextPickle(std::span<const std::byte> bytes, std::size_t& position)
{
    Pickle pickle = readPickle(bytes.subspan(position));
    position += pickle.bytesRead;
    return pickle;
}

void checkMagic(const Pickle& pickle)
{
    const PickleNode& magic = pickle[pickle.root];
    if (magic.kind != PickleKind::BigInt || magic.text != magicNumber)
        refuse(ErrorCode::UnsupportedFormat, "a pickle, but not one of PyTorch");
}

void checkVersion(const Pickle& pickle)
{
    const PickleNode& number = pickle[pickle.root];
    if (number.kind != PickleKind::Int || number.integer != version)
        refuse(ErrorCode::UnsupportedFormat, "an unknown version of PyTorch's old format");
}

void checkMachine(const Pickle& pickle)
{
    const PickleNode* little = pickle.find(pickle[pickle.root], "little_endian");
    if (little && (little->kind != PickleKind::Bool || little->integer != 1))
        refuse(ErrorCode::UnsupportedFormat, "its numbers are not little-endian");
}

/// The sizes of elements of all storages that the object names.
std::map<std::string_view, std::size_t> elementSizes(const Pickle& object)
{
    std::map<std::string_view, std::size_t> sizes;
    for (const PickleNode& node : object.nodes) {
        if (node.kind != PickleKind::Storage)
            continue;
        const auto [place, isNew] =
            sizes.emplace(object[node.items[0]].text, node.storage->elementBytes);
        if (!isNew && place->second != node.storage->elementBytes)
            refuse(ErrorCode::ModelDamaged, "a storage has two types");
    }
    return sizes;
}

using Extents = std::map<std::string_view, StorageExtent>;

Extents locateStorages(const ByteSource& file, std::uint64_t position, const Pickle& object,
                       const Pickle& keys)
{
    const auto sizes = elementSizes(object);
    Extents extents;
    if (keys[keys.root].kind != PickleKind::List)
        refuse(ErrorCode::ModelDamaged, "the list of storages is missing");
    for (const PickleId id : keys[keys.root].items) {
        const auto size = sizes.find(keys[id].text);
        if (keys[id].kind != PickleKind::Text || size == sizes.end())
            refuse(ErrorCode::ModelDamaged, "an unknown storage is listed");
        const auto count = bytesAt(file, position, countBytes);
        std::uint64_t bytes = 0;
        if (__builtin_mul_overflow(
                ByteReader(count, {}, ErrorCode::ModelDamaged).read<std::uint64_t>(), size->second,
                &bytes))
            refuse(ErrorCode::ModelDamaged, "the size of a storage overflows");
        position += countBytes;
        if (bytes > file.size() - position)
            refuse(ErrorCode::ModelDamaged, "a storage reaches beyond the file");
        const StorageExtent extent{.offset = position, .bytes = bytes};
        position += bytes;
        if (!extents.emplace(size->first, extent).second)
            refuse(ErrorCode::ModelDamaged, "a storage is listed twice");
    }
    return extents;
}

/// What stands in front of the storages. The pickles borrow the bytes.
struct Beginning {
    std::vector<std::byte> bytes;
    Pickle object;
    Pickle keys;
    std::size_t end = 0;
};

Beginning parsed(std::vector<std::byte> bytes)
{
    Beginning beginning{.bytes = std::move(bytes), .object = {}, .keys = {}};
    checkMagic(nextPickle(beginning.bytes, beginning.end));
    checkVersion(nextPickle(beginning.bytes, beginning.end));
    checkMachine(nextPickle(beginning.bytes, beginning.end));
    beginning.object = nextPickle(beginning.bytes, beginning.end);
    beginning.keys = nextPickle(beginning.bytes, beginning.end);
    return beginning;
}

/// Nothing tells how long the pickles are, so more is read until all of them are there.
Beginning readBeginning(const ByteSource& file)
{
    constexpr std::uint64_t firstGuess = std::uint64_t{1} << 20;
    constexpr std::uint64_t largest = std::uint64_t{256} << 20;
    const std::uint64_t most = std::min(largest, file.size());
    for (std::uint64_t count = std::min(firstGuess, most); count < most;
         count = std::min(4 * count, most)) {
        try {
            return parsed(bytesAt(file, 0, count));
        } catch (const Failure& failure) {
            if (failure.error().code != ErrorCode::ModelDamaged)
                throw;
        }
    }
    return parsed(bytesAt(file, 0, most));
}

} // namespace

TensorIndex readTorchLegacy(const ByteSource& file)
{
    const Beginning beginning = readBeginning(file);
    const Extents extents = locateStorages(file, beginning.end, beginning.object, beginning.keys);
    const auto storage = [&](std::string_view key) {
        const auto found = extents.find(key);
        if (found == extents.end())
            refuse(ErrorCode::ModelDamaged, "the storage '" + std::string(key) + "' is missing");
        return found->second;
    };
    return readStateDict(beginning.object, storage, file.size());
}

} // namespace limpid::checkpoint
