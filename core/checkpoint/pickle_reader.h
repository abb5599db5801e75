// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/pickle_names.h"

#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

namespace limpid::checkpoint {

using PickleId = std::uint32_t; ///< Index into Pickle::nodes.

enum class PickleKind {
    None,
    Bool,
    Int,
    BigInt, ///< Over 64 bits: `text` holds its little-endian bytes.
    Float,
    Text,
    Bytes,
    Tuple,
    List,
    Set,
    Dict, ///< `items` alternates keys and values.
    Callable,
    StorageClass,
    Storage, ///< `items`: key, number of elements.
    Tensor,  ///< `items`: storage, offset, sizes, strides; kinds checked, numbers not.
    Opaque   ///< Something that only running code could make; skipped.
};

/// A value. Its contents refer to other nodes by number, so that cycles and depth do no harm.
struct PickleNode {
    PickleKind kind = PickleKind::None;
    PickleCall call = PickleCall::Nothing;
    const StorageType* storage = nullptr;
    std::int64_t integer = 0;
    std::string_view text{}; ///< Points into the bytes that were read.
    std::vector<PickleId> items{};
};

struct Pickle {
    std::deque<PickleNode> nodes; ///< A deque: growing never copies.
    PickleId root = 0;
    std::size_t bytesRead = 0; ///< Another pickle may follow.

    const PickleNode& operator[](PickleId id) const { return nodes[id]; }

    /// The value of a dict's key; null when there is none.
    const PickleNode* find(const PickleNode& dict, std::string_view key) const;
};

struct PickleLimits {
    std::size_t operations = 8'000'000;
    std::size_t values = 3'000'000;
    std::size_t stack = 1'000'000;
    std::size_t marks = 1'000; ///< Nesting.
    std::size_t memo = 3'000'000;
};

/// Reads one pickle of protocol 2 to 4 without running anything: calls on a short list make dicts,
/// sets, bytes and descriptions of tensors, all others opaque values. Throws Failure
/// (ModelDamaged, UnsupportedFormat, without a path). The result borrows `bytes`.
Pickle readPickle(std::span<const std::byte> bytes, const PickleLimits& limits = {});

} // namespace limpid::checkpoint
