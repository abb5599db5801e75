// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/heif_container.h"

#include "core/image/heif_coded_size.h"
#include "core/image/heif_items.h"
#include "core/image/photo_header.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace limpid::image {

namespace {

[[noreturn]] void damaged(const std::string& detail)
{
    throwFailure(ErrorCode::DamagedFile, detail);
}

[[noreturn]] void rare(const std::string& detail)
{
    throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: " + detail);
}

std::uint32_t big(ByteView bytes, std::size_t offset, int width)
{
    return number(bytes, offset, width, ByteOrder::Big);
}

constexpr std::size_t versionAndFlags = 4;

bool isDecodable(std::string_view type)
{
    return type == "hvc1" || type == "av01";
}

const HeifItem& itemOf(const HeifItems& items, std::uint32_t id)
{
    const auto item = items.byId.find(id);
    if (item == items.byId.end() || item->second.type.empty())
        damaged("the HEIF file holds no picture");
    return item->second;
}

/// The content of the first of this type.
std::optional<ByteView> propertyOf(const HeifItem& item, std::string_view type)
{
    const auto found = std::ranges::find(item.properties, type, &HeifBox::type);
    return found == item.properties.end() ? std::nullopt : std::optional(found->content);
}

Size sizeFrom(std::uint32_t width, std::uint32_t height)
{
    if (width > INT32_MAX || height > INT32_MAX)
        throwFailure(ErrorCode::PictureTooLarge,
                     std::to_string(width) + " x " + std::to_string(height) + " pixels");
    return {static_cast<int>(width), static_cast<int>(height)};
}

Size sizeOf(const HeifItem& item)
{
    const auto box = propertyOf(item, "ispe");
    if (!box || std::ranges::count(item.properties, "ispe", &HeifBox::type) > 1)
        damaged("a picture of the HEIF file does not say its size, or says it twice");
    const Size size = sizeFrom(big(*box, versionAndFlags, 4), big(*box, versionAndFlags + 4, 4));
    if (size.isEmpty())
        damaged("the picture has no pixels");
    return size;
}

/// Before it is turned. libheif itself names the size behind a turn that it puts before it.
Size codedSizeOf(const HeifItem& item)
{
    const Size size = sizeOf(item);
    for (const HeifBox& property : item.properties) {
        if (property.type == "ispe")
            break;
        if (property.type == "irot" && (big(property.content, 0, 1) & 1U) != 0)
            return {size.height, size.width};
    }
    return size;
}

bool isAlpha(const HeifItem& item)
{
    constexpr std::array<std::string_view, 3> names{"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha",
                                                    "urn:mpeg:hevc:2015:auxid:1",
                                                    "urn:mpeg:avc:2015:auxid:1"};
    return std::ranges::any_of(item.properties, [&](const HeifBox& property) {
        if (property.type != "auxC" || property.content.size() < versionAndFlags)
            return false;
        const std::string_view text = textOf(property.content.subspan(versionAndFlags));
        return std::ranges::count(names, text.substr(0, text.find('\0'))) > 0;
    });
}

struct Grid {
    std::uint32_t rows = 0;
    std::uint32_t columns = 0;
    Size size;
};

Grid gridOf(const HeifItem& item)
{
    const Bytes data = contentsOf(item);
    const int width = (big(data, 1, 1) & 1U) != 0 ? 4 : 2;
    const auto sizeBytes = static_cast<std::size_t>(width);
    return {.rows = big(data, 2, 1) + 1,
            .columns = big(data, 3, 1) + 1,
            .size = sizeFrom(big(data, 4, width), big(data, 4 + sizeBytes, width))};
}

/// Follows the items that libheif decodes for the primary one.
class Walk {
public:
    Walk(const HeifItems& items, HeifStructure& structure) : items_(items), structure_(structure)
    {
        for (const auto& [id, item] : items.byId) {
            if (item.auxiliaryOf.empty() || !isAlpha(item))
                continue;
            for (const std::uint32_t main : item.auxiliaryOf)
                alphas_[main].insert(id);
        }
    }

    void follow()
    {
        structure_.codec = codecOf(items_.primary);
        if (!isDecodable(structure_.codec))
            return;
        structure_.stored = sizeOf(itemOf(items_, items_.primary));
        addPicture(items_.primary);
        const auto alphas = alphas_.find(items_.primary);
        if (alphas == alphas_.end())
            return;
        if (alphas->second.size() > 1)
            rare("several alphas");
        for (const std::uint32_t alpha : alphas->second) {
            if (alpha == items_.primary)
                damaged("a picture of the HEIF file is its own alpha");
            if (!isDecodable(codecOf(alpha)))
                rare("an alpha coded in another way");
            refuseAlphaOf(alpha);
            addPicture(alpha);
            structure_.hasAlpha = true;
        }
    }

private:
    std::string codecOf(std::uint32_t id) const
    {
        constexpr std::array<std::string_view, 4> derived{"grid", "iovl", "iden", "tmap"};
        const HeifItem& item = itemOf(items_, id);
        if (item.type != "grid") {
            if (std::ranges::count(derived, item.type) > 0)
                rare("a picture made from others (" + std::string(item.type) + ")");
            return std::string(item.type);
        }
        if (item.sources.empty())
            damaged("the HEIF file holds no picture");
        if (std::ranges::count(item.sources, id) > 0)
            damaged("a picture of the HEIF file is made from itself");
        const std::string_view type = itemOf(items_, item.sources.front()).type;
        for (const std::uint32_t source : item.sources) {
            if (itemOf(items_, source).type != type)
                rare("a grid of different pictures");
        }
        if (std::ranges::count(derived, type) > 0)
            rare("a grid of pictures that are made from others");
        return std::string(type);
    }

    void addPicture(std::uint32_t id)
    {
        const HeifItem& item = itemOf(items_, id);
        const Size size = sizeOf(item);
        structure_.longestSide = std::max({structure_.longestSide, size.width, size.height});
        structure_.codedPixels = std::max(structure_.codedPixels, size.area());
        if (item.type == "grid")
            addTiles(item, codedSizeOf(item));
        else
            addCoded(id);
    }

    void addTiles(const HeifItem& item, Size size)
    {
        constexpr std::size_t mostTiles = 4096;
        const Grid grid = gridOf(item);
        if (grid.size != size)
            damaged("a grid of the HEIF file has two sizes");
        if (item.sources.size() > mostTiles)
            rare("a grid of more than 4096 pictures");
        if (item.sources.size() != std::size_t{grid.rows} * grid.columns)
            damaged("a grid of the HEIF file has not as many tiles as it says");
        const Size tile = sizeOf(itemOf(items_, item.sources.front()));
        if (std::int64_t{tile.width} * grid.columns < size.width ||
            std::int64_t{tile.height} * grid.rows < size.height)
            damaged("the tiles of the HEIF file do not cover the picture");
        structure_.longestSide = std::max({structure_.longestSide, tile.width, tile.height});
        const std::int64_t tiles = std::int64_t{grid.rows} * grid.columns;
        if (tile.area() > INT64_MAX / tiles)
            damaged("the tiles of the HEIF file are too large");
        structure_.codedPixels = std::max(structure_.codedPixels, tile.area() * tiles);
        for (const std::uint32_t source : item.sources)
            addTile(source, tile);
    }

    void addTile(std::uint32_t id, Size size)
    {
        const HeifItem& item = itemOf(items_, id);
        if (sizeOf(item) != size)
            damaged("the tiles of the HEIF file have different sizes");
        for (const char* change : {"clap", "irot", "imir"}) {
            if (propertyOf(item, change))
                rare("a grid of pictures that are cropped or turned");
        }
        refuseAlphaOf(id);
        addCoded(id);
    }

    void refuseAlphaOf(std::uint32_t id) const
    {
        if (alphas_.contains(id))
            rare("alpha of a part of the picture");
    }

    void addCoded(std::uint32_t id)
    {
        if (!seen_.insert(id).second)
            return;
        const HeifItem& item = itemOf(items_, id);
        const char* const box = item.type == "hvc1" ? "hvcC" : "av1C";
        const auto configuration = propertyOf(item, box);
        if (!configuration || std::ranges::count(item.properties, box, &HeifBox::type) > 1)
            damaged("a picture of the HEIF file does not say how it is coded, or says it twice");
        structure_.coded.push_back({.codec = std::string(item.type),
                                    .size = codedSizeOf(item),
                                    .configuration = *configuration,
                                    .data = contentsOf(item)});
    }

    const HeifItems& items_;
    HeifStructure& structure_;
    std::map<std::uint32_t, std::set<std::uint32_t>> alphas_; ///< By what they belong to.
    std::set<std::uint32_t> seen_;
};

/// Telephones write notes of their own behind the last box. As libheif, this looks no further; that
/// the contents are there is checked one by one.
bool isBoxAt(ByteView file, std::size_t offset)
{
    try {
        heifBoxAt(file, offset);
        return true;
    } catch (const Failure&) {
        return false;
    }
}

/// Codecs fill up to whole blocks.
bool isFilledUp(Size coded, Size shown)
{
    constexpr int block = 64;
    return coded.width >= shown.width && coded.height >= shown.height &&
           coded.width - shown.width <= block && coded.height - shown.height <= block;
}

} // namespace

bool isHeif(ByteView file)
{
    constexpr std::array<std::string_view, 10> brands{"heic", "heix", "hevc", "hevx", "heim",
                                                      "heis", "mif1", "msf1", "avif", "avis"};
    constexpr std::size_t majorBrand = 8;
    constexpr std::size_t otherBrands = 16;
    if (file.size() < otherBrands || textOf(file.subspan(4, 4)) != "ftyp")
        return false;
    const std::size_t end = std::min<std::size_t>(file.size(), big(file, 0, 4));
    const auto isOne = [&](std::size_t at) {
        return std::ranges::count(brands, textOf(file.subspan(at, 4))) > 0;
    };
    if (isOne(majorBrand))
        return true;
    for (std::size_t at = otherBrands; at + 4 <= end; at += 4) {
        if (isOne(at))
            return true;
    }
    return false;
}

HeifStructure parseHeifStructure(ByteView file)
{
    std::optional<ByteView> meta;
    HeifStructure structure;
    for (std::size_t at = 0; at < file.size();) {
        if (meta && !isBoxAt(file, at))
            break;
        const HeifBox box = heifBoxAt(file, at);
        if (box.type == "meta") {
            if (meta)
                damaged("the HEIF file has the table meta twice");
            meta = box.content;
        }
        structure.hasMovie = structure.hasMovie || box.type == "moov" || box.type == "mpvd";
        at = box.next;
    }
    if (!meta && structure.hasMovie)
        throwFailure(ErrorCode::UnsupportedFormat, "an animated HEIF without a still picture");
    if (!meta)
        damaged("the HEIF file holds no picture");
    const HeifItems items = parseHeifItems(file, *meta);
    Walk(items, structure).follow();
    return structure;
}

void checkHeifSizes(const HeifStructure& structure, const ReadLimits& limits)
{
    checkSize(structure.stored, limits);
    if (structure.codedPixels > limits.maxPixels)
        throwFailure(ErrorCode::PictureTooLarge, std::to_string(structure.codedPixels) +
                                                     " pixels in all tiles; the limit is " +
                                                     std::to_string(limits.maxPixels));
    for (const HeifCodedPicture& picture : structure.coded) {
        const Size coded = picture.codec == "hvc1"
                               ? hevcCodedSize(picture.configuration, picture.data)
                               : av1CodedSize(picture.configuration, picture.data);
        if (!isFilledUp(coded, picture.size))
            damaged("the pixels do not have the size in the header");
    }
}

} // namespace limpid::image
