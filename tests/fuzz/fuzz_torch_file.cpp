// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/checkpoint/key_map.h"
#include "core/checkpoint/torch_legacy.h"
#include "core/checkpoint/torch_zip.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/make_checkpoint.h"
#include "tests/support/memory_bytes.h"

using namespace limpid;
using tests::PickleWriter;

namespace {

constexpr std::uint64_t largestCopy = 1 << 20; // more would only cost time

tests::TorchTensor matrix()
{
    return {.name = "w", .storageElements = 12, .sizes = {3, 4}, .strides = {4, 1}};
}

tests::TorchTensor transposed()
{
    return {.name = "cond_stage_model.t",
            .storageElements = 12,
            .offset = 1,
            .sizes = {2, 3},
            .strides = {1, 4},
            .isParameter = true};
}

std::string trainingPickle(int protocol)
{
    PickleWriter pickle(protocol);
    pickle.raw("}(").text("epoch").integer(7).text("big").raw("\x8a\x09").raw("123456789");
    pickle.text("set").global("builtins", "set").raw("](").integer(1).raw("e\x85R");
    pickle.text("object").global("some.module", "Class").raw(")\x81}").text("a").integer(1);
    pickle.raw("sb").text("state_dict").stateDict({matrix(), transposed()});
    return pickle.raw("u").end();
}

/// Reads every element of every tensor that a file claims to have.
void touch(const checkpoint::ByteSource& file, const checkpoint::TensorIndex& index)
{
    std::vector<std::byte> elements;
    for (const auto& [name, entry] : index.tensors) {
        if (entry.bytes > largestCopy)
            continue;
        elements.resize(static_cast<std::size_t>(entry.bytes));
        checkpoint::readElements(file, entry, elements);
    }
    checkpoint::publishedNames(index);
}

} // namespace

std::vector<std::string> tests::fuzzSeeds()
{
    const std::vector<TorchStorage> storages{{.key = "0", .bytes = std::string(48, 'x')}};
    const std::string plain = stateDictPickle({matrix(), transposed()});
    return {
        torchZip(plain, storages),
        torchZip(stateDictPickle({matrix()}, 4), storages),
        torchZip(trainingPickle(2), storages, {{.name = "archive/byteorder", .bytes = "little"}}),
        zipOf({{.name = "a/data.pkl", .bytes = trainingPickle(3)},
               {.name = "a/data/0", .bytes = storages[0].bytes}},
              true),
        torchLegacy(plain, storages),
        torchLegacy(trainingPickle(2), storages)};
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const tests::MemoryBytes file({reinterpret_cast<const std::byte*>(data), size});
    try {
        if (size > 0 && data[0] == 'P')
            touch(file, checkpoint::readTorchZip(file, checkpoint::readZipRecords(file)));
        else
            touch(file, checkpoint::readTorchLegacy(file));
    } catch (const Failure&) { // refused, as it should be
    }
    return 0;
}
