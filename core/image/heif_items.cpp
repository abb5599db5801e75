// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/heif_items.h"

#include <algorithm>
#include <array>

namespace limpid::image {

namespace {

/// Libheif compares each item with each reference. Telephones write about a hundred.
constexpr std::size_t mostItems = 8192;
constexpr std::size_t mostTargets = 4096;   ///< Of a reference: the tiles of a grid.
constexpr std::size_t mostProperties = 256; ///< Of an item.
constexpr std::uint32_t mostExtents = 32;   ///< Of an item, as in libheif.

[[noreturn]] void damaged(const std::string& detail)
{
    throwFailure(ErrorCode::DamagedFile, detail);
}

std::uint32_t big(ByteView bytes, std::size_t offset, int width)
{
    return number(bytes, offset, width, ByteOrder::Big);
}

/// Reads big-endian numbers one behind the other.
class Cursor {
public:
    explicit Cursor(ByteView bytes) : bytes_(bytes) {}

    /// Of 0, 1, 2, 4 or 8 bytes.
    std::uint64_t take(int width)
    {
        if (width == 0)
            return 0;
        if (width == 8) {
            const std::uint64_t high = take(4);
            return high << 32 | take(4);
        }
        const std::uint32_t value = big(bytes_, at_, width);
        at_ += static_cast<std::size_t>(width);
        return value;
    }

    std::uint32_t take32(int width) { return static_cast<std::uint32_t>(take(width)); }

    /// The characters up to a zero or the end.
    std::string_view takeText()
    {
        const std::string_view text = textOf(rest());
        const std::size_t length = std::min(text.find('\0'), text.size());
        at_ += std::min(length + 1, text.size());
        return text.substr(0, length);
    }

    ByteView rest() const { return bytes_.subspan(at_); }

private:
    ByteView bytes_;
    std::size_t at_ = 0;
};

struct FullBox {
    std::uint32_t version = 0;
    std::uint32_t flags = 0;
    Cursor fields;
};

FullBox fullBoxOf(ByteView content)
{
    Cursor fields(content);
    const std::uint32_t version = fields.take32(1);
    const std::uint32_t high = fields.take32(1);
    const std::uint32_t flags = high << 16 | fields.take32(2);
    return {.version = version, .flags = flags, .fields = fields};
}

/// The tables by name. Readers differ in which of two they believe, so that there may be one only.
class Tables {
public:
    explicit Tables(ByteView boxes)
    {
        forEachHeifBox(boxes, [this](const HeifBox& box) {
            const bool isNew = found_.emplace(box.type, box.content).second;
            if (!isNew && std::ranges::count(single, box.type) > 0)
                damaged("the HEIF file has the table " + std::string(box.type) + " twice");
        });
    }

    /// Empty when it is not there.
    ByteView of(std::string_view type) const
    {
        const auto table = found_.find(type);
        return table == found_.end() ? ByteView() : table->second;
    }

private:
    static constexpr std::array<std::string_view, 7> single{"pitm", "iinf", "iloc", "iref",
                                                            "iprp", "idat", "ipco"};
    std::map<std::string_view, ByteView> found_;
};

/// libheif inflates without a bound, and not at all to an end when the data are cut.
void refuseCompression(Cursor fields)
{
    fields.takeText(); // the name
    fields.takeText(); // the media type
    if (std::ranges::any_of(fields.rest(), [](std::uint8_t byte) { return byte != 0; }))
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: compressed metadata");
}

/// Entries before version 2 name no types; no HEIF file has them.
void addEntry(HeifItems& items, ByteView content)
{
    FullBox box = fullBoxOf(content);
    if (box.version < 2)
        return;
    const std::uint32_t id = box.fields.take32(box.version == 2 ? 2 : 4);
    box.fields.take(2); // protection
    const std::string_view type = textOf(part(box.fields.rest(), 0, 4));
    box.fields.take(4);
    if (type == "mime")
        refuseCompression(box.fields);
    if (items.byId.size() == mostItems)
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: too many items");
    if (!items.byId.emplace(id, HeifItem{.type = type}).second)
        damaged("the HEIF file has two items of one number");
}

void addEntries(HeifItems& items, ByteView table)
{
    FullBox box = fullBoxOf(table);
    box.fields.take(box.version == 0 ? 2 : 4); // how many
    forEachHeifBox(box.fields.rest(),
                   [&](const HeifBox& entry) { addEntry(items, entry.content); });
}

void addReferences(HeifItems& items, ByteView table)
{
    if (table.empty())
        return;
    FullBox box = fullBoxOf(table);
    const int idBytes = box.version == 0 ? 2 : 4;
    std::size_t count = 0;
    forEachHeifBox(box.fields.rest(), [&](const HeifBox& reference) {
        if (++count > mostItems)
            throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: too many references");
        Cursor fields(reference.content);
        const auto from = items.byId.find(fields.take32(idBytes));
        std::vector<std::uint32_t> targets(fields.take32(2));
        if (targets.size() > mostTargets)
            throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: too many pictures");
        for (std::uint32_t& target : targets)
            target = fields.take32(idBytes);
        if (from == items.byId.end())
            return;
        if (reference.type == "dimg") {
            if (!from->second.sources.empty())
                damaged("a picture of the HEIF file is made from two lists of pictures");
            from->second.sources = std::move(targets);
        } else if (reference.type == "auxl") {
            auto& mains = from->second.auxiliaryOf;
            mains.insert(mains.end(), targets.begin(), targets.end());
        }
    });
}

/// How many bytes each number in the table of locations has.
struct LocationWidths {
    int id = 2;
    int method = 0;
    int offset = 0;
    int length = 0;
    int base = 0;
    int index = 0;
};

LocationWidths widthsOf(FullBox& box)
{
    const std::uint32_t sizes = box.fields.take32(2);
    const auto nibble = [sizes](int place) {
        return static_cast<int>(sizes >> (4 * place) & 15U);
    };
    const LocationWidths widths{.id = box.version < 2 ? 2 : 4,
                                .method = box.version == 0 ? 0 : 2,
                                .offset = nibble(3),
                                .length = nibble(2),
                                .base = nibble(1),
                                .index = box.version == 0 ? 0 : nibble(0)};
    for (const int width : {widths.offset, widths.length, widths.base, widths.index}) {
        if (width != 0 && width != 4 && width != 8)
            damaged("the HEIF file's table of locations is broken");
    }
    return widths;
}

/// The file and the table "idat", in which contents may lie.
struct Sources {
    ByteView file;
    ByteView data;
};

std::vector<ByteView> extentsOf(Cursor& fields, const LocationWidths& widths,
                                const Sources& sources)
{
    const std::uint32_t method = fields.take32(widths.method) & 15U;
    if (method > 1)
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: items inside of items");
    fields.take(2); // another file
    const std::uint64_t base = fields.take(widths.base);
    const std::uint32_t count = fields.take32(2);
    if (count > mostExtents)
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: an item in many pieces");
    std::vector<ByteView> extents;
    for (std::uint32_t left = count; left > 0; --left) {
        fields.take(widths.index);
        const std::uint64_t offset = fields.take(widths.offset);
        const std::uint64_t length = fields.take(widths.length);
        if (offset > UINT64_MAX - base)
            damaged("the file ends before its contents do");
        extents.push_back(part(method == 0 ? sources.file : sources.data, base + offset, length));
    }
    return extents;
}

/// All contents together may be as long as the file, and a little longer: some writers store equal
/// ones, as of plain tiles, only once.
void addLocations(HeifItems& items, ByteView table, const Sources& sources)
{
    constexpr std::size_t equalOnes = std::size_t{1} << 20;
    FullBox box = fullBoxOf(table);
    const LocationWidths widths = widthsOf(box);
    const std::uint32_t count = box.fields.take32(widths.id);
    if (count > mostItems)
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: too many items");
    std::size_t left = sources.file.size() + equalOnes;
    std::map<std::uint32_t, std::vector<ByteView>> found;
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint32_t id = box.fields.take32(widths.id);
        auto extents = extentsOf(box.fields, widths, sources);
        for (const ByteView extent : extents) {
            if (extent.size() > left)
                damaged("the HEIF file's items hold more than the file");
            left -= extent.size();
        }
        if (!found.emplace(id, std::move(extents)).second)
            damaged("the HEIF file has two items of one number");
    }
    for (auto& [id, extents] : found) {
        if (const auto item = items.byId.find(id); item != items.byId.end())
            item->second.extents = std::move(extents);
    }
}

void addOwners(HeifItems& items, ByteView table, const std::vector<HeifBox>& properties)
{
    FullBox box = fullBoxOf(table);
    const bool isWide = (box.flags & 1U) != 0;
    for (std::uint32_t left = box.fields.take32(4); left > 0; --left) {
        const auto item = items.byId.find(box.fields.take32(box.version == 0 ? 2 : 4));
        for (std::uint32_t more = box.fields.take32(1); more > 0; --more) {
            // The highest bit says whether a reader must know the property.
            const std::uint32_t index =
                box.fields.take32(isWide ? 2 : 1) & (isWide ? 0x7FFFU : 0x7FU);
            if (index > properties.size())
                damaged("the HEIF file names a property that it has not");
            if (index == 0 || item == items.byId.end())
                continue;
            item->second.properties.push_back(properties[index - 1]);
            if (item->second.properties.size() > mostProperties)
                throwFailure(ErrorCode::UnsupportedFormat,
                             "HEIF of a rare kind: too many properties");
        }
    }
}

void addProperties(HeifItems& items, ByteView table)
{
    std::vector<HeifBox> properties;
    forEachHeifBox(Tables(table).of("ipco"),
                   [&](const HeifBox& property) { properties.push_back(property); });
    forEachHeifBox(table, [&](const HeifBox& box) {
        if (box.type == "ipma")
            addOwners(items, box.content, properties);
    });
}

} // namespace

HeifBox heifBoxAt(ByteView bytes, std::size_t offset)
{
    // A length of 1 stands for one in 64 bits, 0 for all that is left.
    const std::uint32_t shortLength = big(bytes, offset, 4);
    const std::string_view type = textOf(part(bytes, offset + 4, 4));
    std::size_t header = 8;
    std::uint64_t length = shortLength;
    if (shortLength == 1) {
        header = 16;
        length = std::uint64_t{big(bytes, offset + 8, 4)} << 32 | big(bytes, offset + 12, 4);
    } else if (shortLength == 0) {
        length = bytes.size() - offset;
    }
    if (length < header)
        damaged("a box of the HEIF file has an impossible length");
    const ByteView whole = part(bytes, offset, length);
    return {.type = type, .content = whole.subspan(header), .next = offset + whole.size()};
}

Bytes contentsOf(const HeifItem& item)
{
    Bytes contents;
    for (const ByteView extent : item.extents)
        append(contents, extent);
    return contents;
}

HeifItems parseHeifItems(ByteView file, ByteView meta)
{
    const Tables tables(fullBoxOf(meta).fields.rest());
    HeifItems items;
    if (tables.of("pitm").empty() || tables.of("iinf").empty() || tables.of("iloc").empty())
        damaged("the HEIF file holds no picture");
    FullBox primary = fullBoxOf(tables.of("pitm"));
    items.primary = primary.fields.take32(primary.version == 0 ? 2 : 4);
    addEntries(items, tables.of("iinf"));
    addReferences(items, tables.of("iref"));
    addLocations(items, tables.of("iloc"), {.file = file, .data = tables.of("idat")});
    addProperties(items, tables.of("iprp"));
    return items;
}

} // namespace limpid::image
