// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/torch_zip.h"

#include "core/base/result.h"
#include "core/checkpoint/torch_state.h"

#include <algorithm>

namespace limpid::checkpoint {
namespace {

constexpr std::string_view pickleName = "/data.pkl";

std::span<const std::byte> bytesOf(std::span<const std::byte> file, const ZipRecord& record)
{
    return file.subspan(static_cast<std::size_t>(record.offset),
                        static_cast<std::size_t>(record.bytes));
}

/// The folder all records share, with its slash.
std::string folderOf(const ZipRecords& records)
{
    for (const auto& [name, record] : records) {
        const auto slash = name.find('/');
        if (slash != std::string::npos && std::string_view(name).substr(slash) == pickleName)
            return name.substr(0, slash + 1);
    }
    throw Failure({ErrorCode::UnsupportedFormat, "a zip archive, but not one of PyTorch", {}});
}

void refuseProgram(const ZipRecords& records, const std::string& folder)
{
    const auto code = records.lower_bound(folder + "code/");
    if (records.contains(folder + "constants.pkl") ||
        (code != records.end() && code->first.starts_with(folder + "code/")))
        throw Failure({ErrorCode::UnsupportedFormat,
                       "this is a TorchScript program, which would run code; a file of weights is "
                       "wanted",
                       {}});
}

void requireLittleEndian(std::span<const std::byte> file, const ZipRecords& records,
                         const std::string& folder)
{
    const auto found = records.find(folder + "byteorder");
    if (found == records.end())
        return;
    const auto bytes = bytesOf(file, found->second);
    const std::string_view order(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (order != "little")
        throw Failure({ErrorCode::UnsupportedFormat, "its numbers are not little-endian", {}});
}

} // namespace

TensorIndex readTorchZip(std::span<const std::byte> file, const ZipRecords& records)
{
    const std::string folder = folderOf(records);
    refuseProgram(records, folder);
    requireLittleEndian(file, records, folder);
    const auto& pickle = records.at(folder + "data.pkl");
    const auto storage = [&](std::string_view key) {
        const auto found = records.find(folder + "data/" + std::string(key));
        if (found == records.end())
            throw Failure(
                {ErrorCode::ModelDamaged, "the storage '" + std::string(key) + "' is missing", {}});
        return StorageExtent{.offset = found->second.offset, .bytes = found->second.bytes};
    };
    return readStateDict(readPickle(bytesOf(file, pickle)), storage, file.size());
}

} // namespace limpid::checkpoint
