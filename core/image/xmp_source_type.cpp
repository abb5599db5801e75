// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/xmp_source_type.h"

#include "core/base/trimmed.h"
#include "core/image/xmp_reader.h"

#include <string_view>
#include <vector>

namespace limpid::image {

namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view iptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";

/// The one prefix that a packet has for a schema; empty when there is none, or more.
std::string prefixOf(std::string_view packet, std::string_view schema)
{
    constexpr std::string_view declaration = "xmlns:";
    std::string prefix;
    XmpReader reader(packet);
    while (const auto tag = reader.next()) {
        for (const XmpAttribute& attribute : tag->attributes) {
            if (attribute.value != schema || !attribute.name.starts_with(declaration))
                continue;
            const std::string found(attribute.name.substr(declaration.size()));
            if (!prefix.empty() && prefix != found)
                return {};
            prefix = found;
        }
    }
    return prefix;
}

/// Looks for the property, written as an attribute or as an element.
class SourceTypeSearch {
public:
    struct Found {
        std::size_t start = 0;
        std::size_t end = 0;
        std::string_view value;
    };

    explicit SourceTypeSearch(std::string_view packet)
        : packet_(packet), root_(prefixOf(packet, rdf) + ":RDF"),
          description_(prefixOf(packet, rdf) + ":Description"),
          resource_(prefixOf(packet, rdf) + ":resource"),
          property_(prefixOf(packet, iptcExtension) + ":DigitalSourceType")
    {}

    std::optional<Found> run()
    {
        if (root_.starts_with(':') || property_.starts_with(':'))
            return std::nullopt;
        XmpReader reader(packet_);
        while (const auto tag = reader.next())
            visit(*tag, reader.open());
        const bool isUnderstood = reader.isComplete() && count_ == 1 && !start_;
        return isUnderstood && isPlain(found_.value) ? std::optional(found_) : std::nullopt;
    }

private:
    static bool isPlain(std::string_view value)
    {
        return !value.empty() && value.find_first_of("<>\"'") == value.npos;
    }

    void visit(const XmpTag& tag, const std::vector<std::string_view>& open)
    {
        if (tag.kind == XmpTag::Kind::Other)
            return;
        const std::size_t depth = open.size() - (tag.kind == XmpTag::Kind::Opening ? 1 : 0);
        if (tag.name == description_ && depth > 0 && open[depth - 1] == root_)
            visitAttributes(tag);
        else if (tag.name == property_ && depth > 1 && open[depth - 1] == description_ &&
                 open[depth - 2] == root_)
            visitElement(tag);
    }

    void visitAttributes(const XmpTag& tag)
    {
        for (const XmpAttribute& attribute : tag.attributes)
            if (attribute.name == property_)
                add({attribute.start, attribute.end, attribute.value});
    }

    void visitElement(const XmpTag& tag)
    {
        if (tag.kind == XmpTag::Kind::Opening) {
            start_ = tag;
            return;
        }
        const XmpTag& opening = start_ ? *start_ : tag;
        std::string_view value;
        if (start_)
            value = trimmed(packet_.substr(start_->end, tag.start - start_->end));
        for (const XmpAttribute& attribute : opening.attributes)
            if (attribute.name == resource_)
                value = attribute.value;
        add({opening.start, tag.end, value});
        start_.reset();
    }

    void add(const Found& found)
    {
        found_ = found;
        ++count_;
    }

    std::string_view packet_;
    std::string root_;
    std::string description_;
    std::string resource_;
    std::string property_;
    std::optional<XmpTag> start_; ///< Of the element that is open.
    Found found_;
    int count_ = 0;
};

} // namespace

std::optional<TakenSourceType> takenSourceType(ByteView packet)
{
    const std::string_view text = textOf(packet);
    const auto found = SourceTypeSearch(text).run();
    if (!found)
        return std::nullopt;
    TakenSourceType taken{.packet = copyOf(packet.first(found->start)), .attribute = {}};
    append(taken.packet, packet.subspan(found->end));
    taken.attribute = " xmlns:Iptc4xmpExt=\"" + std::string(iptcExtension) +
                      "\" Iptc4xmpExt:DigitalSourceType=\"" + std::string(found->value) + "\"";
    return taken;
}

} // namespace limpid::image
