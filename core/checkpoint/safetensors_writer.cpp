// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors_writer.h"

#include "core/base/atomic_file.h"
#include "core/base/sha256.h"
#include "core/checkpoint/safetensors.h"
#include "core/checkpoint/safetensors_header.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cassert>

namespace limpid::checkpoint {
namespace {

using Metadata = std::map<std::string, std::string>;

std::string headerText(const std::vector<TensorPlan>& plans, const Metadata& metadata)
{
    auto header = nlohmann::json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const TensorPlan& plan : plans) {
        const std::uint64_t end = offset + plan.bytes();
        header[plan.name] = {{"dtype", safetensorsName(plan.dtype)},
                             {"shape", plan.shape},
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

/// Writes, sums and counts. Throws Failure and Cancelled.
class SummedFile {
public:
    SummedFile(AtomicFile file, const WriteOptions& options, std::uint64_t total)
        : file_(std::move(file)), options_(options), total_(total)
    {}

    void write(std::span<const std::byte> bytes)
    {
        constexpr std::size_t piece = std::size_t{16} << 20; // a cancel is felt within one
        while (!bytes.empty()) {
            options_.token.throwIfRequested();
            const auto part = bytes.first(std::min(piece, bytes.size()));
            require(file_.write(part));
            sum_.add(part);
            written_ += part.size();
            bytes = bytes.subspan(part.size());
            if (options_.progress)
                options_.progress(written_, total_);
        }
    }

    WrittenFile commit()
    {
        options_.token.throwIfRequested();
        require(file_.commit());
        return {.bytes = written_, .sha256 = sum_.hex()};
    }

private:
    static void require(const Result<void>& result)
    {
        if (!result)
            throw Failure(result.error());
    }

    AtomicFile file_;
    const WriteOptions& options_;
    std::uint64_t total_;
    std::uint64_t written_ = 0;
    Sha256 sum_;
};

} // namespace

std::uint64_t TensorPlan::bytes() const
{
    std::uint64_t count = elementSize(dtype);
    for (const std::int64_t size : shape)
        count *= static_cast<std::uint64_t>(size);
    return count;
}

Result<WrittenFile> writeSafetensors(const std::filesystem::path& path,
                                     const std::vector<TensorPlan>& plans,
                                     const TensorSource& source, const WriteOptions& options)
{
    const std::string header = headerText(plans, options.metadata);
    const auto length = littleEndian64(header.size());
    std::uint64_t total = length.size() + header.size();
    for (const TensorPlan& plan : plans)
        total += plan.bytes();
    auto target = AtomicFile::create(path);
    if (!target)
        return tl::unexpected(target.error());
    try {
        SummedFile file(std::move(*target), options, total);
        file.write(length);
        file.write(std::as_bytes(std::span(header)));
        for (const TensorPlan& plan : plans) {
            options.token.throwIfRequested();
            const auto bytes = source(plan);
            if (!bytes)
                return tl::unexpected(bytes.error());
            assert(bytes->size() == plan.bytes());
            file.write(*bytes);
        }
        return file.commit();
    } catch (const Failure& failure) {
        return tl::unexpected(failure.error());
    }
}

Result<void> writeSafetensors(const std::filesystem::path& path,
                              const std::map<std::string, TensorBytes>& tensors,
                              const Metadata& metadata)
{
    std::vector<TensorPlan> plans;
    plans.reserve(tensors.size());
    for (const auto& [name, tensor] : tensors)
        plans.push_back({.name = name, .dtype = tensor.dtype, .shape = tensor.shape});
    const auto written =
        writeSafetensors(path, plans,
                         [&](const TensorPlan& plan) -> Result<std::span<const std::byte>> {
                             return tensors.at(plan.name).bytes;
                         },
                         {.metadata = metadata});
    if (!written)
        return tl::unexpected(written.error());
    return {};
}

} // namespace limpid::checkpoint
