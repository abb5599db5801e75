// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint_file.h"

#include "core/checkpoint/safetensors_header.h"
#include "core/checkpoint/torch_legacy.h"
#include "core/checkpoint/torch_zip.h"
#include "core/checkpoint/weights_file.h"

#include <algorithm>
#include <new>
#include <optional>
#include <string_view>

namespace limpid::checkpoint {
namespace {

constexpr std::size_t lengthBytes = 8; ///< In front of the header of a safetensors file.
constexpr std::uint64_t largestPiece = std::uint64_t{4} << 20; ///< In memory at a time.

/// What is often downloaded in place of a checkpoint.
struct Imposter {
    std::string_view beginning;
    const char* what;
};

constexpr Imposter imposters[]{
    {"version https://git-lfs", "a Git LFS pointer, not the file itself; download the file again"},
    {"<!DOCTYPE", "a web page, not a checkpoint; download the file again"},
    {"<!doctype", "a web page, not a checkpoint; download the file again"},
    {"<html", "a web page, not a checkpoint; download the file again"},
    {"GGUF", "a GGUF file, which is not supported; want safetensors, .pth or .ckpt"},
};

std::optional<CheckpointFormat> formatOf(std::string_view content)
{
    // The first of all: the bytes before the brace are a length, and may be the marks of the
    // others. A stored zip has its method there, a pickle of PyTorch the magic number.
    if (content.size() > lengthBytes && content[lengthBytes] == '{')
        return CheckpointFormat::Safetensors;
    if (content.starts_with("PK"))
        return CheckpointFormat::TorchZip;
    if (content.starts_with('\x80'))
        return CheckpointFormat::TorchLegacy;
    if (content.size() <= lengthBytes)
        return CheckpointFormat::Safetensors;
    return std::nullopt;
}

CheckpointFormat requireFormat(const ByteSource& file)
{
    constexpr std::uint64_t enough = 64; // for all the marks
    const auto bytes = bytesAt(file, 0, std::min(enough, file.size()));
    const std::string_view content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (content.empty())
        throw Failure({ErrorCode::ModelDamaged, "the file is empty", {}});
    for (const Imposter& imposter : imposters)
        if (content.starts_with(imposter.beginning))
            throw Failure({ErrorCode::UnsupportedFormat, imposter.what, {}});
    if (const auto format = formatOf(content))
        return *format;
    throw Failure({ErrorCode::UnsupportedFormat,
                   "neither a safetensors file nor a checkpoint of PyTorch",
                   {}});
}

} // namespace

Result<CheckpointFile> CheckpointFile::open(const std::filesystem::path& path)
{
    try {
        CheckpointFile file;
        file.path_ = path;
        file.file_ = WeightsFile::open(path);
        file.format_ = requireFormat(file.source());
        switch (file.format_) {
        case CheckpointFormat::Safetensors:
            file.index_ = readSafetensorsIndex(file.source());
            break;
        case CheckpointFormat::TorchZip: file.readTorchZipFile(); break;
        case CheckpointFormat::TorchLegacy: file.index_ = readTorchLegacy(file.source()); break;
        }
        return file;
    } catch (const Failure& failure) {
        return fail(failure.error().code, failure.error().detail, path);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory to read its list of tensors", path);
    }
}

void CheckpointFile::readTorchZipFile()
{
    const ZipRecords records = readZipRecords(source());
    index_ = readTorchZip(source(), records);
    for (const auto& [name, record] : records)
        checksums_.push_back(
            {.name = name, .offset = record.offset, .bytes = record.bytes, .crc = record.crc});
}

const ByteSource& CheckpointFile::source() const
{
    return *file_;
}

Result<std::vector<std::byte>> CheckpointFile::bytes(const TensorEntry& entry) const
{
    try {
        std::vector<std::byte> bytes(static_cast<std::size_t>(entry.bytes));
        readElements(source(), entry, bytes);
        return bytes;
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

std::uint32_t CheckpointFile::sumOf(const Checksum& checksum, const CancelToken& token,
                                    const std::function<void(std::uint64_t)>& read) const
{
    std::vector<std::byte> piece;
    std::uint32_t sum = 0;
    for (std::uint64_t at = 0; at < checksum.bytes; at += piece.size()) {
        token.throwIfRequested();
        piece.resize(static_cast<std::size_t>(std::min(largestPiece, checksum.bytes - at)));
        source().read(checksum.offset + at, piece);
        sum = crc32(piece, sum);
        read(piece.size());
    }
    return sum;
}

Result<void> CheckpointFile::verifyChecksums(const CancelToken& token,
                                             const ByteProgress& progress) const
{
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    for (const Checksum& checksum : checksums_)
        total += checksum.bytes;
    const auto report = [&](std::uint64_t bytes) {
        done += bytes;
        if (progress)
            progress(done, total);
    };
    try {
        // PyTorch can be told not to compute checksums; it then writes zero.
        for (const Checksum& checksum : checksums_)
            if (sumOf(checksum, token, report) != checksum.crc && checksum.crc != 0)
                return fail(ErrorCode::ModelDamaged,
                            "the checksum of '" + checksum.name + "' is wrong; copy the file again",
                            path_);
        return {};
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

} // namespace limpid::checkpoint
