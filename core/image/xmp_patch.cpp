// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metadata_blocks.h"

#include <array>
#include <utility>

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

} // namespace

Bytes patchedXmp(ByteView packet, Size size)
{
    const std::array<std::pair<std::string, int>, 5> values{
        {{"tiff:Orientation", 1},
         {"tiff:ImageWidth", size.width},
         {"tiff:ImageLength", size.height},
         {"exif:PixelXDimension", size.width},
         {"exif:PixelYDimension", size.height}}};
    std::string text(textOf(packet));
    for (const auto& [name, value] : values) {
        // XMP writes a property as an attribute or as an element.
        replaceNumber(text, name + "=\"", value);
        replaceNumber(text, name + "='", value);
        replaceNumber(text, "<" + name + ">", value);
    }
    return copyOf(viewOf(text));
}

} // namespace limpid::image
