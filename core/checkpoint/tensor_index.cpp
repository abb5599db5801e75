// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/tensor_index.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace limpid::checkpoint {

std::size_t elementSize(DType dtype) noexcept
{
    switch (dtype) {
    case DType::F64:
    case DType::I64: return 8;
    case DType::F32:
    case DType::I32: return 4;
    case DType::F16:
    case DType::BF16:
    case DType::I16: return 2;
    case DType::I8:
    case DType::U8:
    case DType::Bool: return 1;
    }
    return 0;
}

std::uint64_t elementCount(const TensorIndex& index)
{
    std::uint64_t elements = 0;
    for (const auto& [name, entry] : index.tensors)
        elements += entry.bytes / elementSize(entry.dtype);
    return elements;
}

void gatherElements(std::span<const std::byte> file, const TensorEntry& entry,
                    std::span<std::byte> target)
{
    assert(target.size() == entry.bytes);
    const std::size_t width = elementSize(entry.dtype);
    if (entry.strides.empty()) {
        std::copy_n(file.begin() + static_cast<std::ptrdiff_t>(entry.offset), target.size(),
                    target.begin());
        return;
    }
    std::vector<std::int64_t> place(entry.shape.size(), 0);
    std::uint64_t element = 0; // of the storage, counted from the view's first
    for (std::size_t to = 0; to < target.size(); to += width) {
        const auto from = static_cast<std::size_t>(entry.offset + element * width);
        std::memcpy(&target[to], &file[from], width);
        for (std::size_t d = place.size(); d-- > 0;) {
            element += static_cast<std::uint64_t>(entry.strides[d]);
            if (++place[d] < entry.shape[d])
                break;
            element -= static_cast<std::uint64_t>(entry.strides[d] * entry.shape[d]);
            place[d] = 0;
        }
    }
}

} // namespace limpid::checkpoint
