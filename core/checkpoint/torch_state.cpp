// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/torch_state.h"

#include "core/base/result.h"

#include <algorithm>
#include <array>
#include <string>

namespace limpid::checkpoint {
namespace {

constexpr std::size_t mostTensors = 200'000;
constexpr std::size_t mostDimensions = 16;
/// Views may repeat elements; a small file must not become a huge one by it.
constexpr std::uint64_t largestGrowth = 4;
constexpr std::uint64_t smallFile = std::uint64_t{64} << 20;

[[noreturn]] void refuse(std::string_view name, const std::string& what)
{
    throw Failure({ErrorCode::ModelDamaged, "tensor '" + std::string(name) + "' " + what, {}});
}

std::uint64_t product(std::uint64_t a, std::uint64_t b, std::string_view name)
{
    std::uint64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result) ||
        result > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        refuse(name, "has a size that overflows");
    return result;
}

std::uint64_t sum(std::uint64_t a, std::uint64_t b, std::string_view name)
{
    std::uint64_t result = 0;
    if (__builtin_add_overflow(a, b, &result))
        refuse(name, "has a size that overflows");
    return result;
}

class StateReader {
public:
    StateReader(const Pickle& pickle, const StorageLookup& storages)
        : pickle_(pickle), storages_(storages)
    {}

    TensorEntry read(std::string_view name, const PickleNode& tensor) const
    {
        const PickleNode& storage = pickle_[tensor.items[0]];
        const StorageExtent extent = checkedStorage(name, storage);
        TensorEntry entry{.dtype = *tensor.storage->dtype,
                          .shape = numbers(name, pickle_[tensor.items[2]]),
                          .strides = numbers(name, pickle_[tensor.items[3]])};
        if (entry.shape.size() != entry.strides.size())
            refuse(name, "has more sizes than strides, or fewer");
        const auto first = number(name, pickle_[tensor.items[1]]);
        checkView(name, entry, first, extent.bytes / tensor.storage->elementBytes);
        entry.offset = extent.offset + first * tensor.storage->elementBytes;
        entry.bytes = elements(name, entry.shape) * tensor.storage->elementBytes;
        if (isContiguous(entry))
            entry.strides.clear();
        return entry;
    }

private:
    static std::uint64_t number(std::string_view name, const PickleNode& node)
    {
        if (node.kind != PickleKind::Int || node.integer < 0)
            refuse(name, "has a negative or odd number");
        return static_cast<std::uint64_t>(node.integer);
    }

    std::vector<std::int64_t> numbers(std::string_view name, const PickleNode& tuple) const
    {
        if (tuple.items.size() > mostDimensions)
            refuse(name, "has too many dimensions");
        std::vector<std::int64_t> values;
        for (const PickleId id : tuple.items)
            values.push_back(static_cast<std::int64_t>(number(name, pickle_[id])));
        return values;
    }

    StorageExtent checkedStorage(std::string_view name, const PickleNode& storage) const
    {
        const auto count = number(name, pickle_[storage.items[1]]);
        const auto bytes = product(count, storage.storage->elementBytes, name);
        const StorageExtent extent = storages_(pickle_[storage.items[0]].text);
        if (extent.bytes != bytes)
            refuse(name, "states " + std::to_string(bytes) + " bytes, there are " +
                             std::to_string(extent.bytes));
        return extent;
    }

    static std::uint64_t elements(std::string_view name, const std::vector<std::int64_t>& shape)
    {
        // Checked also behind a zero, so that nobody can overflow later.
        std::uint64_t count = 1;
        for (const std::int64_t size : shape)
            count =
                product(count, std::max<std::uint64_t>(1, static_cast<std::uint64_t>(size)), name);
        product(count, sizeof(double), name);
        return std::find(shape.begin(), shape.end(), 0) == shape.end() ? count : 0;
    }

    /// The last element a view reaches lies inside its storage.
    static void checkView(std::string_view name, const TensorEntry& entry, std::uint64_t first,
                          std::uint64_t count)
    {
        if (first > count)
            refuse(name, "begins outside its storage");
        if (elements(name, entry.shape) == 0)
            return;
        std::uint64_t last = first;
        for (std::size_t d = 0; d < entry.shape.size(); ++d) {
            const auto steps = static_cast<std::uint64_t>(entry.shape[d] - 1);
            last =
                sum(last, product(steps, static_cast<std::uint64_t>(entry.strides[d]), name), name);
        }
        if (last >= count)
            refuse(name, "reaches outside its storage");
    }

    static bool isContiguous(const TensorEntry& entry)
    {
        if (entry.bytes == 0)
            return true;
        std::int64_t expected = 1;
        for (std::size_t d = entry.shape.size(); d-- > 0;) {
            if (entry.shape[d] != 1 && entry.strides[d] != expected)
                return false;
            expected *= entry.shape[d];
        }
        return true;
    }

    const Pickle& pickle_;
    const StorageLookup& storages_;
};

/// Training checkpoints keep the weights beside the optimizer's state and much else.
const PickleNode& stateDict(const Pickle& pickle)
{
    const PickleNode& root = pickle[pickle.root];
    if (root.kind != PickleKind::Dict)
        throw Failure({ErrorCode::UnsupportedFormat, "the file does not hold a dict", {}});
    for (const std::string_view key : {"state_dict", "params_ema", "params", "model"}) {
        const PickleNode* inner = pickle.find(root, key);
        if (inner && inner->kind == PickleKind::Dict)
            return *inner;
    }
    return root;
}

} // namespace

TensorIndex readStateDict(const Pickle& pickle, const StorageLookup& storages,
                          std::uint64_t fileBytes)
{
    const PickleNode& dict = stateDict(pickle);
    const StateReader reader(pickle, storages);
    const std::uint64_t limit = largestGrowth * fileBytes + smallFile;
    std::uint64_t total = 0;
    TensorIndex index;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const PickleNode& key = pickle[dict.items[i]];
        const PickleNode& value = pickle[dict.items[i + 1]];
        if (key.kind != PickleKind::Text || value.kind != PickleKind::Tensor)
            continue;
        if (index.tensors.size() >= mostTensors)
            refuse(key.text, "is one too many");
        auto entry = reader.read(key.text, value);
        total = sum(total, entry.bytes, key.text);
        if (total > limit)
            refuse(key.text, "makes the tensors many times larger than the file");
        if (!index.tensors.emplace(key.text, std::move(entry)).second)
            refuse(key.text, "appears twice");
    }
    if (index.tensors.empty())
        throw Failure({ErrorCode::UnsupportedFormat, "the file holds no tensors by name", {}});
    return index;
}

} // namespace limpid::checkpoint
