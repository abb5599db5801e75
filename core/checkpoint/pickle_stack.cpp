// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/pickle_stack.h"

#include "core/base/result.h"

namespace limpid::checkpoint {
namespace {

constexpr PickleId nothing = ~PickleId{0};

} // namespace

void refusePickle(std::string detail)
{
    throw Failure({ErrorCode::ModelDamaged, "pickle: " + std::move(detail), {}});
}

void PickleStack::push(PickleId id)
{
    if (stack_.size() >= limits_.stack)
        refusePickle("too many values wait on the stack");
    stack_.push_back(id);
}

void PickleStack::pushNew(PickleNode node)
{
    if (pickle_.nodes.size() >= limits_.values)
        refusePickle("more than " + std::to_string(limits_.values) + " values");
    push(static_cast<PickleId>(pickle_.nodes.size()));
    pickle_.nodes.push_back(std::move(node));
}

PickleId PickleStack::top() const
{
    if (stack_.size() <= floor())
        refusePickle("a value is missing on the stack");
    return stack_.back();
}

PickleId PickleStack::pop()
{
    const PickleId id = top();
    stack_.pop_back();
    return id;
}

std::vector<PickleId> PickleStack::pop(std::size_t count)
{
    if (stack_.size() - floor() < count)
        refusePickle("a value is missing on the stack");
    const auto first = stack_.end() - static_cast<std::ptrdiff_t>(count);
    std::vector<PickleId> items(first, stack_.end());
    stack_.erase(first, stack_.end());
    return items;
}

void PickleStack::mark()
{
    if (marks_.size() >= limits_.marks)
        refusePickle("it is nested too deeply");
    marks_.push_back(stack_.size());
}

std::vector<PickleId> PickleStack::popToMark()
{
    if (marks_.empty())
        refusePickle("a mark is missing");
    auto items = pop(stack_.size() - marks_.back());
    marks_.pop_back();
    return items;
}

void PickleStack::remember(std::size_t place)
{
    if (place >= limits_.memo)
        refusePickle("it remembers too much");
    if (place >= memo_.size())
        memo_.resize(place + 1, nothing);
    memo_[place] = top();
}

void PickleStack::recall(std::size_t place)
{
    if (place >= memo_.size() || memo_[place] == nothing)
        refusePickle("it recalls what it never remembered");
    push(memo_[place]);
}

const PickleNode& PickleStack::at(PickleId id, PickleKind kind, const char* what) const
{
    const PickleNode& node = pickle_.nodes[id];
    if (node.kind != kind)
        refusePickle(std::string(what) + " has the wrong type");
    return node;
}

Pickle PickleStack::finish(std::size_t bytesRead)
{
    pickle_.root = pop();
    pickle_.bytesRead = bytesRead;
    return std::move(pickle_);
}

} // namespace limpid::checkpoint
