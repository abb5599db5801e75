// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/make_heif.h"

#include <libheif/heif.h>

#include <memory>
#include <stdexcept>

namespace limpid::tests {

namespace {

using image::FileFormat;
using image::Raster;
using image::SampleDepth;

using Context = std::unique_ptr<heif_context, decltype(&heif_context_free)>;
using Encoder = std::unique_ptr<heif_encoder, decltype(&heif_encoder_release)>;
using Handle = std::unique_ptr<heif_image_handle, decltype(&heif_image_handle_release)>;
using Nclx = std::unique_ptr<heif_color_profile_nclx, decltype(&heif_nclx_color_profile_free)>;
using Options = std::unique_ptr<heif_encoding_options, decltype(&heif_encoding_options_free)>;
using Picture = std::unique_ptr<heif_image, decltype(&heif_image_release)>;

void check(const heif_error& error)
{
    if (error.code != heif_error_Ok)
        throw std::runtime_error(error.message);
}

heif_chroma chromaOf(const Raster& raster)
{
    if (raster.depth() == SampleDepth::U8)
        return raster.hasAlpha() ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB;
    return raster.hasAlpha() ? heif_chroma_interleaved_RRGGBBAA_LE
                             : heif_chroma_interleaved_RRGGBB_LE;
}

void copyPixels(const HeifRecipe& recipe, heif_image* picture)
{
    const Raster& raster = recipe.pixels;
    int stride = 0;
    std::uint8_t* plane = heif_image_get_plane(picture, heif_channel_interleaved, &stride);
    const int white = (1 << recipe.bits) - 1;
    for (int y = 0; y < raster.size().height; ++y) {
        std::uint8_t* row = plane + std::ptrdiff_t{y} * stride;
        for (int i = 0; i < raster.size().width * raster.channels(); ++i) {
            const int value = raster.sample({i / raster.channels(), y}, i % raster.channels());
            if (raster.depth() == SampleDepth::U8) {
                *row++ = static_cast<std::uint8_t>(value);
            } else {
                const int scaled = (value * white + 32767) / 65535;
                *row++ = static_cast<std::uint8_t>(scaled & 0xFF);
                *row++ = static_cast<std::uint8_t>(scaled >> 8);
            }
        }
    }
}

/// Matrix and range are always those of sRGB's usual coding, so that only the colors differ.
Nclx numbersOf(const ColorNumbers& colors)
{
    Nclx nclx(heif_nclx_color_profile_alloc(), &heif_nclx_color_profile_free);
    nclx->color_primaries = static_cast<heif_color_primaries>(colors.primaries);
    nclx->transfer_characteristics = static_cast<heif_transfer_characteristics>(colors.curve);
    nclx->matrix_coefficients = heif_matrix_coefficients_ITU_R_BT_601_6;
    nclx->full_range_flag = 1;
    return nclx;
}

Picture pictureOf(const HeifRecipe& recipe)
{
    const Size size = recipe.pixels.size();
    heif_image* made = nullptr;
    check(heif_image_create(size.width, size.height, heif_colorspace_RGB, chromaOf(recipe.pixels),
                            &made));
    Picture picture(made, &heif_image_release);
    check(
        heif_image_add_plane(made, heif_channel_interleaved, size.width, size.height, recipe.bits));
    copyPixels(recipe, made);
    heif_image_set_premultiplied_alpha(made, recipe.isPremultiplied ? 1 : 0);
    if (!recipe.icc.empty())
        check(heif_image_set_raw_color_profile(made, "prof", recipe.icc.data(), recipe.icc.size()));
    if (recipe.colors.primaries != 2 || recipe.colors.curve != 2)
        check(heif_image_set_nclx_color_profile(made, numbersOf(recipe.colors).get()));
    return picture;
}

Encoder encoderFor(const Context& context, const HeifRecipe& recipe)
{
    const bool isAv1 = recipe.format == FileFormat::Avif;
    heif_encoder* found = nullptr;
    check(heif_context_get_encoder_for_format(
        context.get(), isAv1 ? heif_compression_AV1 : heif_compression_HEVC, &found));
    Encoder encoder(found, &heif_encoder_release);
    check(heif_encoder_set_lossy_quality(found, 100));
    // libheif 1.15 takes AV1's profile 2 for more than 8 bits, which with 10 has this chroma alone.
    check(heif_encoder_set_parameter_string(found, "chroma",
                                            isAv1 && recipe.bits > 8 ? "422" : "444"));
    return encoder;
}

Handle addPicture(const Context& context, const HeifRecipe& recipe)
{
    const Picture picture = pictureOf(recipe);
    const Encoder encoder = encoderFor(context, recipe);
    const Options options(heif_encoding_options_alloc(), &heif_encoding_options_free);
    options->image_orientation = static_cast<heif_orientation>(recipe.orientation);
    options->macOS_compatibility_workaround_no_nclx_profile = 0;
    heif_image_handle* handle = nullptr;
    check(heif_context_encode_image(context.get(), picture.get(), encoder.get(), options.get(),
                                    &handle));
    return {handle, &heif_image_handle_release};
}

} // namespace

void makeHeifFile(const std::filesystem::path& path, const HeifRecipe& recipe)
{
    const Context context(heif_context_alloc(), &heif_context_free);
    const Handle handle = addPicture(context, recipe);
    if (!recipe.exif.empty())
        check(heif_context_add_exif_metadata(context.get(), handle.get(), recipe.exif.data(),
                                             static_cast<int>(recipe.exif.size())));
    if (!recipe.xmp.empty())
        check(heif_context_add_XMP_metadata(context.get(), handle.get(), recipe.xmp.data(),
                                            static_cast<int>(recipe.xmp.size())));
    if (recipe.hasSecondPicture)
        addPicture(context, recipe);
    check(heif_context_write_to_file(context.get(), path.c_str()));
}

} // namespace limpid::tests
