// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/heif_decoder.h"

#include "core/image/color_profile.h"
#include "core/image/heif_container.h"
#include "core/image/photo_header.h"

#include <libheif/heif.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>
#include <memory>
#include <new>

namespace limpid::image {

namespace {

using Context = std::unique_ptr<heif_context, decltype(&heif_context_free)>;
using Handle = std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)>;
using Picture = std::unique_ptr<heif_image, decltype(&heif_image_release)>;
using Nclx = std::unique_ptr<heif_color_profile_nclx, decltype(&heif_nclx_color_profile_free)>;

void check(const heif_error& error)
{
    if (error.code == heif_error_Ok)
        return;
    const std::string words = error.message ? error.message : "no reason given";
    if (error.subcode == heif_suberror_End_of_data)
        throwFailure(ErrorCode::DamagedFile, "the file ends before its contents do: " + words);
    if (error.code == heif_error_Unsupported_feature ||
        error.code == heif_error_Unsupported_filetype)
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF of a rare kind: " + words);
    if (error.subcode == heif_suberror_Security_limit_exceeded) {
        const bool isAboutSize = words.find("mage size") != std::string::npos;
        throwFailure(isAboutSize ? ErrorCode::PictureTooLarge : ErrorCode::DamagedFile, words);
    }
    if (error.code == heif_error_Memory_allocation_error)
        throw std::bad_alloc();
    throwFailure(ErrorCode::DamagedFile, "the pixels cannot be decoded: " + words);
}

/// The context reads from `file` for as long as it lives.
Context opened(ByteView file, int longestSide)
{
    constexpr int everyday = 32768; // pictures that are not decoded may be longer than the primary
    Context context(heif_context_alloc(), &heif_context_free);
    if (!context)
        throw std::bad_alloc();
    heif_context_set_maximum_image_size_limit(context.get(), std::max(longestSide, everyday));
    check(heif_context_read_from_memory_without_copy(context.get(), file.data(), file.size(),
                                                     nullptr));
    return context;
}

Handle primaryOf(const Context& context)
{
    heif_image_handle* handle = nullptr;
    check(heif_context_get_primary_image_handle(context.get(), &handle));
    return {handle, &heif_image_handle_release};
}

struct Codec {
    std::string_view item; ///< The type of items that are coded with it.
    const char* name;
};

/// Others that HEIF has a place for, to be named when they are refused.
constexpr std::array<Codec, 7> otherCodecs{{{"avc1", "H.264"},
                                            {"vvc1", "VVC"},
                                            {"evc1", "EVC"},
                                            {"jpeg", "JPEG"},
                                            {"j2k1", "JPEG 2000"},
                                            {"unci", "no compression"},
                                            {"mski", "a mask"}}};

[[noreturn]] void refuseCodec(const std::string& item)
{
    const auto* found = std::ranges::find(otherCodecs, std::string_view(item), &Codec::item);
    throwFailure(ErrorCode::UnsupportedFormat,
                 std::string("HEIF coded with ") +
                     (found == otherCodecs.end() ? "an unknown codec" : found->name));
}

FileFormat formatOf(const std::string& codec)
{
    const bool isHevc = codec == "hvc1";
    if (!isHevc && codec != "av01")
        refuseCodec(codec);
    if (heif_have_decoder_for_format(isHevc ? heif_compression_HEVC : heif_compression_AV1) == 0)
        throwFailure(ErrorCode::UnsupportedFormat, std::string("HEIF coded with ") +
                                                       (isHevc ? "HEVC" : "AV1") +
                                                       ", for which libheif has no decoder here");
    return isHevc ? FileFormat::Heic : FileFormat::Avif;
}

/// 0 stands for sRGB's curve. Those of BT.709 and its kin are taken for it: they describe a video
/// camera, and photographs that name them were made to be looked at on a display that follows
/// sRGB's. Their own inverse would make such photographs paler than they are elsewhere.
double gammaOf(heif_transfer_characteristics curve)
{
    switch (curve) {
    case heif_transfer_characteristic_ITU_R_BT_470_6_System_M: return 2.2;
    case heif_transfer_characteristic_ITU_R_BT_470_6_System_B_G: return 2.8;
    case heif_transfer_characteristic_linear: return 1.0;
    case heif_transfer_characteristic_ITU_R_BT_2100_0_PQ:
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF with HDR brightness (PQ)");
    case heif_transfer_characteristic_ITU_R_BT_2100_0_HLG:
        throwFailure(ErrorCode::UnsupportedFormat, "HEIF with HDR brightness (HLG)");
    case heif_transfer_characteristic_unspecified:
    case heif_transfer_characteristic_ITU_R_BT_709_5:
    case heif_transfer_characteristic_ITU_R_BT_601_6:
    case heif_transfer_characteristic_IEC_61966_2_4:
    case heif_transfer_characteristic_ITU_R_BT_1361:
    case heif_transfer_characteristic_IEC_61966_2_1:
    case heif_transfer_characteristic_ITU_R_BT_2020_2_10bit:
    case heif_transfer_characteristic_ITU_R_BT_2020_2_12bit: return 0.0;
    default:
        throwFailure(ErrorCode::UnsupportedFormat,
                     "HEIF with the rare curve " + std::to_string(curve));
    }
}

const char* nameOf(heif_color_primaries primaries)
{
    if (primaries == heif_color_primaries_SMPTE_EG_432_1)
        return "Display P3";
    return primaries == heif_color_primaries_ITU_R_BT_2020_2_and_2100_0 ? "BT.2020" : "RGB";
}

/// Empty for sRGB.
Bytes profileFor(heif_color_profile_nclx& nclx)
{
    const double gamma = gammaOf(nclx.transfer_characteristics);
    if (nclx.color_primaries == heif_color_primaries_unspecified)
        check(heif_nclx_color_profile_set_color_primaries(&nclx,
                                                          heif_color_primaries_ITU_R_BT_709_5));
    if (nclx.color_primaries == heif_color_primaries_ITU_R_BT_709_5 && gamma == 0.0)
        return {};
    Bytes icc = makeRgbProfile({.name = nameOf(nclx.color_primaries),
                                .red = {nclx.color_primary_red_x, nclx.color_primary_red_y},
                                .green = {nclx.color_primary_green_x, nclx.color_primary_green_y},
                                .blue = {nclx.color_primary_blue_x, nclx.color_primary_blue_y},
                                .white = {nclx.color_primary_white_x, nclx.color_primary_white_y},
                                .gamma = gamma});
    if (icc.empty())
        throwFailure(ErrorCode::UnsupportedFormat,
                     "HEIF with the rare primaries " + std::to_string(nclx.color_primaries));
    return icc;
}

/// An embedded profile says more than numbers, so it counts where there are both.
/// Numbers that the coded picture alone names are not told by libheif: it is taken as sRGB.
Bytes iccOf(const Handle& handle)
{
    Bytes icc(heif_image_handle_get_raw_color_profile_size(handle.get()));
    if (!icc.empty()) {
        check(heif_image_handle_get_raw_color_profile(handle.get(), icc.data()));
        return icc;
    }
    heif_color_profile_nclx* numbers = nullptr;
    const heif_error error = heif_image_handle_get_nclx_color_profile(handle.get(), &numbers);
    const Nclx nclx(numbers, &heif_nclx_color_profile_free);
    if (error.code == heif_error_Color_profile_does_not_exist)
        return {};
    check(error);
    return nclx ? profileFor(*nclx) : Bytes();
}

/// The first block of this type; `contentType` is asked for those of type "mime".
Bytes metadataOf(const Handle& handle, const char* type, std::string_view contentType)
{
    std::vector<heif_item_id> ids(static_cast<std::size_t>(
        heif_image_handle_get_number_of_metadata_blocks(handle.get(), type)));
    heif_image_handle_get_list_of_metadata_block_IDs(handle.get(), type, ids.data(),
                                                     static_cast<int>(ids.size()));
    for (const heif_item_id id : ids) {
        const char* found = heif_image_handle_get_metadata_content_type(handle.get(), id);
        if (!contentType.empty() && (!found || contentType != found))
            continue;
        Bytes block(heif_image_handle_get_metadata_size(handle.get(), id));
        if (block.empty())
            continue;
        check(heif_image_handle_get_metadata(handle.get(), id, block.data()));
        return block;
    }
    return {};
}

/// A profile for one channel: libheif makes three of a gray picture, to which it does not apply.
bool isGray(const Bytes& icc)
{
    constexpr std::size_t colorSpace = 16;
    return icc.size() >= colorSpace + 4 && textOf(ByteView(icc).subspan(colorSpace, 4)) == "GRAY";
}

/// The block begins with four bytes that say how many more come before its contents. Empty when
/// those lie behind its end.
Bytes withoutOffset(const Bytes& block)
{
    if (block.size() < 4)
        return {};
    const std::size_t begin = std::size_t{4} + number(block, 0, 4, ByteOrder::Big);
    return begin < block.size() ? copyOf(ByteView(block).subspan(begin)) : Bytes();
}

/// More than the picture, its alpha and its thumbnails.
bool hasMorePictures(const Context& context, const Handle& handle)
{
    const int others = heif_image_handle_get_number_of_auxiliary_images(
        handle.get(), LIBHEIF_AUX_IMAGE_FILTER_OMIT_ALPHA);
    return others > 0 || heif_image_handle_get_number_of_depth_images(handle.get()) > 0 ||
           heif_context_get_number_of_top_level_images(context.get()) > 1;
}

HeifBlocks blocksOf(const Context& context, const Handle& handle)
{
    const Bytes exif = metadataOf(handle, "Exif", {});
    HeifBlocks blocks;
    blocks.exif = withoutOffset(exif);
    blocks.hasUnreadable = !exif.empty() && blocks.exif.empty();
    blocks.icc = iccOf(handle);
    if (isGray(blocks.icc)) {
        blocks.icc.clear();
        blocks.hasUnreadable = true;
    }
    blocks.xmp = metadataOf(handle, "mime", "application/rdf+xml");
    if (heif_image_handle_is_premultiplied_alpha(handle.get()) != 0)
        blocks.fourthChannel = FourthChannel::PremultipliedAlpha;
    blocks.hasMorePictures = hasMorePictures(context, handle);
    return blocks;
}

Picture decoded(const Handle& handle, const PhotoHeader& header)
{
    const bool hasAlpha = header.channels == 4;
    const heif_chroma chroma =
        header.depth == SampleDepth::U8
            ? (hasAlpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB)
            : (hasAlpha ? heif_chroma_interleaved_RRGGBBAA_LE : heif_chroma_interleaved_RRGGBB_LE);
    heif_image* picture = nullptr;
    check(heif_decode_image(handle.get(), &picture, heif_colorspace_RGB, chroma, nullptr));
    return {picture, &heif_image_release};
}

/// Little-endian samples of `bits` bits as 16-bit ones in host order, rounded to the nearest.
void scaleRow(const std::uint8_t* row, std::span<std::uint8_t> out, int bits)
{
    const std::uint32_t white = (1U << bits) - 1;
    for (std::size_t i = 0; i + 2 <= out.size(); i += 2) {
        const std::uint32_t value = std::min<std::uint32_t>(row[i] | row[i + 1] << 8, white);
        const auto scaled = static_cast<std::uint16_t>((value * 65535U + white / 2) / white);
        std::memcpy(&out[i], &scaled, sizeof scaled);
    }
}

} // namespace

HeifLayout parseHeif(ByteView file, const ReadLimits& limits)
{
    const HeifStructure structure = parseHeifStructure(file);
    const FileFormat format = formatOf(structure.codec);
    checkHeifSizes(structure, limits);
    const Context context = opened(file, structure.longestSide);
    const Handle handle = primaryOf(context);
    const bool hasAlpha = heif_image_handle_has_alpha_channel(handle.get()) != 0;
    const bool isDeep = heif_image_handle_get_luma_bits_per_pixel(handle.get()) > 8;
    const PhotoHeader header{.format = format,
                             .size = {heif_image_handle_get_width(handle.get()),
                                      heif_image_handle_get_height(handle.get())},
                             .channels = hasAlpha ? 4 : 3,
                             .depth = isDeep ? SampleDepth::U16 : SampleDepth::U8};
    checkSize(header.size, limits);
    HeifLayout layout{.header = header, .blocks = blocksOf(context, handle)};
    layout.blocks.hasMorePictures = layout.blocks.hasMorePictures || structure.hasMovie;
    // libheif 1.15 leaves out the alpha of a grid.
    layout.blocks.hasUnreadable = layout.blocks.hasUnreadable || (structure.hasAlpha && !hasAlpha);
    return layout;
}

Raster decodeHeif(ByteView file, const PhotoHeader& header)
{
    constexpr int margin = 64; // codecs fill up to whole blocks
    const int longestSide = parseHeifStructure(file).longestSide;
    const Context context = opened(file, longestSide);
    heif_context_set_maximum_image_size_limit(context.get(),
                                              std::min(longestSide, INT_MAX - margin) + margin);
    const Handle handle = primaryOf(context);
    const Picture picture = decoded(handle, header);

    int stride = 0;
    const std::uint8_t* plane =
        heif_image_get_plane_readonly(picture.get(), heif_channel_interleaved, &stride);
    const int bits = heif_image_get_bits_per_pixel_range(picture.get(), heif_channel_interleaved);
    const Size size{heif_image_get_width(picture.get(), heif_channel_interleaved),
                    heif_image_get_height(picture.get(), heif_channel_interleaved)};
    if (!plane || size != header.size)
        throwFailure(ErrorCode::DamagedFile, "the pixels do not have the size in the header");
    const bool isDeep = header.depth == SampleDepth::U16;
    const std::size_t rowBytes = (isDeep ? std::size_t{2} : std::size_t{1}) *
                                 static_cast<std::size_t>(header.channels) *
                                 static_cast<std::size_t>(size.width);
    if (stride < 0 || static_cast<std::size_t>(stride) < rowBytes ||
        (isDeep && (bits < 8 || bits > 16)))
        throwFailure(ErrorCode::DamagedFile, "the pixels are not what the header says");
    Bytes samples(rowBytes * static_cast<std::size_t>(size.height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y) {
        const std::uint8_t* row = plane + y * static_cast<std::size_t>(stride);
        const auto out = std::span(samples).subspan(y * rowBytes, rowBytes);
        if (isDeep)
            scaleRow(row, out, bits);
        else
            std::memcpy(out.data(), row, rowBytes);
    }
    return {size, header.channels, header.depth, std::move(samples)};
}

} // namespace limpid::image
