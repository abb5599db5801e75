// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/prompt_text.h"

#include "core/networks/mojibake.h"
#include "core/networks/unicode_composition.h"
#include "core/networks/unicode_properties.h"

#include <array>
#include <utility>

namespace limpid::networks {

namespace {

using Replacement = std::pair<char32_t, std::u32string_view>;

constexpr std::array<Replacement, 28> ligatures{{
    {U'\u0132', U"IJ"},      {U'\u0133', U"ij"},      {U'\u0149', U"\u02BCn"},
    {U'\u01C4', U"D\u017D"}, {U'\u01C5', U"D\u017E"}, {U'\u01C6', U"d\u017E"},
    {U'\u01C7', U"LJ"},      {U'\u01C8', U"Lj"},      {U'\u01C9', U"lj"},
    {U'\u01CA', U"NJ"},      {U'\u01CB', U"Nj"},      {U'\u01CC', U"nj"},
    {U'\u01F1', U"DZ"},      {U'\u01F2', U"Dz"},      {U'\u01F3', U"dz"},
    {U'\uFB00', U"ff"},      {U'\uFB01', U"fi"},      {U'\uFB02', U"fl"},
    {U'\uFB03', U"ffi"},     {U'\uFB04', U"ffl"},     {U'\uFB05', U"\u017Ft"},
    {U'\uFB06', U"st"},      {U'\uFFE0', U"\u00A2"},  {U'\uFFE1', U"\u00A3"},
    {U'\uFFE2', U"\u00AC"},  {U'\uFFE4', U"\u00A6"},  {U'\uFFE5', U"\u00A5"},
    {U'\uFFE6', U"\u20A9"},
}};

/// U+FF61…U+FF9F, the half-width forms, in their ordinary width.
constexpr std::u32string_view katakana =
    U"\u3002\u300C\u300D\u3001\u30FB\u30F2\u30A1\u30A3\u30A5\u30A7\u30A9\u30E3\u30E5\u30E7\u30C3"
    U"\u30FC"
    U"\u30A2\u30A4\u30A6\u30A8\u30AA\u30AB\u30AD\u30AF\u30B1\u30B3\u30B5\u30B7\u30B9\u30BB\u30BD"
    U"\u30BF"
    U"\u30C1\u30C4\u30C6\u30C8\u30CA\u30CB\u30CC\u30CD\u30CE\u30CF\u30D2\u30D5\u30D8\u30DB\u30DE"
    U"\u30DF"
    U"\u30E0\u30E1\u30E2\u30E4\u30E6\u30E8\u30E9\u30EA\u30EB\u30EC\u30ED\u30EF\u30F3\u3099\u309A";

bool within(char32_t c, char32_t first, char32_t last)
{
    return c >= first && c <= last;
}

bool isControl(char32_t c)
{
    return within(c, 0, 8) || c == 0x0B || within(c, 0x0E, 0x1F) || c == 0x7F || c == 0xFEFF ||
           within(c, 0x206A, 0x206F) || within(c, 0xFFF9, 0xFFFC);
}

/// Length of an escape sequence for terminals at the beginning of the text, or 0.
std::size_t escapeLength(std::u32string_view text)
{
    if (!text.starts_with(U"\u001B["))
        return 0;
    std::size_t i = 2;
    while (i < text.size() && (within(text[i], U'0', U'9') || text[i] == U';'))
        ++i;
    const bool ends = i < text.size() && within(lowerCase(text[i]), U'a', U'z');
    return ends ? i + 1 : 0;
}

void appendRepaired(std::u32string& result, char32_t c)
{
    for (const auto& [from, to] : ligatures) {
        if (from == c) {
            result += to;
            return;
        }
    }
    if (within(c, 0xFF01, 0xFF5E))
        c = c - 0xFF01 + U'!';
    else if (within(c, 0xFF61, 0xFF9F))
        c = katakana[c - 0xFF61];
    if (c == 0x02BC || within(c, 0x2018, 0x201B))
        c = U'\'';
    else if (within(c, 0x201C, 0x201F))
        c = U'"';
    if (!isControl(c))
        result.push_back(c);
}

std::u32string repaired(std::u32string_view text)
{
    std::u32string result;
    while (!text.empty()) {
        const auto escape = escapeLength(text);
        if (escape == 0)
            appendRepaired(result, text.front());
        text.remove_prefix(escape == 0 ? 1 : escape);
    }
    return result;
}

/// Runs of white space become one space, none at the ends.
std::u32string collapsed(std::u32string_view text)
{
    std::u32string result;
    for (const char32_t c : text) {
        if (!isSpace(c))
            result.push_back(c);
        else if (!result.empty() && result.back() != U' ')
            result.push_back(U' ');
    }
    if (!result.empty() && result.back() == U' ')
        result.pop_back();
    return result;
}

std::u32string lowered(std::u32string_view text)
{
    constexpr char32_t dottedCapitalI = 0x130;
    constexpr char32_t capitalSigma = 0x3A3;
    std::u32string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool endsWord =
            i > 0 && isLetter(text[i - 1]) && (i + 1 == text.size() || !isLetter(text[i + 1]));
        if (text[i] == dottedCapitalI)
            result += U"i\u0307";
        else if (text[i] == capitalSigma && endsWord)
            result.push_back(U'\u03C2');
        else
            result.push_back(lowerCase(text[i]));
    }
    return result;
}

} // namespace

std::u32string cleanPrompt(std::string_view prompt)
{
    auto text = decodeUtf8(prompt);
    if (text.find(U'<') == std::u32string::npos) // with tags it may be meant literally, says ftfy
        text = unescapeHtml(text);
    text = composed(repaired(withoutMojibake(std::move(text))));
    text = unescapeHtml(unescapeHtml(text));
    return lowered(collapsed(text));
}

} // namespace limpid::networks
