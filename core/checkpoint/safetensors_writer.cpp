// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"
#include "core/checkpoint/safetensors.h"
#include "core/checkpoint/safetensors_header.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cassert>

namespace limpid::checkpoint {
namespace {

std::string headerText(const std::map<std::string, TensorBytes>& tensors,
                       const std::map<std::string, std::string>& metadata)
{
    auto header = nlohmann::json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const auto& [name, tensor] : tensors) {
        const std::uint64_t end = offset + tensor.bytes.size();
        header[name] = {{"dtype", safetensorsName(tensor.dtype)},
                        {"shape", tensor.shape},
                        {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    // Spaces so that the tensor bytes begin at a multiple of eight, as other readers like it.
    text.append((8 - text.size() % 8) % 8, ' ');
    return text;
}

std::array<std::byte, 8> littleEndian64(std::uint64_t value)
{
    std::array<std::byte, 8> bytes{};
    for (auto& byte : bytes) {
        byte = static_cast<std::byte>(value & 0xFF);
        value >>= 8;
    }
    return bytes;
}

[[maybe_unused]] bool isConsistent(const TensorBytes& tensor)
{
    auto expected = elementSize(tensor.dtype);
    for (const std::int64_t dimension : tensor.shape)
        expected *= static_cast<std::size_t>(dimension);
    return expected == tensor.bytes.size();
}

} // namespace

Result<void> writeSafetensors(const std::filesystem::path& path,
                              const std::map<std::string, TensorBytes>& tensors,
                              const std::map<std::string, std::string>& metadata)
{
    const std::string text = headerText(tensors, metadata);
    const auto length = littleEndian64(text.size());
    std::vector<std::span<const std::byte>> pieces{length, std::as_bytes(std::span(text))};
    for (const auto& [name, tensor] : tensors) {
        assert(isConsistent(tensor));
        pieces.push_back(tensor.bytes);
    }
    return writeFileAtomically(path, FilePieces(pieces));
}

} // namespace limpid::checkpoint
