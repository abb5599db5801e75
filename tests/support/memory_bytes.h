// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/byte_source.h"

#include <algorithm>

namespace limpid::tests {

/// Bytes in memory, borrowed, as the readers of checkpoints want them.
class MemoryBytes : public checkpoint::ByteSource {
public:
    explicit MemoryBytes(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::uint64_t size() const override { return bytes_.size(); }

    void read(std::uint64_t offset, std::span<std::byte> target) const override
    {
        std::ranges::copy(bytes_.subspan(static_cast<std::size_t>(offset), target.size()),
                          target.begin());
    }

private:
    std::span<const std::byte> bytes_;
};

} // namespace limpid::tests
