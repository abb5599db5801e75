// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/xmp_reader.h"

#include <algorithm>
#include <array>
#include <utility>

namespace limpid::image {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view nameIn(std::string_view tag, std::size_t start)
{
    return tag.substr(start, tag.find_first_of(" \t\r\n/>", start) - start);
}

/// The name before an equals sign; empty when there is anything else.
std::string_view assignedName(std::string_view text)
{
    const std::size_t nameEnd = std::min(text.find_first_of(" \t\r\n="), text.size());
    const std::size_t equals = text.find_first_not_of(blanks, nameEnd);
    const bool isAssignment = equals != text.npos && text[equals] == '=' &&
                              text.find_first_not_of(blanks, equals + 1) == text.npos;
    return text.substr(0, isAssignment ? nameEnd : 0);
}

} // namespace

std::optional<XmpTag> XmpReader::next()
{
    XmpTag tag;
    tag.start = std::min(text_.find('<', at_), text_.size());
    isAtEnd_ = tag.start == text_.size();
    if (isAtEnd_)
        return std::nullopt;
    tag.end = endOf(tag.start);
    if (tag.end == text_.npos || !accept(tag))
        return std::nullopt;
    at_ = tag.end;
    return tag;
}

/// Behind the tag, comment or instruction that begins here; npos when it does not end.
std::size_t XmpReader::endOf(std::size_t tag) const
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> brackets{
        {{"<?", "?>"}, {"<!--", "-->"}, {"<![CDATA[", "]]>"}}};
    for (const auto& [opening, closing] : brackets) {
        if (!text_.substr(tag).starts_with(opening))
            continue;
        const std::size_t found = text_.find(closing, tag + opening.size());
        return found == text_.npos ? found : found + closing.size();
    }
    std::size_t at = text_.find_first_of(">\"'", tag);
    while (at != text_.npos && text_[at] != '>') {
        at = text_.find(text_[at], at + 1);
        at = at == text_.npos ? at : text_.find_first_of(">\"'", at + 1);
    }
    return at == text_.npos ? at : at + 1;
}

/// False when the tag closes what is not open, or an attribute has no value.
bool XmpReader::accept(XmpTag& tag)
{
    const std::string_view text = text_.substr(tag.start, tag.end - tag.start);
    if (text[1] == '?' || text[1] == '!')
        return true;
    if (text[1] == '/') {
        tag.kind = XmpTag::Kind::Closing;
        tag.name = nameIn(text, 2);
        if (open_.empty() || open_.back() != tag.name)
            return false;
        open_.pop_back();
        return true;
    }
    tag.kind = text[text.size() - 2] == '/' ? XmpTag::Kind::Whole : XmpTag::Kind::Opening;
    tag.name = nameIn(text, 1);
    if (tag.kind == XmpTag::Kind::Opening)
        open_.push_back(tag.name);
    return readAttributes(tag, tag.start + 1 + tag.name.size());
}

bool XmpReader::readAttributes(XmpTag& tag, std::size_t at) const
{
    const std::string_view text = text_.substr(0, tag.end);
    for (;;) {
        const std::size_t name = text.find_first_not_of(blanks, at);
        const std::size_t quote = text.find_first_of("\"'", name);
        if (quote == text.npos)
            return text.substr(name) == ">" || text.substr(name) == "/>";
        const std::size_t end = text.find(text[quote], quote + 1);
        const std::string_view assigned = assignedName(text.substr(name, quote - name));
        if (end == text.npos || assigned.empty())
            return false;
        tag.attributes.push_back({.name = assigned,
                                  .value = text.substr(quote + 1, end - quote - 1),
                                  .start = at,
                                  .end = end + 1});
        at = end + 1;
    }
}

} // namespace limpid::image
