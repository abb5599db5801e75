// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_encoder.h"

#include <algorithm>
#include <cassert>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <jpeglib.h>

namespace limpid::image {

namespace {

constexpr int fullChromaFrom = 90;

/// libjpeg reports errors by a call that must not return; an exception must not cross its C code.
struct ErrorTrap {
    jpeg_error_mgr base{};
    std::jmp_buf back{};
    char message[JMSG_LENGTH_MAX]{};
};

void leave(j_common_ptr codec)
{
    auto* trap = reinterpret_cast<ErrorTrap*>(codec->err);
    codec->err->format_message(codec, trap->message);
    std::longjmp(trap->back, 1);
}

/// The compressed stream as libjpeg allocates it.
struct Stream {
    unsigned char* bytes = nullptr;
    unsigned long length = 0;

    Stream() = default;
    ~Stream() { std::free(bytes); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
};

void describe(jpeg_compress_struct& codec, const Raster& pixels, int quality)
{
    codec.image_width = static_cast<JDIMENSION>(pixels.size().width);
    codec.image_height = static_cast<JDIMENSION>(pixels.size().height);
    codec.input_components = pixels.channels();
    codec.in_color_space = pixels.channels() == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&codec);
    jpeg_set_quality(&codec, quality, TRUE);
    codec.optimize_coding = TRUE;
    if (quality >= fullChromaFrom) {
        codec.comp_info[0].h_samp_factor = 1;
        codec.comp_info[0].v_samp_factor = 1;
    }
}

/// False when libjpeg gave up. Nothing here has a destructor, so that the jump skips none.
bool compress(const Raster& pixels, int quality, Stream& stream, ErrorTrap& trap)
{
    jpeg_compress_struct codec{};
    codec.err = jpeg_std_error(&trap.base);
    trap.base.error_exit = leave;
    if (setjmp(trap.back) != 0) {
        jpeg_destroy_compress(&codec);
        return false;
    }
    jpeg_create_compress(&codec);
    jpeg_mem_dest(&codec, &stream.bytes, &stream.length);
    describe(codec, pixels, quality);
    jpeg_start_compress(&codec, TRUE);
    while (codec.next_scanline < codec.image_height) {
        // libjpeg has no const form.
        auto* row = const_cast<JSAMPLE*>(pixels.bytes().data() +
                                         codec.next_scanline * pixels.bytesPerRow());
        jpeg_write_scanlines(&codec, &row, 1);
    }
    jpeg_finish_compress(&codec);
    jpeg_destroy_compress(&codec);
    return true;
}

} // namespace

Bytes encodeJpegStream(const Raster& pixels, int quality)
{
    assert(pixels.depth() == SampleDepth::U8 && !pixels.hasAlpha());
    assert(std::max(pixels.size().width, pixels.size().height) <= JPEG_MAX_DIMENSION);
    Stream stream;
    const auto trap = std::make_unique<ErrorTrap>();
    if (!compress(pixels, quality, stream, *trap))
        throwFailure(ErrorCode::Internal, trap->message);
    return {stream.bytes, stream.bytes + stream.length};
}

} // namespace limpid::image
