// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a packet's properties rather than to its text.
#include "core/image/metadata_blocks.h"
#include "core/image/metadata_exiv2.h"

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>

namespace limpid::image {

namespace {

void lockXmp(void* mutex, bool lock)
{
    auto* guarded = static_cast<std::mutex*>(mutex);
    lock ? guarded->lock() : guarded->unlock();
}

Exiv2::XmpData decoded(ByteView packet)
{
    prepareExiv2();
    Exiv2::XmpData properties;
    if (Exiv2::XmpParser::decode(properties, std::string(textOf(packet))) != 0)
        throwFailure(ErrorCode::DamagedFile, "an XMP packet cannot be read");
    return properties;
}

Bytes encoded(const Exiv2::XmpData& properties)
{
    std::string packet;
    if (Exiv2::XmpParser::encode(packet, properties) != 0)
        throwFailure(ErrorCode::DamagedFile, "an XMP packet cannot be written");
    return copyOf(viewOf(packet));
}

/// What MetadataLevel::Basic keeps, by Exiv2's names of the schemas; each name with blanks around.
struct Kept {
    std::string_view schema;
    std::string_view properties;
};

constexpr std::array keptProperties{
    Kept{"dc", " creator rights date "},
    Kept{"xmp", " CreateDate ModifyDate "},
    Kept{"photoshop", " DateCreated Credit Source AuthorsPosition "},
    Kept{"xmpRights", " Marked Owner UsageTerms WebStatement "},
    Kept{"iptcExt", " DigitalSourceType "},
    Kept{"plus", " CopyrightOwner DataMining "},
    Kept{"tiff", " Make Model Orientation XResolution YResolution ResolutionUnit Artist Copyright "
                 "DateTime ImageWidth ImageLength "},
    Kept{"exif", " ExposureTime FNumber ExposureProgram ISOSpeedRatings DateTimeOriginal "
                 "DateTimeDigitized ShutterSpeedValue ApertureValue BrightnessValue "
                 "ExposureBiasValue MaxApertureValue MeteringMode LightSource Flash FocalLength "
                 "FocalLengthIn35mmFilm ExposureMode WhiteBalance DigitalZoomRatio "
                 "SceneCaptureType PixelXDimension PixelYDimension ColorSpace ExifVersion Gamma "},
    Kept{"aux", " Lens LensInfo "},
    Kept{"exifEX", " LensModel LensMake LensSpecification PhotographicSensitivity SensitivityType "
                   "RecommendedExposureIndex Gamma ISOSpeed StandardOutputSensitivity "}};

/// `key` is Exiv2's: "Xmp.exif.Flash/exif:Fired".
bool isBasic(const std::string& key)
{
    const std::size_t schema = key.find('.') + 1;
    const std::size_t property = key.find('.', schema) + 1;
    const std::string word =
        " " + key.substr(property, key.find_first_of("/[", property) - property) + " ";
    return std::any_of(keptProperties.begin(), keptProperties.end(), [&](const Kept& kept) {
        return key.compare(schema, property - schema - 1, kept.schema) == 0 &&
               kept.properties.find(word) != kept.properties.npos;
    });
}

} // namespace

void prepareExiv2()
{
    static std::once_flag once;
    static std::mutex mutex;
    std::call_once(once, [] {
        // It would print a line for every odd tag.
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        Exiv2::XmpParser::initialize(lockXmp, &mutex);
    });
}

Bytes mergedXmp(ByteView packet, ByteView extended)
{
    if (extended.empty())
        return copyOf(packet);
    try {
        // Exiv2 knows the schema of this note only by the prefix that a packet gave it.
        constexpr std::string_view note = ".HasExtendedXMP";
        Exiv2::XmpData all;
        for (const Exiv2::Xmpdatum& datum : decoded(packet))
            if (!datum.key().ends_with(note))
                all.add(datum);
        for (const Exiv2::Xmpdatum& datum : decoded(extended))
            all.add(datum);
        return encoded(all);
    } catch (const std::exception&) {
        return copyOf(packet);
    }
}

std::optional<Bytes> basicXmp(ByteView packet)
{
    try {
        Exiv2::XmpData kept;
        for (const Exiv2::Xmpdatum& datum : decoded(packet))
            if (isBasic(datum.key()))
                kept.add(datum);
        return kept.empty() ? Bytes() : encoded(kept);
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::optional<Bytes> rewrittenXmp(ByteView packet)
{
    try {
        return encoded(decoded(packet));
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

} // namespace limpid::image
