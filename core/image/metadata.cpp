// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata.h"

#include "core/image/exif_block.h"
#include "core/image/metadata_blocks.h"
#include "core/image/metadata_exiv2.h"

#include <exiv2/exiv2.hpp>

#include <limits>

namespace limpid::image {

namespace {

constexpr std::size_t longestShownValue = 400;

/// Exiv2 takes 32-bit lengths. Larger blocks are not shown.
bool isDecodable(const Bytes& block)
{
    return !block.empty() && block.size() < std::numeric_limits<std::uint32_t>::max();
}

void add(std::vector<MetadataField>& fields, std::string key, std::string value)
{
    if (value.size() > longestShownValue)
        value = "(" + std::to_string(value.size()) + " characters)";
    fields.push_back({std::move(key), std::move(value)});
}

void addExif(std::vector<MetadataField>& fields, const Bytes& block)
{
    if (!isDecodable(block))
        return;
    Exiv2::ExifData exif;
    Exiv2::ExifParser::decode(exif, block.data(), static_cast<std::uint32_t>(block.size()));
    for (const Exiv2::Exifdatum& datum : exif) {
        if (datum.groupName() != "Thumbnail")
            add(fields, datum.key(), datum.print(&exif));
    }
}

void addIptc(std::vector<MetadataField>& fields, const Bytes& block)
{
    if (!isDecodable(block))
        return;
    Exiv2::IptcData iptc;
    Exiv2::IptcParser::decode(iptc, block.data(), static_cast<std::uint32_t>(block.size()));
    for (const Exiv2::Iptcdatum& datum : iptc)
        add(fields, datum.key(), datum.print());
}

void addXmp(std::vector<MetadataField>& fields, const Bytes& block)
{
    if (!isDecodable(block))
        return;
    Exiv2::XmpData xmp;
    Exiv2::XmpParser::decode(xmp, std::string(textOf(block)));
    for (const Exiv2::Xmpdatum& datum : xmp)
        add(fields, datum.key(), datum.print());
}

/// Exiv2 throws at the first thing it does not like; what it read before is kept.
template<class Read>
void attempt(Read read)
{
    try {
        read();
    } catch (const std::exception&) {
        return;
    }
}

} // namespace

int Metadata::orientation() const
{
    return blocks_ ? orientationOf(blocks_->exif) : 1;
}

std::span<const std::uint8_t> Metadata::iccProfile() const
{
    return blocks_ ? ByteView(blocks_->icc) : ByteView();
}

std::vector<MetadataField> Metadata::fields() const
{
    std::vector<MetadataField> fields;
    if (!blocks_)
        return fields;
    attempt(prepareExiv2);
    attempt([&] { addExif(fields, blocks_->exif); });
    attempt([&] { addIptc(fields, blocks_->iptc); });
    attempt([&] { addXmp(fields, blocks_->xmp); });
    attempt([&] { addXmp(fields, blocks_->extendedXmp); });
    return fields;
}

} // namespace limpid::image
