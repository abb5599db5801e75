// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/deflate.h"
#include "core/image/png_container.h"

#include <algorithm>

namespace limpid::image {

namespace {

constexpr std::size_t maxUnpacked = 64U << 20; // of a profile or an XMP packet
constexpr std::string_view digits = "0123456789abcdef";

/// The position after the zero that ends a keyword or a field.
std::size_t afterZero(ByteView content, std::size_t from)
{
    const auto zero = std::find(content.begin() + static_cast<std::ptrdiff_t>(from), content.end(),
                                std::uint8_t{0});
    if (zero == content.end())
        throwFailure(ErrorCode::DamagedFile, "a PNG text has no end");
    return static_cast<std::size_t>(zero - content.begin()) + 1;
}

/// The text of a tEXt or zTXt chunk with this keyword; empty when it is another one.
Bytes textWithKeyword(const PngChunk& chunk, const std::string& keyword)
{
    const bool isPacked = chunk.type == "zTXt";
    const std::string opening = keyword + std::string(isPacked ? 2 : 1, '\0');
    if ((!isPacked && chunk.type != "tEXt") || !startsWith(chunk.content, opening))
        return {};
    const ByteView text = ByteView(chunk.content).subspan(opening.size());
    return isPacked ? inflated(text, maxUnpacked) : copyOf(text);
}

int digitValue(std::uint8_t letter)
{
    const auto lower = static_cast<char>(letter >= 'A' && letter <= 'F' ? letter + 32 : letter);
    const std::size_t value = digits.find(lower);
    return value == digits.npos ? -1 : static_cast<int>(value);
}

} // namespace

Bytes unpackIccChunk(ByteView content)
{
    const std::size_t packed = afterZero(content, 0) + 1; // and the compression method
    return inflated(part(content, packed, content.size() - packed), maxUnpacked);
}

PngChunk iccChunk(ByteView profile)
{
    Bytes content = copyOf(viewOf("ICC Profile"));
    content.insert(content.end(), {0, 0});
    append(content, deflated(profile));
    return {.type = "iCCP", .content = std::move(content)};
}

Bytes unpackXmpChunk(ByteView content)
{
    const std::size_t flags = afterZero(content, 0);
    if (textOf(content.first(flags - 1)) != png::xmpKeyword)
        return {};
    const bool isPacked = number(content, flags, 1, ByteOrder::Big) != 0;
    const std::size_t translated = afterZero(content, flags + 2);
    const ByteView text = content.subspan(afterZero(content, translated));
    return isPacked ? inflated(text, maxUnpacked) : copyOf(text);
}

PngChunk xmpChunk(ByteView packet)
{
    Bytes content = copyOf(viewOf(png::xmpKeyword));
    content.insert(content.end(), {0, 0, 0, 0, 0});
    append(content, packet);
    return {.type = "iTXt", .content = std::move(content)};
}

Bytes unpackRawProfile(const PngChunk& chunk, std::string_view name)
{
    const Bytes text = textWithKeyword(chunk, std::string(png::rawKeyword) + std::string(name));
    if (text.empty())
        return {};
    // A line feed, the name, a line feed, the length in decimal digits, a line feed, the digits.
    std::size_t start = 0;
    for (int line = 0; line < 3; ++line)
        start = textOf(text).find('\n', start) + 1;
    Bytes content;
    int high = -1;
    for (const std::uint8_t letter : ByteView(text).subspan(start)) {
        const int digit = digitValue(letter);
        if (digit < 0)
            continue;
        if (high >= 0)
            content.push_back(static_cast<std::uint8_t>(high * 16 + digit));
        high = high >= 0 ? -1 : digit;
    }
    return content;
}

PngChunk rawProfileChunk(std::string_view name, ByteView content)
{
    constexpr std::size_t bytesPerLine = 36;
    const std::string length = std::to_string(content.size());
    std::string text = "\n" + std::string(name) + "\n";
    text += std::string(8 - std::min<std::size_t>(8, length.size()), ' ') + length;
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (i % bytesPerLine == 0)
            text += '\n';
        text += digits[content[i] >> 4];
        text += digits[content[i] & 0xF];
    }
    text += '\n';
    PngChunk chunk{.type = "zTXt", .content = copyOf(viewOf(png::rawKeyword))};
    append(chunk.content, viewOf(name));
    chunk.content.insert(chunk.content.end(), {0, 0});
    append(chunk.content, deflated(viewOf(text)));
    return chunk;
}

} // namespace limpid::image
