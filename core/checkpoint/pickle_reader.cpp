// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/pickle_reader.h"

#include "core/base/byte_reader.h"
#include "core/checkpoint/pickle_stack.h"

#include <string>

namespace limpid::checkpoint {
namespace {

std::string_view textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The stack machine of pickletools.py, reduced to what torch.save and its relatives write.
class Machine {
public:
    Machine(std::span<const std::byte> bytes, const PickleLimits& limits)
        : bytes_(bytes), limits_(limits), reader_(bytes, {}, ErrorCode::ModelDamaged),
          stack_(limits)
    {}

    Pickle run()
    {
        readProtocol();
        for (;;) {
            count(1);
            const auto operation = static_cast<char>(reader_.read<std::uint8_t>());
            if (operation == '.')
                return stack_.finish(reader_.position());
            if (!readScalar(operation) && !readText(operation) && !arrange(operation) &&
                !fill(operation) && !build(operation))
                refusePickle("the operation " +
                             std::to_string(static_cast<unsigned char>(operation)) +
                             " is not allowed");
        }
    }

private:
    void count(std::size_t operations)
    {
        operations_ += operations;
        if (operations_ > limits_.operations)
            refusePickle("more than " + std::to_string(limits_.operations) + " operations");
    }

    void readProtocol()
    {
        constexpr std::uint8_t first = 0x80;
        if (reader_.read<std::uint8_t>() != first)
            refusePickle("it does not begin with its protocol");
        const auto protocol = reader_.read<std::uint8_t>();
        if (protocol < 2 || protocol > 4)
            throw Failure({ErrorCode::UnsupportedFormat,
                           "pickle: protocol " + std::to_string(protocol) + ", want 2 to 4",
                           {}});
    }

    void pushInteger(std::int64_t value)
    {
        stack_.pushNew({.kind = PickleKind::Int, .integer = value});
    }

    void pushLong(std::uint64_t count)
    {
        const auto bytes = reader_.take(count);
        if (bytes.size() > sizeof(std::int64_t)) {
            stack_.pushNew({.kind = PickleKind::BigInt, .text = textOf(bytes)});
            return;
        }
        std::uint64_t value = 0;
        const bool negative = !bytes.empty() && (bytes.back() & std::byte{0x80}) != std::byte{0};
        for (std::size_t i = 0; i < sizeof value; ++i) {
            const auto byte = i < bytes.size() ? std::to_integer<std::uint64_t>(bytes[i])
                                               : std::uint64_t{negative ? 0xFFU : 0U};
            value |= byte << (8 * i);
        }
        pushInteger(static_cast<std::int64_t>(value));
    }

    bool readScalar(char operation)
    {
        switch (operation) {
        case 'N': stack_.pushNew({.kind = PickleKind::None}); return true;
        case '\x88': stack_.pushNew({.kind = PickleKind::Bool, .integer = 1}); return true;
        case '\x89': stack_.pushNew({.kind = PickleKind::Bool, .integer = 0}); return true;
        case 'K': pushInteger(reader_.read<std::uint8_t>()); return true;
        case 'M': pushInteger(reader_.read<std::uint16_t>()); return true;
        case 'J': pushInteger(reader_.read<std::int32_t>()); return true;
        case '\x8a': pushLong(reader_.read<std::uint8_t>()); return true;
        case '\x8b': pushLong(reader_.read<std::uint32_t>()); return true;
        case 'G':
            reader_.take(sizeof(double));
            stack_.pushNew({.kind = PickleKind::Float});
            return true;
        default: return false;
        }
    }

    void pushText(PickleKind kind, std::uint64_t count)
    {
        stack_.pushNew({.kind = kind, .text = textOf(reader_.take(count))});
    }

    bool readText(char operation)
    {
        switch (operation) {
        case 'U': // the strings of Python 2
        case '\x8c': pushText(PickleKind::Text, reader_.read<std::uint8_t>()); return true;
        case 'T':
        case 'X': pushText(PickleKind::Text, reader_.read<std::uint32_t>()); return true;
        case '\x8d': pushText(PickleKind::Text, reader_.read<std::uint64_t>()); return true;
        case 'C': pushText(PickleKind::Bytes, reader_.read<std::uint8_t>()); return true;
        case 'B': pushText(PickleKind::Bytes, reader_.read<std::uint32_t>()); return true;
        case '\x8e': pushText(PickleKind::Bytes, reader_.read<std::uint64_t>()); return true;
        default: return false;
        }
    }

    bool arrange(char operation)
    {
        switch (operation) {
        case '(': stack_.mark(); return true;
        case '0': stack_.pop(); return true;
        case '1': stack_.popToMark(); return true;
        case '2': stack_.push(stack_.top()); return true;
        case 'q': stack_.remember(reader_.read<std::uint8_t>()); return true;
        case 'r': stack_.remember(reader_.read<std::uint32_t>()); return true;
        case '\x94': stack_.rememberNext(); return true;
        case 'h': stack_.recall(reader_.read<std::uint8_t>()); return true;
        case 'j': stack_.recall(reader_.read<std::uint32_t>()); return true;
        case '\x95': // a frame: only its length matters, and only that it is there
            if (reader_.read<std::uint64_t>() > reader_.remaining())
                refusePickle("a frame is longer than the file");
            return true;
        default: return false;
        }
    }

    void extend(PickleId id, const std::vector<PickleId>& items)
    {
        PickleNode& node = stack_[id];
        if (node.kind == PickleKind::Opaque)
            return;
        if (node.kind != PickleKind::List && node.kind != PickleKind::Set &&
            node.kind != PickleKind::Dict)
            refusePickle("something is added to a value that holds nothing");
        if (node.kind == PickleKind::Dict && items.size() % 2 != 0)
            refusePickle("a key has no value");
        node.items.insert(node.items.end(), items.begin(), items.end());
    }

    bool fill(char operation)
    {
        switch (operation) {
        case '}': stack_.pushNew({.kind = PickleKind::Dict}); return true;
        case ']': stack_.pushNew({.kind = PickleKind::List}); return true;
        case '\x8f': stack_.pushNew({.kind = PickleKind::Set}); return true;
        case ')': stack_.pushNew({.kind = PickleKind::Tuple}); return true;
        case 't': pushTuple(stack_.popToMark()); return true;
        case '\x85': pushTuple(stack_.pop(1)); return true;
        case '\x86': pushTuple(stack_.pop(2)); return true;
        case '\x87': pushTuple(stack_.pop(3)); return true;
        case '\x91':
            stack_.pushNew({.kind = PickleKind::Set, .items = stack_.popToMark()});
            return true;
        case 'a': addTo(stack_.pop(1)); return true;
        case 's': addTo(stack_.pop(2)); return true;
        case 'e':
        case 'u':
        case '\x90': addTo(stack_.popToMark()); return true;
        default: return false;
        }
    }

    void pushTuple(std::vector<PickleId> items)
    {
        stack_.pushNew({.kind = PickleKind::Tuple, .items = std::move(items)});
    }

    void addTo(const std::vector<PickleId>& items) { extend(stack_.top(), items); }

    std::string_view line()
    {
        const auto rest = textOf(bytes_.subspan(reader_.position()));
        const auto end = rest.find('\n');
        if (end == std::string_view::npos)
            refusePickle("a name does not end");
        reader_.take(end + 1);
        return rest.substr(0, end);
    }

    void pushGlobal(std::string_view module, std::string_view name)
    {
        if (const auto* type = storageType(module, name)) {
            stack_.pushNew({.kind = PickleKind::StorageClass, .storage = type, .text = name});
            return;
        }
        stack_.pushNew(
            {.kind = PickleKind::Callable, .call = pickleCall(module, name), .text = name});
    }

    bool build(char operation)
    {
        switch (operation) {
        case 'c': {
            const auto module = line();
            pushGlobal(module, line());
            return true;
        }
        case '\x93': {
            const PickleNode& name = stack_.at(stack_.pop(), PickleKind::Text, "a global name");
            const PickleNode& module = stack_.at(stack_.pop(), PickleKind::Text, "a global name");
            pushGlobal(module.text, name.text);
            return true;
        }
        case 'R': {
            const PickleId arguments = stack_.pop();
            call(stack_.pop(), stack_.at(arguments, PickleKind::Tuple, "the arguments of a call"));
            return true;
        }
        case '\x81': // an object of a class: its arguments, its class
        case '\x92': // the same with named arguments
            stack_.pop(operation == '\x81' ? std::size_t{2} : std::size_t{3});
            stack_.pushNew({.kind = PickleKind::Opaque});
            return true;
        case 'b': // attributes of an object, e.g. the _metadata of a state dict
            stack_.pop();
            stack_.top();
            return true;
        case 'Q':
            pushStorage(stack_.at(stack_.pop(), PickleKind::Tuple, "a persistent name"));
            return true;
        default: return false;
        }
    }

    /// ("storage", class, key, device, number of elements, and in old files a view of it or None)
    void pushStorage(const PickleNode& name)
    {
        constexpr std::size_t fewest = 5;
        if (name.items.size() < fewest || name.items.size() > fewest + 1 ||
            stack_.at(name.items[0], PickleKind::Text, "a persistent name").text != "storage") {
            stack_.pushNew({.kind = PickleKind::Opaque});
            return;
        }
        if (name.items.size() > fewest && stack_[name.items[fewest]].kind != PickleKind::None)
            throw Failure({ErrorCode::UnsupportedFormat,
                           "pickle: it holds views of storages, as only the oldest PyTorch wrote",
                           {}});
        stack_.at(name.items[2], PickleKind::Text, "the key of a storage");
        stack_.at(name.items[4], PickleKind::Int, "the size of a storage");
        const PickleNode& type = stack_[name.items[1]];
        stack_.pushNew({.kind = type.storage ? PickleKind::Storage : PickleKind::Opaque,
                        .storage = type.storage,
                        .items = {name.items[2], name.items[4]}});
    }

    void call(PickleId callable, const PickleNode& arguments)
    {
        const PickleNode& known = stack_[callable];
        const auto& items = arguments.items;
        switch (known.kind == PickleKind::Callable ? known.call : PickleCall::Nothing) {
        case PickleCall::Nothing: stack_.pushNew({.kind = PickleKind::Opaque}); return;
        case PickleCall::MakeDict: pushDict(items); return;
        case PickleCall::MakeSet: stack_.pushNew({.kind = PickleKind::Set}); return;
        case PickleCall::MakeBytes: stack_.pushNew({.kind = PickleKind::Bytes}); return;
        case PickleCall::MakeSize: stack_.push(only(items, PickleKind::Tuple)); return;
        case PickleCall::MakeTensor: pushTensor(items); return;
        case PickleCall::MakeParameter: pushParameter(items); return;
        }
    }

    PickleId only(const std::vector<PickleId>& items, PickleKind kind)
    {
        if (items.size() != 1)
            refusePickle("a call has the wrong number of arguments");
        stack_.at(items[0], kind, "an argument");
        return items[0];
    }

    static void append(PickleNode& dict, const std::vector<PickleId>& pair)
    {
        if (pair.size() != 2)
            refusePickle("a key has no value");
        dict.items.insert(dict.items.end(), pair.begin(), pair.end());
    }

    /// OrderedDict(), or OrderedDict([(key, value), …]) as Python 2 wrote it.
    void pushDict(const std::vector<PickleId>& items)
    {
        PickleNode dict{.kind = PickleKind::Dict};
        if (!items.empty()) {
            const auto& pairs = stack_[only(items, PickleKind::List)].items;
            count(pairs.size()); // one call copies them all
            for (const PickleId pair : pairs)
                append(dict, stack_[pair].items);
        }
        stack_.pushNew(std::move(dict));
    }

    void pushTensor(const std::vector<PickleId>& items)
    {
        constexpr std::size_t needed = 4;
        if (items.size() < needed)
            refusePickle("a tensor lacks its storage, offset, size or strides");
        if (stack_[items[0]].kind == PickleKind::Opaque) {
            stack_.pushNew({.kind = PickleKind::Opaque});
            return;
        }
        const PickleNode& storage =
            stack_.at(items[0], PickleKind::Storage, "the storage of a tensor");
        stack_.at(items[1], PickleKind::Int, "the offset of a tensor");
        stack_.at(items[2], PickleKind::Tuple, "the size of a tensor");
        stack_.at(items[3], PickleKind::Tuple, "the strides of a tensor");
        stack_.pushNew({.kind = storage.storage->dtype ? PickleKind::Tensor : PickleKind::Opaque,
                        .storage = storage.storage,
                        .items = {items.begin(), items.begin() + needed}});
    }

    void pushParameter(const std::vector<PickleId>& items)
    {
        if (items.empty())
            refusePickle("a parameter has no tensor");
        stack_.push(items[0]);
    }

    std::span<const std::byte> bytes_;
    PickleLimits limits_;
    ByteReader reader_;
    PickleStack stack_;
    std::size_t operations_ = 0;
};

} // namespace

const PickleNode* Pickle::find(const PickleNode& dict, std::string_view key) const
{
    if (dict.kind != PickleKind::Dict)
        return nullptr;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
        const PickleNode& name = nodes[dict.items[i]];
        if (name.kind == PickleKind::Text && name.text == key)
            return &nodes[dict.items[i + 1]];
    }
    return nullptr;
}

Pickle readPickle(std::span<const std::byte> bytes, const PickleLimits& limits)
{
    return Machine(bytes, limits).run();
}

} // namespace limpid::checkpoint
