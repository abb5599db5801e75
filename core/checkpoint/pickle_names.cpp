// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/pickle_names.h"

#include <algorithm>
#include <array>

namespace limpid::checkpoint {
namespace {

struct KnownCall {
    std::string_view module;
    std::string_view name;
    PickleCall call;
};

// Python 3 writes the names of Python 2 in protocol 2: both stand here.
constexpr std::array knownCalls{
    KnownCall{"collections", "OrderedDict", PickleCall::MakeDict},
    KnownCall{"builtins", "dict", PickleCall::MakeDict},
    KnownCall{"__builtin__", "dict", PickleCall::MakeDict},
    KnownCall{"builtins", "set", PickleCall::MakeSet},
    KnownCall{"__builtin__", "set", PickleCall::MakeSet},
    KnownCall{"builtins", "frozenset", PickleCall::MakeSet},
    KnownCall{"__builtin__", "frozenset", PickleCall::MakeSet},
    KnownCall{"_codecs", "encode", PickleCall::MakeBytes},
    KnownCall{"builtins", "bytes", PickleCall::MakeBytes},
    KnownCall{"__builtin__", "bytes", PickleCall::MakeBytes},
    KnownCall{"torch", "Size", PickleCall::MakeSize},
    KnownCall{"torch._utils", "_rebuild_tensor", PickleCall::MakeTensor},
    KnownCall{"torch._utils", "_rebuild_tensor_v2", PickleCall::MakeTensor},
    KnownCall{"torch._utils", "_rebuild_parameter", PickleCall::MakeParameter},
    KnownCall{"torch._utils", "_rebuild_parameter_with_state", PickleCall::MakeParameter},
};

constexpr std::array storageTypes{
    StorageType{"DoubleStorage", 8, DType::F64},
    StorageType{"FloatStorage", 4, DType::F32},
    StorageType{"HalfStorage", 2, DType::F16},
    StorageType{"BFloat16Storage", 2, DType::BF16},
    StorageType{"LongStorage", 8, DType::I64},
    StorageType{"IntStorage", 4, DType::I32},
    StorageType{"ShortStorage", 2, DType::I16},
    StorageType{"CharStorage", 1, DType::I8},
    StorageType{"ByteStorage", 1, DType::U8},
    StorageType{"BoolStorage", 1, DType::Bool},
    StorageType{"ComplexFloatStorage", 8},
    StorageType{"ComplexDoubleStorage", 16},
    StorageType{"QInt8Storage", 1},
    StorageType{"QUInt8Storage", 1},
    StorageType{"QInt32Storage", 4},
    StorageType{"UntypedStorage", 1},
};

} // namespace

PickleCall pickleCall(std::string_view module, std::string_view name) noexcept
{
    const auto* found =
        std::find_if(knownCalls.begin(), knownCalls.end(), [&](const KnownCall& known) {
            return known.module == module && known.name == name;
        });
    return found == knownCalls.end() ? PickleCall::Nothing : found->call;
}

const StorageType* storageType(std::string_view module, std::string_view name) noexcept
{
    if (module != "torch" && module != "torch.storage")
        return nullptr;
    const auto* found = std::find_if(storageTypes.begin(), storageTypes.end(),
                                     [&](const StorageType& type) { return type.name == name; });
    return found == storageTypes.end() ? nullptr : found;
}

} // namespace limpid::checkpoint
