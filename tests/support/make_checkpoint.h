// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace limpid::tests {

/// A tensor as torch.save describes it: a view of a storage.
struct TorchTensor {
    std::string name;
    std::string storageClass = "FloatStorage";
    std::string key = "0";
    std::int64_t storageElements = 0;
    std::int64_t offset = 0;
    std::vector<std::int64_t> sizes{};
    std::vector<std::int64_t> strides{};
    bool isParameter = false;
};

struct TorchStorage {
    std::string key;
    std::string bytes;
    std::size_t elementBytes = 4;
};

/// Writes a pickle operation by operation, well-formed or not.
class PickleWriter {
public:
    explicit PickleWriter(int protocol = 2);

    PickleWriter& raw(std::string_view operations);
    PickleWriter& text(std::string_view value);
    PickleWriter& integer(std::int64_t value);
    PickleWriter& tuple(const std::vector<std::int64_t>& values);
    PickleWriter& global(std::string_view module, std::string_view name);
    PickleWriter& tensor(const TorchTensor& tensor);

    /// An OrderedDict with the attribute _metadata, as state_dict() gives it.
    PickleWriter& stateDict(const std::vector<TorchTensor>& tensors);

    /// The whole pickle.
    std::string end();

private:
    int protocol_;
    std::string bytes_;
};

std::string stateDictPickle(const std::vector<TorchTensor>& tensors, int protocol = 2);

/// A record of a zip archive; the optional members make it lie.
struct ZipPart {
    std::string name{};
    std::string bytes{};
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::optional<std::uint32_t> crc{};
    std::optional<std::uint64_t> statedBytes{};  ///< In the list of records.
    std::optional<std::uint64_t> statedOffset{}; ///< Of the header, in the list of records.
    std::string localName{};                     ///< In front of the bytes; empty: the name.
};

/// An archive whose bytes are aligned as PyTorch aligns them; with zip64 numbers when asked.
std::string zipOf(const std::vector<ZipPart>& parts, bool zip64 = false);

/// A file as torch.save writes it since 1.6.
std::string torchZip(const std::string& pickle, const std::vector<TorchStorage>& storages,
                     const std::vector<ZipPart>& more = {});

/// A file as torch.save wrote it before 1.6.
std::string torchLegacy(const std::string& pickle, const std::vector<TorchStorage>& storages);

/// The first pickles of such a file.
std::string legacyBeginning(bool littleEndian = true, int version = 1001);

/// The elements as they lie in a file.
template<class T>
std::string bytesOf(const std::vector<T>& values)
{
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

} // namespace limpid::tests
