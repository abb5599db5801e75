// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/zip_archive.h"

#include "core/base/byte_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace limpid::checkpoint {
namespace {

constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t centralSignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::uint32_t locator64Signature = 0x07064b50;
constexpr std::size_t localBytes = 30; ///< In front of a record's name.
constexpr std::size_t endBytes = 22;
constexpr std::size_t end64Bytes = 56;
constexpr std::size_t locator64Bytes = 20;
constexpr std::size_t largestComment = 65535;
constexpr std::uint64_t mostRecords = 400'000;
constexpr std::uint64_t largestDirectory = std::uint64_t{128} << 20;
constexpr std::uint16_t zip64Field = 1;
constexpr std::uint32_t in64 = 0xFFFFFFFF; ///< "See the zip64 field".
constexpr std::uint16_t encrypted = 1;

[[noreturn]] void refuse(std::string detail)
{
    throw Failure({ErrorCode::ModelDamaged, "zip: " + std::move(detail), {}});
}

[[noreturn]] void unsupported(std::string detail)
{
    throw Failure({ErrorCode::UnsupportedFormat, "zip: " + std::move(detail), {}});
}

/// Where the list of records lies.
struct Directory {
    std::uint64_t records = 0;
    std::uint64_t bytes = 0;
    std::uint64_t offset = 0;
};

struct Entry {
    std::string name;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc = 0;
    std::uint64_t packedBytes = 0;
    std::uint64_t bytes = 0;
    std::uint64_t headerOffset = 0;
};

/// The piece of the archive that a record occupies, with its local header.
struct Extent {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

ByteReader readerOf(std::span<const std::byte> bytes)
{
    return {bytes, {}, ErrorCode::ModelDamaged};
}

std::string textOf(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The end record is followed by nothing but its own comment.
std::uint64_t findEnd(const ByteSource& archive)
{
    if (archive.size() < endBytes)
        refuse("shorter than an empty archive");
    const auto begin =
        archive.size() - std::min<std::uint64_t>(archive.size(), endBytes + largestComment);
    const auto ending = bytesAt(archive, begin, archive.size() - begin);
    const std::size_t last = ending.size() - endBytes;
    for (std::size_t at = last + 1; at-- > 0;) {
        ByteReader reader = readerOf(ending);
        reader.seek(at);
        if (reader.read<std::uint32_t>() != endSignature)
            continue;
        reader.seek(at + endBytes - 2);
        if (reader.read<std::uint16_t>() == last - at)
            return begin + at;
    }
    refuse("the list of records is missing: the file is incomplete");
}

std::optional<Directory> directory64(const ByteSource& archive, std::uint64_t end)
{
    if (end < locator64Bytes)
        return std::nullopt;
    const auto place = bytesAt(archive, end - locator64Bytes, locator64Bytes);
    ByteReader locator = readerOf(place);
    if (locator.read<std::uint32_t>() != locator64Signature)
        return std::nullopt;
    locator.take(4);
    const auto record = bytesAt(archive, locator.read<std::uint64_t>(), end64Bytes);
    ByteReader reader = readerOf(record);
    if (reader.read<std::uint32_t>() != end64Signature)
        refuse("the zip64 end record is missing");
    reader.take(28); // its size, versions, disks, records on this disk
    Directory directory;
    directory.records = reader.read<std::uint64_t>();
    directory.bytes = reader.read<std::uint64_t>();
    directory.offset = reader.read<std::uint64_t>();
    return directory;
}

Directory findDirectory(const ByteSource& archive)
{
    const std::uint64_t end = findEnd(archive);
    auto directory = directory64(archive, end);
    if (!directory) {
        const auto record = bytesAt(archive, end, endBytes);
        ByteReader reader = readerOf(record);
        reader.take(4); // its mark
        if (reader.read<std::uint32_t>() != 0)
            unsupported("the archive is split over several files");
        reader.take(2);
        directory.emplace();
        directory->records = reader.read<std::uint16_t>();
        directory->bytes = reader.read<std::uint32_t>();
        directory->offset = reader.read<std::uint32_t>();
    }
    if (directory->offset > end || directory->bytes > end - directory->offset)
        refuse("the list of records lies outside the file");
    if (directory->records > mostRecords)
        refuse("more than " + std::to_string(mostRecords) + " records");
    if (directory->bytes > largestDirectory)
        refuse("the list of records is larger than " + std::to_string(largestDirectory) + " bytes");
    return *directory;
}

/// Replaces the numbers that did not fit into 32 bits; the field holds only those, in this order.
void readZip64(Entry& entry, std::span<const std::byte> extra)
{
    ByteReader reader = readerOf(extra);
    while (reader.remaining() >= 4) {
        const auto id = reader.read<std::uint16_t>();
        ByteReader field = readerOf(reader.take(reader.read<std::uint16_t>()));
        if (id != zip64Field)
            continue;
        for (std::uint64_t* number : {&entry.bytes, &entry.packedBytes, &entry.headerOffset})
            if (*number == in64)
                *number = field.read<std::uint64_t>();
        return;
    }
}

Entry readCentral(ByteReader& reader)
{
    if (reader.read<std::uint32_t>() != centralSignature)
        refuse("a record is not listed where it should be");
    reader.take(4); // versions
    Entry entry;
    entry.flags = reader.read<std::uint16_t>();
    entry.method = reader.read<std::uint16_t>();
    reader.take(4); // time and date
    entry.crc = reader.read<std::uint32_t>();
    entry.packedBytes = reader.read<std::uint32_t>();
    entry.bytes = reader.read<std::uint32_t>();
    const auto nameBytes = reader.read<std::uint16_t>();
    const auto extraBytes = reader.read<std::uint16_t>();
    const auto commentBytes = reader.read<std::uint16_t>();
    reader.take(8); // disk and attributes
    entry.headerOffset = reader.read<std::uint32_t>();
    entry.name = textOf(reader.take(nameBytes));
    readZip64(entry, reader.take(extraBytes));
    reader.take(commentBytes);
    return entry;
}

void checkEntry(const Entry& entry)
{
    if ((entry.flags & encrypted) != 0)
        unsupported("the record '" + entry.name + "' is encrypted");
    if (entry.method != 0)
        unsupported("the record '" + entry.name + "' is compressed");
    if (entry.packedBytes != entry.bytes)
        refuse("the record '" + entry.name + "' has two sizes");
}

/// Reads the header in front of the bytes; only it tells where they begin.
ZipRecord locate(const ByteSource& archive, const Entry& entry)
{
    const auto header = bytesAt(archive, entry.headerOffset, localBytes + entry.name.size());
    ByteReader reader = readerOf(header);
    if (reader.read<std::uint32_t>() != localSignature)
        refuse("the record '" + entry.name + "' is not where the list says");
    reader.take(4); // version, flags
    if (reader.read<std::uint16_t>() != entry.method)
        refuse("the record '" + entry.name + "' is described in two ways");
    reader.take(16); // time, date, CRC, sizes: absent where they follow the bytes
    const auto nameBytes = reader.read<std::uint16_t>();
    const auto extraBytes = reader.read<std::uint16_t>();
    if (nameBytes != entry.name.size() || textOf(reader.take(nameBytes)) != entry.name)
        refuse("the record '" + entry.name + "' has two names");
    const std::uint64_t offset = entry.headerOffset + header.size() + extraBytes;
    if (offset > archive.size() || entry.bytes > archive.size() - offset)
        refuse("the record '" + entry.name + "' reaches beyond the file");
    return {.offset = offset, .bytes = entry.bytes, .crc = entry.crc};
}

void refuseOverlaps(std::vector<Extent>& extents, std::uint64_t limit)
{
    std::sort(extents.begin(), extents.end(),
              [](const Extent& a, const Extent& b) { return a.begin < b.begin; });
    for (std::size_t i = 0; i < extents.size(); ++i)
        if (extents[i].end > (i + 1 < extents.size() ? extents[i + 1].begin : limit))
            refuse("two records overlap");
}

std::array<std::uint32_t, 256> crcTable()
{
    constexpr std::uint32_t polynomial = 0xEDB88320;
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1) != 0 ? polynomial ^ (value >> 1) : value >> 1;
        table[i] = value;
    }
    return table;
}

} // namespace

ZipRecords readZipRecords(const ByteSource& archive)
{
    const Directory directory = findDirectory(archive);
    const auto list = bytesAt(archive, directory.offset, directory.bytes);
    ByteReader reader = readerOf(list);
    ZipRecords records;
    std::vector<Extent> extents;
    for (std::uint64_t i = 0; i < directory.records; ++i) {
        const Entry entry = readCentral(reader);
        checkEntry(entry);
        const ZipRecord record = locate(archive, entry);
        if (!records.emplace(entry.name, record).second)
            refuse("the record '" + entry.name + "' appears twice");
        extents.push_back({.begin = entry.headerOffset, .end = record.offset + record.bytes});
    }
    if (reader.remaining() != 0)
        refuse("the list of records is longer than it says");
    refuseOverlaps(extents, directory.offset);
    return records;
}

std::uint32_t crc32(std::span<const std::byte> bytes, std::uint32_t sum)
{
    static const auto table = crcTable();
    sum = ~sum;
    for (const std::byte byte : bytes)
        sum = table[(sum ^ std::to_integer<std::uint32_t>(byte)) & 0xFF] ^ (sum >> 8);
    return ~sum;
}

} // namespace limpid::checkpoint
