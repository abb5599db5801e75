// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/torch_zip.h"

#include "core/base/result.h"
#include "core/checkpoint/torch_state.h"

#include <algorithm>

namespace limpid::checkpoint {
namespace {

constexpr std::string_view pickleName = "/data.pkl";

std::vector<std::byte> pickleBytes(const ByteSource& file, const ZipRecord& record)
{
    constexpr std::uint64_t largest = std::uint64_t{256} << 20;
    if (record.bytes > largest)
        throw Failure({ErrorCode::ModelDamaged,
                       "its list of tensors claims " + std::to_string(record.bytes) + " bytes",
                       {}});
    return bytesAt(file, record.offset, record.bytes);
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

void requireLittleEndian(const ByteSource& file, const ZipRecords& records,
                         const std::string& folder)
{
    const auto found = records.find(folder + "byteorder");
    if (found == records.end())
        return;
    constexpr std::string_view little = "little";
    const auto bytes = bytesAt(file, found->second.offset,
                               std::min<std::uint64_t>(found->second.bytes, little.size() + 1));
    const std::string_view order(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (order != little)
        throw Failure({ErrorCode::UnsupportedFormat, "its numbers are not little-endian", {}});
}

} // namespace

TensorIndex readTorchZip(const ByteSource& file, const ZipRecords& records)
{
    const std::string folder = folderOf(records);
    refuseProgram(records, folder);
    requireLittleEndian(file, records, folder);
    const auto bytes = pickleBytes(file, records.at(folder + "data.pkl"));
    const auto storage = [&](std::string_view key) {
        const auto found = records.find(folder + "data/" + std::string(key));
        if (found == records.end())
            throw Failure(
                {ErrorCode::ModelDamaged, "the storage '" + std::string(key) + "' is missing", {}});
        return StorageExtent{.offset = found->second.offset, .bytes = found->second.bytes};
    };
    return readStateDict(readPickle(bytes), storage, file.size());
}

} // namespace limpid::checkpoint
