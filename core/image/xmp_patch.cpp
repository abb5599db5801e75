// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata_blocks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace limpid::image {

namespace {

constexpr std::string_view digits = "0123456789";

/// Replaces the first number that stands behind `opening`.
void replaceNumber(std::string& text, const std::string& opening, int value)
{
    const std::size_t found = text.find(opening);
    if (found == text.npos)
        return;
    const std::size_t start = found + opening.size();
    const std::size_t end = text.find_first_not_of(digits, start);
    if (end != text.npos && end > start)
        text.replace(start, end - start, std::to_string(value));
}

/// True for what an Ultra HDR or motion photo says of the picture or video behind it.
bool announcesAttachment(std::string_view name)
{
    constexpr std::array<std::string_view, 3> prefixes{"hdrgm:", "GCamera:MotionPhoto",
                                                       "GCamera:MicroVideo"};
    return name == "Container:Directory" ||
           std::any_of(prefixes.begin(), prefixes.end(),
                       [name](auto prefix) { return name.starts_with(prefix); });
}

/// Copies a packet without the properties that announce attachments, written as attributes or as
/// elements with whatever is in them. All else stays byte for byte.
class AttachmentFilter {
public:
    explicit AttachmentFilter(std::string_view text) : text_(text) {}

    /// None when the packet is not well-formed.
    std::optional<std::string> run()
    {
        for (;;) {
            const std::size_t tag = std::min(text_.find('<', at_), text_.size());
            keep(text_.substr(at_, tag - at_));
            if (tag == text_.size())
                return open_.empty() ? std::optional(kept_) : std::nullopt;
            const std::size_t end = endOf(tag);
            if (end == text_.npos || !readTag(text_.substr(tag, end - tag)))
                return std::nullopt;
            at_ = end;
        }
    }

private:
    static constexpr std::string_view blanks = " \t\r\n";

    /// Behind the tag, comment or instruction that begins here; npos when it does not end.
    std::size_t endOf(std::size_t tag) const
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

    static std::string_view nameIn(std::string_view tag, std::size_t start)
    {
        return tag.substr(start, tag.find_first_of(" \t\r\n/>", start) - start);
    }

    /// False when the tag closes what is not open, or an attribute has no value.
    bool readTag(std::string_view tag)
    {
        if (tag[1] == '?' || tag[1] == '!') {
            keep(tag);
            return true;
        }
        if (tag[1] == '/')
            return close(tag);
        const std::string_view name = nameIn(tag, 1);
        const bool isWhole = tag[tag.size() - 2] == '/';
        const bool isDropped = isDropping() || announcesAttachment(name);
        if (!isWhole)
            open_.push_back(name);
        if (!isDropped)
            return keepAttributes(tag, 1 + name.size());
        if (!isWhole && !isDropping())
            droppedDepth_ = open_.size();
        return true;
    }

    bool close(std::string_view tag)
    {
        if (open_.empty() || open_.back() != nameIn(tag, 2))
            return false;
        keep(tag);
        if (open_.size() == droppedDepth_)
            droppedDepth_ = 0;
        open_.pop_back();
        return true;
    }

    bool keepAttributes(std::string_view tag, std::size_t at)
    {
        keep(tag.substr(0, at));
        for (;;) {
            const std::size_t name = tag.find_first_not_of(blanks, at);
            const std::size_t quote = tag.find_first_of("\"'", name);
            if (quote == tag.npos) {
                keep(tag.substr(at));
                return tag.substr(name) == ">" || tag.substr(name) == "/>";
            }
            const std::size_t end = tag.find(tag[quote], quote + 1);
            if (end == tag.npos || !isAssignment(tag.substr(name, quote - name)))
                return false;
            if (!announcesAttachment(tag.substr(name, quote - name)))
                keep(tag.substr(at, end + 1 - at));
            at = end + 1;
        }
    }

    /// One name and an equals sign.
    static bool isAssignment(std::string_view text)
    {
        const std::size_t nameEnd = std::min(text.find_first_of(" \t\r\n="), text.size());
        const std::size_t equals = text.find_first_not_of(blanks, nameEnd);
        return nameEnd > 0 && equals != text.npos && text[equals] == '=' &&
               text.find_first_not_of(blanks, equals + 1) == text.npos;
    }

    bool isDropping() const { return droppedDepth_ > 0; }

    void keep(std::string_view piece)
    {
        if (!isDropping())
            kept_ += piece;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string kept_;
    std::vector<std::string_view> open_; ///< Names of the elements around the current place.
    std::size_t droppedDepth_ = 0;       ///< How many are open at the one that is dropped; 0: none.
};

} // namespace

Bytes patchedXmp(ByteView packet, Size size)
{
    const std::array<std::pair<std::string, int>, 5> values{
        {{"tiff:Orientation", 1},
         {"tiff:ImageWidth", size.width},
         {"tiff:ImageLength", size.height},
         {"exif:PixelXDimension", size.width},
         {"exif:PixelYDimension", size.height}}};
    std::string text = AttachmentFilter(textOf(packet)).run().value_or(std::string(textOf(packet)));
    for (const auto& [name, value] : values) {
        // XMP writes a property as an attribute or as an element.
        replaceNumber(text, name + "=\"", value);
        replaceNumber(text, name + "='", value);
        replaceNumber(text, "<" + name + ">", value);
    }
    return copyOf(viewOf(text));
}

} // namespace limpid::image
