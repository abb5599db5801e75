// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/make_checkpoint.h"

#include "core/checkpoint/zip_archive.h"

#include <span>

namespace limpid::tests {
namespace {

template<class T>
std::string little(T value)
{
    std::string bytes;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        bytes += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xFF);
    return bytes;
}

constexpr std::string_view rebuild = "_rebuild_tensor_v2";
constexpr std::uint32_t in64 = 0xFFFFFFFF;

std::uint32_t crcOf(const ZipPart& part)
{
    return part.crc.value_or(checkpoint::crc32(std::as_bytes(std::span(part.bytes))));
}

std::string localHeader(const ZipPart& part, std::size_t position)
{
    constexpr std::size_t alignment = 64;
    constexpr std::size_t fixedBytes = 30;
    const std::string& name = part.localName.empty() ? part.name : part.localName;
    const std::size_t begin = position + fixedBytes + name.size() + 4;
    const std::size_t padding = (alignment - begin % alignment) % alignment;
    const auto bytes = static_cast<std::uint32_t>(part.bytes.size());
    return "PK\3\4" + little<std::uint16_t>(0) + little(part.flags) + little(part.method) +
           little<std::uint32_t>(0) + little(crcOf(part)) + little(bytes) + little(bytes) +
           little(static_cast<std::uint16_t>(name.size())) +
           little(static_cast<std::uint16_t>(padding + 4)) + name + "FB" +
           little(static_cast<std::uint16_t>(padding)) + std::string(padding, 'Z');
}

std::string centralHeader(const ZipPart& part, std::uint64_t offset, bool zip64)
{
    const std::uint64_t bytes = part.statedBytes.value_or(part.bytes.size());
    const std::uint64_t place = part.statedOffset.value_or(offset);
    const auto small = [zip64](std::uint64_t value) {
        return little(zip64 ? in64 : static_cast<std::uint32_t>(value));
    };
    std::string extra;
    if (zip64)
        extra = little<std::uint16_t>(1) + little<std::uint16_t>(24) + little(bytes) +
                little(bytes) + little(place);
    return "PK\1\2" + little<std::uint32_t>(0) + little(part.flags) + little(part.method) +
           little<std::uint32_t>(0) + little(crcOf(part)) + small(bytes) + small(bytes) +
           little(static_cast<std::uint16_t>(part.name.size())) +
           little(static_cast<std::uint16_t>(extra.size())) + little<std::uint16_t>(0) +
           little<std::uint64_t>(0) + small(place) + part.name + extra;
}

} // namespace

PickleWriter::PickleWriter(int protocol) : protocol_(protocol)
{
    bytes_ = std::string("\x80") + static_cast<char>(protocol);
}

PickleWriter& PickleWriter::raw(std::string_view operations)
{
    bytes_ += operations;
    return *this;
}

PickleWriter& PickleWriter::text(std::string_view value)
{
    bytes_ += "X" + little(static_cast<std::uint32_t>(value.size()));
    bytes_ += value;
    return *this;
}

PickleWriter& PickleWriter::integer(std::int64_t value)
{
    bytes_ += "\x8a\x08" + little(value);
    return *this;
}

PickleWriter& PickleWriter::tuple(const std::vector<std::int64_t>& values)
{
    raw("(");
    for (const std::int64_t value : values)
        integer(value);
    return raw("t");
}

PickleWriter& PickleWriter::global(std::string_view module, std::string_view name)
{
    if (protocol_ >= 4)
        return text(module).text(name).raw("\x93");
    bytes_ += "c" + std::string(module) + "\n" + std::string(name) + "\n";
    return *this;
}

PickleWriter& PickleWriter::tensor(const TorchTensor& tensor)
{
    if (tensor.isParameter)
        global("torch._utils", "_rebuild_parameter").raw("(");
    global("torch._utils", rebuild).raw("((").text("storage");
    global("torch", tensor.storageClass).text(tensor.key).text("cpu");
    integer(tensor.storageElements).raw("tQ").integer(tensor.offset);
    tuple(tensor.sizes).tuple(tensor.strides);
    raw("\x89").global("collections", "OrderedDict").raw(")RtR");
    if (tensor.isParameter)
        raw("\x88").global("collections", "OrderedDict").raw(")RtR");
    return *this;
}

PickleWriter& PickleWriter::stateDict(const std::vector<TorchTensor>& tensors)
{
    global("collections", "OrderedDict").raw(")Rq").raw(std::string(1, '\0')).raw("(");
    for (const TorchTensor& each : tensors)
        text(each.name).tensor(each);
    return raw("u}").text("_metadata").raw("}sb");
}

std::string PickleWriter::end()
{
    return bytes_ + ".";
}

std::string stateDictPickle(const std::vector<TorchTensor>& tensors, int protocol)
{
    return PickleWriter(protocol).stateDict(tensors).end();
}

std::string zipOf(const std::vector<ZipPart>& parts, bool zip64)
{
    std::string file;
    std::string central;
    for (const ZipPart& part : parts) {
        central += centralHeader(part, file.size(), zip64);
        file += localHeader(part, file.size()) + part.bytes;
    }
    const std::uint64_t offset = file.size();
    const std::uint64_t count = parts.size();
    file += central;
    if (zip64) {
        const std::uint64_t end64 = file.size();
        file += "PK\6\6" + little<std::uint64_t>(44) + little<std::uint32_t>(0) +
                little<std::uint64_t>(0) + little(count) + little(count) +
                little<std::uint64_t>(central.size()) + little(offset);
        file += "PK\6\7" + little<std::uint32_t>(0) + little(end64) + little<std::uint32_t>(1);
    }
    const auto few = static_cast<std::uint16_t>(zip64 ? in64 : count);
    return file + "PK\5\6" + little<std::uint32_t>(0) + little(few) + little(few) +
           little(zip64 ? in64 : static_cast<std::uint32_t>(central.size())) +
           little(zip64 ? in64 : static_cast<std::uint32_t>(offset)) + little<std::uint16_t>(0);
}

std::string torchZip(const std::string& pickle, const std::vector<TorchStorage>& storages,
                     const std::vector<ZipPart>& more)
{
    std::vector<ZipPart> parts{{.name = "archive/data.pkl", .bytes = pickle}};
    for (const TorchStorage& storage : storages)
        parts.push_back({.name = "archive/data/" + storage.key, .bytes = storage.bytes});
    parts.insert(parts.end(), more.begin(), more.end());
    parts.push_back({.name = "archive/version", .bytes = "3\n"});
    return zipOf(parts);
}

std::string legacyBeginning(bool littleEndian, int version)
{
    const std::string magic("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 12);
    return PickleWriter().raw(magic).end() + PickleWriter().integer(version).end() +
           PickleWriter()
               .raw("}(")
               .text("little_endian")
               .raw(littleEndian ? "\x88" : "\x89")
               .raw("u")
               .end();
}

std::string torchLegacy(const std::string& pickle, const std::vector<TorchStorage>& storages)
{
    PickleWriter keys;
    keys.raw("](");
    for (const TorchStorage& storage : storages)
        keys.text(storage.key);
    std::string file = legacyBeginning() + pickle + keys.raw("e").end();
    for (const TorchStorage& storage : storages)
        file += little<std::uint64_t>(storage.bytes.size() / storage.elementBytes) + storage.bytes;
    return file;
}

} // namespace limpid::tests
