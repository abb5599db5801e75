// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/pickle_reader.h"

#include <string>

namespace limpid::checkpoint {

/// Throws Failure (ModelDamaged) with these words.
[[noreturn]] void refusePickle(std::string detail);

/// The stack and the memory of the machine that reads a pickle, within limits.
class PickleStack {
public:
    explicit PickleStack(const PickleLimits& limits) : limits_(limits) {}

    void push(PickleId id);
    void pushNew(PickleNode node);
    PickleId top() const;
    PickleId pop();
    std::vector<PickleId> pop(std::size_t count);

    /// Marks divide the stack: nothing below the last one can be taken.
    void mark();
    std::vector<PickleId> popToMark();

    void remember(std::size_t place);
    void rememberNext() { remember(memo_.size()); }
    void recall(std::size_t place);

    PickleNode& operator[](PickleId id) { return pickle_.nodes[id]; }

    /// The node, which must be of that kind.
    const PickleNode& at(PickleId id, PickleKind kind, const char* what) const;

    /// Ends the reading: the value on top is the root.
    Pickle finish(std::size_t bytesRead);

private:
    std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }

    PickleLimits limits_;
    Pickle pickle_;
    std::vector<PickleId> stack_;
    std::vector<std::size_t> marks_;
    std::vector<PickleId> memo_;
};

} // namespace limpid::checkpoint
