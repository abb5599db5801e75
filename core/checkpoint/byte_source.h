// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace limpid::checkpoint {

/// Bytes that are read range by range, never all at once. Immutable; any thread.
class ByteSource {
public:
    ByteSource() = default;
    virtual ~ByteSource() = default;
    ByteSource(const ByteSource&) = delete;
    ByteSource& operator=(const ByteSource&) = delete;

    virtual std::uint64_t size() const = 0;

    /// Fills `target` with what begins at `offset`; all of it lies inside size(). Throws Failure.
    virtual void read(std::uint64_t offset, std::span<std::byte> target) const = 0;
};

/// `count` bytes from `offset` on, numbers that nobody vouches for: Failure (ModelDamaged, without
/// a path) when they reach beyond the end. `count` is to be limited first, since it is allocated.
std::vector<std::byte> bytesAt(const ByteSource& source, std::uint64_t offset, std::uint64_t count);

} // namespace limpid::checkpoint
