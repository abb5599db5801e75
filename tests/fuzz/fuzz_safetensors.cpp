// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "core/checkpoint/key_map.h"
#include "core/checkpoint/safetensors_header.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/support/memory_bytes.h"

#include <cstdlib>

using namespace limpid;

namespace {

std::string fileOf(const std::string& header, std::size_t dataBytes)
{
    std::string length;
    for (int i = 0; i < 8; ++i)
        length += static_cast<char>(header.size() >> (8 * i) & 0xFF);
    return length + header + std::string(dataBytes, 'x');
}

} // namespace

std::vector<std::string> tests::fuzzSeeds()
{
    return {
        fileOf("{}", 0),
        fileOf(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 8),
        fileOf(R"({"__metadata__":{"architecture":"msg"},)"
               R"("a":{"dtype":"BF16","shape":[2,0],"data_offsets":[0,0]},)"
               R"("b":{"dtype":"I64","shape":[],"data_offsets":[0,8]},)"
               R"("unet.out.2.bias":{"dtype":"BOOL","shape":[3],"data_offsets":[8,11]}})",
               11),
    };
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const tests::MemoryBytes file({reinterpret_cast<const std::byte*>(data), size});
    try {
        const auto index = checkpoint::readSafetensorsIndex(file);
        for (const auto& [name, entry] : index.tensors)
            if (entry.offset > size || entry.bytes > size - entry.offset)
                std::abort(); // a range that was not verified
        checkpoint::publishedNames(index);
    } catch (const Failure&) { // refused, as it should be
    }
    return 0;
}
