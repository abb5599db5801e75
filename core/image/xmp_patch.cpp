// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata_blocks.h"
#include "core/image/xmp_reader.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <utility>

namespace limpid::image {

namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view blanks = " \t\r\n";

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

std::string lowered(std::string_view text)
{
    std::string letters(text);
    std::transform(letters.begin(), letters.end(), letters.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return letters;
}

/// True for positions and names of places in any schema, and for pictures inside the packet, whose
/// own metadata nobody has looked at. `exif:SubjectLocation` is a place in the picture.
bool tellsLocation(std::string_view qualifiedName)
{
    constexpr std::array<std::string_view, 8> parts{"latitude",  "longitude", "altitude",
                                                    "location",  "geotag",    "targetlat",
                                                    "targetlon", "targetalt"};
    constexpr std::array<std::string_view, 17> names{
        "city",        "state", "province", "provincestate", "country",   "countrycode",
        "countryname", "place", "venue",    "worldregion",   "lat",       "lon",
        "long",        "lng",   "region",   "coverage",      "thumbnails"};
    constexpr std::array<std::string_view, 4> schemas{"geo", "gimage", "gdepth", "gaudio"};
    const std::string name = lowered(qualifiedName);
    if (name.starts_with("xmlns") || name == "exif:subjectlocation")
        return false;
    const std::size_t colon = name.find(':');
    const std::string schema = name.substr(0, colon == name.npos ? 0 : colon);
    const std::string local = name.substr(colon == name.npos ? 0 : colon + 1);
    return name.find("gps") != name.npos ||
           std::find(schemas.begin(), schemas.end(), schema) != schemas.end() ||
           std::find(names.begin(), names.end(), local) != names.end() ||
           std::any_of(parts.begin(), parts.end(),
                       [&local](auto part) { return local.find(part) != local.npos; });
}

/// What only a maker's programs understand, and may hold positions: DJI's schemas, whatever a
/// packet calls them, and maker notes.
class PrivateNames {
public:
    explicit PrivateNames(std::string_view packet)
    {
        constexpr std::string_view declaration = "xmlns:";
        XmpReader reader(packet);
        while (const auto tag = reader.next()) {
            for (const XmpAttribute& attribute : tag->attributes)
                if (attribute.name.starts_with(declaration) &&
                    lowered(attribute.value).find("dji.com") != std::string::npos)
                    prefixes_.insert(lowered(attribute.name.substr(declaration.size())));
        }
    }

    bool hold(std::string_view qualifiedName) const
    {
        const std::string name = lowered(qualifiedName);
        if (name.starts_with("xmlns"))
            return false;
        return prefixes_.contains(name.substr(0, name.find(':'))) ||
               name.find("makernote") != name.npos || name.ends_with(":shot_log_data");
    }

private:
    std::set<std::string> prefixes_{"drone-dji"};
};

/// Copies a packet without the properties of some names, written as attributes or as elements with
/// whatever is in them. All else stays byte for byte.
class PropertyFilter {
public:
    using Drops = std::function<bool(std::string_view name)>;

    PropertyFilter(std::string_view text, Drops drops)
        : text_(text), drops_(std::move(drops)), reader_(text)
    {}

    /// None when the packet is not well-formed.
    std::optional<std::string> run()
    {
        bool isOutside = true;
        while (const auto tag = reader_.next()) {
            keepText(text_.substr(at_, tag->start - at_), isOutside);
            at_ = tag->end;
            if (!droppedDepth_ && !keepTag(*tag))
                return std::nullopt;
            if (droppedDepth_ && reader_.open().size() < *droppedDepth_)
                droppedDepth_.reset();
            isOutside = reader_.open().empty();
        }
        keepText(text_.substr(std::min(at_, text_.size())), isOutside);
        return reader_.isComplete() ? std::optional(std::move(kept_)) : std::nullopt;
    }

    /// From here on, comments, instructions and texts outside of all elements are left out, and a
    /// packet with declarations of its own counts as not well-formed.
    void setStrict() { isStrict_ = true; }

private:
    void keepText(std::string_view text, bool isOutside)
    {
        const bool isLeftOut =
            isStrict_ && isOutside && text.find_first_not_of(blanks) != text.npos;
        if (!droppedDepth_ && !isLeftOut)
            kept_ += text;
    }

    /// False when the packet must not be trusted.
    bool keepTag(const XmpTag& tag)
    {
        const std::string_view text = text_.substr(tag.start, tag.end - tag.start);
        if (tag.kind == XmpTag::Kind::Other)
            return keepOther(text);
        if (tag.kind == XmpTag::Kind::Closing) {
            kept_ += text;
            return true;
        }
        if (drops_(tag.name)) {
            if (tag.kind == XmpTag::Kind::Opening)
                droppedDepth_ = reader_.open().size();
            return true;
        }
        std::size_t at = tag.start;
        for (const XmpAttribute& attribute : tag.attributes) {
            kept_ += text_.substr(at, attribute.start - at);
            if (!drops_(attribute.name))
                kept_ += text_.substr(attribute.start, attribute.end - attribute.start);
            at = attribute.end;
        }
        kept_ += text_.substr(at, tag.end - at);
        return true;
    }

    bool keepOther(std::string_view text)
    {
        const bool isComment = text.starts_with("<!--");
        const bool isContent = text.starts_with("<![CDATA[");
        const bool isDeclaration = text.starts_with("<!") && !isComment && !isContent;
        if (!isStrict_ || isContent || text.starts_with("<?xpacket"))
            kept_ += text;
        return !isStrict_ || !isDeclaration;
    }

    std::string_view text_;
    Drops drops_;
    XmpReader reader_;
    bool isStrict_ = false;
    std::size_t at_ = 0;
    std::string kept_;
    std::optional<std::size_t> droppedDepth_; ///< How many are open inside the one that is dropped.
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
    std::string text = PropertyFilter(textOf(packet), announcesAttachment)
                           .run()
                           .value_or(std::string(textOf(packet)));
    for (const auto& [name, value] : values) {
        // XMP writes a property as an attribute or as an element.
        replaceNumber(text, name + "=\"", value);
        replaceNumber(text, name + "='", value);
        replaceNumber(text, "<" + name + ">", value);
    }
    return copyOf(viewOf(text));
}

std::optional<ReducedXmp> xmpWithoutLocation(ByteView packet)
{
    std::string_view text = textOf(packet);
    text = text.substr(0, text.find_last_not_of('\0') + 1);
    if (text.find('\0') != text.npos)
        return std::nullopt; // UTF-16, whose names would not be recognized
    ReducedXmp reduced;
    const PrivateNames privateNames(text);
    PropertyFilter filter(text, [&](std::string_view name) {
        const bool isLocation = tellsLocation(name);
        const bool isPrivate = !isLocation && privateNames.hold(name);
        reduced.losesPrivate = reduced.losesPrivate || isPrivate;
        return isLocation || isPrivate;
    });
    filter.setStrict();
    const auto kept = filter.run();
    if (!kept)
        return std::nullopt;
    reduced.packet = copyOf(viewOf(*kept));
    return reduced;
}

} // namespace limpid::image
