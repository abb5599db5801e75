// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/prompt_text.h"

#include "core/networks/unicode_properties.h"

#include <algorithm>
#include <array>
#include <optional>

namespace limpid::networks {

namespace {

struct Entity {
    std::u32string_view name;
    char32_t character;
};

/// U+00A0…U+00FF in order; with or without a semicolon, as browsers accept them.
constexpr std::array<std::u32string_view, 96> latinNames{
    U"nbsp",   U"iexcl",  U"cent",   U"pound",  U"curren", U"yen",    U"brvbar", U"sect",
    U"uml",    U"copy",   U"ordf",   U"laquo",  U"not",    U"shy",    U"reg",    U"macr",
    U"deg",    U"plusmn", U"sup2",   U"sup3",   U"acute",  U"micro",  U"para",   U"middot",
    U"cedil",  U"sup1",   U"ordm",   U"raquo",  U"frac14", U"frac12", U"frac34", U"iquest",
    U"Agrave", U"Aacute", U"Acirc",  U"Atilde", U"Auml",   U"Aring",  U"AElig",  U"Ccedil",
    U"Egrave", U"Eacute", U"Ecirc",  U"Euml",   U"Igrave", U"Iacute", U"Icirc",  U"Iuml",
    U"ETH",    U"Ntilde", U"Ograve", U"Oacute", U"Ocirc",  U"Otilde", U"Ouml",   U"times",
    U"Oslash", U"Ugrave", U"Uacute", U"Ucirc",  U"Uuml",   U"Yacute", U"THORN",  U"szlig",
    U"agrave", U"aacute", U"acirc",  U"atilde", U"auml",   U"aring",  U"aelig",  U"ccedil",
    U"egrave", U"eacute", U"ecirc",  U"euml",   U"igrave", U"iacute", U"icirc",  U"iuml",
    U"eth",    U"ntilde", U"ograve", U"oacute", U"ocirc",  U"otilde", U"ouml",   U"divide",
    U"oslash", U"ugrave", U"uacute", U"ucirc",  U"uuml",   U"yacute", U"thorn",  U"yuml",
};

constexpr std::array<Entity, 8> shortEntities{{{U"amp", U'&'},
                                               {U"lt", U'<'},
                                               {U"gt", U'>'},
                                               {U"quot", U'"'},
                                               {U"AMP", U'&'},
                                               {U"LT", U'<'},
                                               {U"GT", U'>'},
                                               {U"QUOT", U'"'}}};

/// These need their semicolon.
constexpr std::array<Entity, 23> longEntities{{
    {U"apos", U'\''},       {U"OElig", U'\u0152'},  {U"oelig", U'\u0153'}, {U"Scaron", U'\u0160'},
    {U"scaron", U'\u0161'}, {U"Yuml", U'\u0178'},   {U"circ", U'\u02C6'},  {U"tilde", U'\u02DC'},
    {U"ndash", U'\u2013'},  {U"mdash", U'\u2014'},  {U"lsquo", U'\u2018'}, {U"rsquo", U'\u2019'},
    {U"sbquo", U'\u201A'},  {U"ldquo", U'\u201C'},  {U"rdquo", U'\u201D'}, {U"bdquo", U'\u201E'},
    {U"bull", U'\u2022'},   {U"hellip", U'\u2026'}, {U"euro", U'\u20AC'},  {U"trade", U'\u2122'},
    {U"minus", U'\u2212'},  {U"infin", U'\u221E'},  {U"rarr", U'\u2192'},
}};

struct Resolved {
    char32_t character = 0;
    std::size_t length = 0; ///< Of the entity, with its ampersand.
};

std::optional<Resolved> numericEntity(std::u32string_view text)
{
    const bool hexadecimal = text.size() > 2 && (text[2] == U'x' || text[2] == U'X');
    std::size_t i = hexadecimal ? 3 : 2;
    const auto begin = i;
    char32_t value = 0;
    for (; i < text.size() && value < 0x110000; ++i) {
        const char32_t c = lowerCase(text[i]);
        if (c >= U'0' && c <= U'9')
            value = value * (hexadecimal ? 16 : 10) + (c - U'0');
        else if (hexadecimal && c >= U'a' && c <= U'f')
            value = value * 16 + (c - U'a' + 10);
        else
            break;
    }
    if (i == begin)
        return std::nullopt;
    if (value == 0 || value >= 0x110000 || (value >= 0xD800 && value < 0xE000))
        value = 0xFFFD;
    return Resolved{value, i < text.size() && text[i] == U';' ? i + 1 : i};
}

std::optional<Resolved> matched(std::u32string_view rest, const Entity& entity, bool needsEnd)
{
    const auto size = entity.name.size();
    if (!rest.starts_with(entity.name))
        return std::nullopt;
    const bool ends = rest.size() > size && rest[size] == U';';
    if (needsEnd && !ends)
        return std::nullopt;
    return Resolved{entity.character, 1 + size + (ends ? 1 : 0)};
}

std::optional<Resolved> namedEntity(std::u32string_view text)
{
    const auto rest = text.substr(1);
    for (const auto& entity : longEntities)
        if (const auto found = matched(rest, entity, true))
            return found;
    std::optional<Resolved> longest; // "&notit" is "¬it", "&copy2" is "©2"
    const auto consider = [&](const Entity& entity) {
        const auto found = matched(rest, entity, false);
        if (found && (!longest || found->length > longest->length))
            longest = found;
    };
    for (const auto& entity : shortEntities)
        consider(entity);
    for (std::size_t i = 0; i < latinNames.size(); ++i)
        consider({latinNames[i], static_cast<char32_t>(0xA0 + i)});
    return longest;
}

} // namespace

std::u32string unescapeHtml(std::u32string_view text)
{
    std::u32string result;
    while (!text.empty()) {
        std::optional<Resolved> entity;
        if (text.size() > 2 && text[0] == U'&')
            entity = text[1] == U'#' ? numericEntity(text) : namedEntity(text);
        result.push_back(entity ? entity->character : text.front());
        text.remove_prefix(entity ? entity->length : 1);
    }
    return result;
}

} // namespace limpid::networks
