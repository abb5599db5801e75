// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/heif_coded_size.h"

#include <algorithm>

namespace limpid::image {

namespace {

[[noreturn]] void damaged()
{
    throwFailure(ErrorCode::DamagedFile, "the coded picture cannot be read");
}

class BitReader {
public:
    explicit BitReader(ByteView bytes) : bytes_(bytes) {}

    /// Up to 32 bits, the highest first.
    std::uint32_t take(int bits)
    {
        std::uint32_t value = 0;
        for (; bits > 0; --bits, ++at_) {
            if (at_ / 8 >= bytes_.size())
                damaged();
            value = value << 1 | (bytes_[at_ / 8] >> (7 - at_ % 8) & 1U);
        }
        return value;
    }

    void skip(std::size_t bits) { at_ += bits; }

    /// The Exponential-Golomb code of H.265.
    std::uint32_t takeGolomb()
    {
        int zeros = 0;
        while (take(1) == 0) {
            if (++zeros > 30)
                damaged();
        }
        return (1U << zeros) - 1 + take(zeros);
    }

private:
    ByteView bytes_;
    std::size_t at_ = 0; ///< In bits.
};

/// Sides of more than 16 bits are beyond both codecs.
Size sizeOf(std::uint32_t width, std::uint32_t height)
{
    if (width == 0 || height == 0 || width > 65536 || height > 65536)
        damaged();
    return {static_cast<int>(width), static_cast<int>(height)};
}

Size largerOf(Size a, Size b)
{
    return {std::max(a.width, b.width), std::max(a.height, b.height)};
}

/// Without the bytes 3 that keep start codes from appearing.
Bytes unescaped(ByteView unit)
{
    Bytes bytes;
    int zeros = 0;
    for (const std::uint8_t byte : unit) {
        if (zeros >= 2 && byte == 3) {
            zeros = 0;
            continue;
        }
        zeros = byte == 0 ? zeros + 1 : 0;
        bytes.push_back(byte);
    }
    return bytes;
}

/// H.265, 7.3.2.2: a sequence parameter set, with the header of its unit.
Size sizeInParameterSet(ByteView unit)
{
    const Bytes bytes = unescaped(unit);
    BitReader bits(bytes);
    bits.skip(16 + 4);
    const std::uint32_t subLayers = bits.take(3);
    bits.skip(1 + 96);
    std::size_t subLayerBits = 0;
    for (std::uint32_t i = 0; i < subLayers; ++i) {
        subLayerBits += bits.take(1) != 0 ? 88 : 0;
        subLayerBits += bits.take(1) != 0 ? 8 : 0;
    }
    if (subLayers > 0)
        bits.skip(std::size_t{2} * (8 - subLayers));
    bits.skip(subLayerBits);
    bits.takeGolomb(); // the set's number
    if (bits.takeGolomb() == 3)
        bits.skip(1);
    const std::uint32_t width = bits.takeGolomb();
    return sizeOf(width, bits.takeGolomb());
}

/// Of all units that a decoder is given.
class HevcUnits {
public:
    void add(ByteView unit)
    {
        constexpr std::uint32_t parameterSet = 33;
        constexpr std::uint32_t firstOther = 32; // lower ones are slices
        if (unit.size() < 3)
            return;
        const std::uint32_t type = unit[0] >> 1 & 0x3FU;
        const bool isBaseLayer = (unit[0] & 1U) == 0 && unit[1] >> 3 == 0;
        const bool isFirstSlice = (unit[2] & 0x80U) != 0;
        if (type == parameterSet)
            size_ = largerOf(size_, sizeInParameterSet(unit));
        if (type < firstOther && isBaseLayer && isFirstSlice && ++pictures_ > 1)
            throwFailure(ErrorCode::DamagedFile, "one item of the HEIF file holds two pictures");
    }

    Size size() const { return size_; }

private:
    Size size_;
    int pictures_ = 0;
};

std::uint32_t big(ByteView bytes, std::size_t offset, int width)
{
    return number(bytes, offset, width, ByteOrder::Big);
}

/// AV1, 5.5.1: a sequence header, without the header of its unit.
Size sizeInSequenceHeader(ByteView unit)
{
    BitReader bits(unit);
    bits.skip(3 + 1); // profile, still picture
    if (bits.take(1) != 0) {
        bits.skip(5); // the level alone
    } else {
        if (bits.take(1) != 0)
            throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: video timing");
        const bool hasDelay = bits.take(1) != 0;
        for (std::uint32_t left = bits.take(5) + 1; left > 0; --left) {
            bits.skip(12);
            if (bits.take(5) > 7)
                bits.skip(1); // tier
            if (hasDelay && bits.take(1) != 0)
                bits.skip(4);
        }
    }
    const int widthBits = static_cast<int>(bits.take(4)) + 1;
    const int heightBits = static_cast<int>(bits.take(4)) + 1;
    const std::uint32_t width = bits.take(widthBits) + 1;
    return sizeOf(width, bits.take(heightBits) + 1);
}

struct Av1Unit {
    std::uint32_t type = 0;
    ByteView content;
    std::size_t next = 0;
};

/// One without a length of its own is the last.
Av1Unit av1UnitAt(ByteView bytes, std::size_t at)
{
    const std::uint32_t header = big(bytes, at, 1);
    at += (header & 4U) != 0 ? 2 : 1;
    if (at > bytes.size())
        damaged();
    std::uint64_t length = bytes.size() - at;
    if ((header & 2U) != 0) {
        length = 0;
        std::uint32_t digit = 0x80;
        for (int shift = 0; (digit & 0x80U) != 0; shift += 7) {
            if (shift > 28)
                damaged();
            digit = big(bytes, at++, 1);
            length |= std::uint64_t{digit & 0x7FU} << shift;
        }
    }
    const ByteView content = part(bytes, at, length);
    return {.type = header >> 3 & 15U, .content = content, .next = at + content.size()};
}

/// Of all units that a decoder is given.
class Av1Units {
public:
    void addAll(ByteView bytes)
    {
        constexpr std::uint32_t sequenceHeader = 1;
        constexpr std::uint32_t frameHeader = 3;
        constexpr std::uint32_t frame = 6;
        constexpr int mostLayers = 8;
        for (std::size_t at = 0; at < bytes.size();) {
            const Av1Unit unit = av1UnitAt(bytes, at);
            if (unit.type == sequenceHeader)
                size_ = largerOf(size_, sizeInSequenceHeader(unit.content));
            if ((unit.type == frameHeader || unit.type == frame) && ++pictures_ > mostLayers)
                throwFailure(ErrorCode::DamagedFile,
                             "one item of the HEIF file holds too many pictures");
            at = unit.next;
        }
    }

    Size size() const { return size_; }

private:
    Size size_;
    int pictures_ = 0;
};

Size known(Size size)
{
    if (size.isEmpty())
        damaged();
    return size;
}

} // namespace

Size hevcCodedSize(ByteView configuration, ByteView data)
{
    HevcUnits units;
    std::size_t at = 22; // behind what describes all of them
    for (std::uint32_t arrays = big(configuration, at++, 1); arrays > 0; --arrays) {
        std::uint32_t count = big(configuration, at + 1, 2);
        for (at += 3; count > 0; --count) {
            const ByteView unit = part(configuration, at + 2, big(configuration, at, 2));
            units.add(unit);
            at += 2 + unit.size();
        }
    }
    for (at = 0; at < data.size();) {
        const ByteView unit = part(data, at + 4, big(data, at, 4));
        units.add(unit);
        at += 4 + unit.size();
    }
    return known(units.size());
}

Size av1CodedSize(ByteView configuration, ByteView data)
{
    constexpr std::size_t fixedPart = 4;
    Av1Units units;
    units.addAll(part(configuration, fixedPart,
                      configuration.size() - std::min(fixedPart, configuration.size())));
    units.addAll(data);
    return known(units.size());
}

} // namespace limpid::image
