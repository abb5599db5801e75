// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/mojibake.h"

#include "core/networks/unicode_properties.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace limpid::networks {

namespace {

constexpr char32_t invalid = 0xFFFD;

/// What Windows-1252 has at 0x80…0x9F; a zero where it has nothing.
constexpr std::u32string_view middleBytes{
    U"\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0"
    U"\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178",
    32};

std::optional<char> windowsByte(char32_t c)
{
    if (c < 0x100)
        return static_cast<char>(c);
    const auto place = middleBytes.find(c);
    if (place == std::u32string_view::npos)
        return std::nullopt;
    return static_cast<char>(0x80 + place);
}

} // namespace

std::u32string withoutMojibake(std::u32string text)
{
    std::string bytes;
    for (const char32_t c : text) {
        const auto byte = windowsByte(c);
        if (!byte)
            return text;
        bytes.push_back(*byte);
    }
    auto repaired = decodeUtf8(bytes);
    const bool broken = std::find(repaired.begin(), repaired.end(), invalid) != repaired.end();
    return broken ? text : repaired;
}

} // namespace limpid::networks
