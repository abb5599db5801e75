// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/jpeg_container.h"

#include "core/image/photo_header.h"

#include <algorithm>
#include <optional>

namespace limpid::image {

namespace {

constexpr std::uint8_t startOfImage = 0xD8;
constexpr std::uint8_t endOfImage = 0xD9;
constexpr std::uint8_t startOfScan = 0xDA;

// A camera's progressive file has about ten scans. Each scan costs a pass over all coefficients.
constexpr int maxScans = 100;
constexpr std::int64_t maxScannedPixels = 4'000'000'000;

bool isSegmentToKeep(std::uint8_t marker)
{
    return (marker >= jpeg::app0 && marker <= 0xEF) || marker == jpeg::comment;
}

bool isFrameHeader(std::uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool isRestart(std::uint8_t marker)
{
    return marker >= 0xD0 && marker <= 0xD7;
}

PhotoHeader readFrameHeader(ByteView payload, std::uint8_t marker)
{
    const bool isDecodable = marker <= 0xC2 || marker == 0xC9 || marker == 0xCA;
    if (!isDecodable)
        throwFailure(ErrorCode::UnsupportedFormat, "lossless or hierarchical JPEG");
    if (number(payload, 0, 1, ByteOrder::Big) != 8)
        throwFailure(ErrorCode::UnsupportedFormat, "JPEG with other than 8 bits per sample");
    const auto height = static_cast<int>(number(payload, 1, 2, ByteOrder::Big));
    const auto width = static_cast<int>(number(payload, 3, 2, ByteOrder::Big));
    const auto channels = static_cast<int>(number(payload, 5, 1, ByteOrder::Big));
    if (channels != 1 && channels != 3)
        throwFailure(ErrorCode::UnsupportedFormat, "CMYK JPEG; convert it to RGB first");
    return {.format = FileFormat::Jpeg,
            .size = {width, height},
            .channels = channels,
            .depth = SampleDepth::U8};
}

class MarkerWalk {
public:
    MarkerWalk(ByteView file, const ReadLimits& limits) : file_(file), limits_(limits) {}

    JpegLayout run()
    {
        while (true) {
            const std::uint8_t marker = nextMarker();
            if (marker == endOfImage)
                break;
            if (marker != startOfImage && marker != 0x01 && !isRestart(marker))
                readSegment(marker);
        }
        if (!header_ || scans_ == 0)
            throwFailure(ErrorCode::DamagedFile, "the JPEG file holds no picture");
        layout_.header = *header_;
        layout_.hasMoreAfterEnd = position_ < file_.size() && hasPictureOrVideo();
        return std::move(layout_);
    }

private:
    std::uint8_t byteAt(std::size_t offset) const { return part(file_, offset, 1)[0]; }

    std::uint8_t nextMarker()
    {
        // As decoders do, over filling bytes and what does not belong there.
        std::uint8_t code = 0;
        while (code == 0) {
            while (byteAt(position_) != 0xFF)
                ++position_;
            while (byteAt(position_) == 0xFF)
                ++position_;
            code = byteAt(position_++);
        }
        return code;
    }

    void readSegment(std::uint8_t marker)
    {
        const std::size_t length = number(file_, position_, 2, ByteOrder::Big);
        if (length < 2)
            throwFailure(ErrorCode::DamagedFile, "a JPEG segment has no length");
        const ByteView payload = part(file_, position_ + 2, length - 2);
        position_ += length;
        if (isSegmentToKeep(marker))
            layout_.segments.push_back({.marker = marker, .payload = copyOf(payload)});
        else if (isFrameHeader(marker))
            setHeader(readFrameHeader(payload, marker));
        else if (marker == startOfScan)
            skipScan();
    }

    void setHeader(const PhotoHeader& header)
    {
        if (header_)
            throwFailure(ErrorCode::DamagedFile, "the JPEG file has two frame headers");
        checkSize(header.size, limits_);
        header_ = header;
    }

    void skipScan()
    {
        if (!header_)
            throwFailure(ErrorCode::DamagedFile, "a JPEG scan comes before the frame header");
        if (++scans_ > maxScans || scans_ * header_->size.area() > maxScannedPixels)
            throwFailure(ErrorCode::PictureTooLarge, "the JPEG file has too many scans");
        while (true) {
            const auto rest = part(file_, position_, file_.size() - position_);
            const auto found = std::find(rest.begin(), rest.end(), 0xFF);
            position_ += static_cast<std::size_t>(found - rest.begin());
            const std::uint8_t code = byteAt(position_ + 1);
            if (code != 0x00 && code != 0xFF && !isRestart(code))
                return;
            position_ += code == 0xFF ? 1 : 2;
        }
    }

    bool hasPictureOrVideo() const
    {
        const std::string_view tail = textOf(file_.subspan(position_));
        return tail.find("\xFF\xD8\xFF") != tail.npos || tail.find("ftyp") != tail.npos;
    }

    ByteView file_;
    const ReadLimits& limits_;
    std::size_t position_ = 0;
    int scans_ = 0;
    std::optional<PhotoHeader> header_;
    JpegLayout layout_;
};

} // namespace

JpegLayout parseJpeg(ByteView file, const ReadLimits& limits)
{
    return MarkerWalk(file, limits).run();
}

Bytes withSegments(ByteView encoded, const std::vector<JpegSegment>& segments)
{
    std::size_t rest = 2;
    while (isSegmentToKeep(static_cast<std::uint8_t>(number(encoded, rest + 1, 1, ByteOrder::Big))))
        rest += 2 + number(encoded, rest + 2, 2, ByteOrder::Big);

    Bytes file = {0xFF, startOfImage};
    for (const auto& [marker, payload] : segments) {
        if (payload.size() > jpeg::maxPayload)
            throwFailure(ErrorCode::Internal, "a JPEG segment is too long");
        appendNumber(file, 0xFF00U | marker, 2, ByteOrder::Big);
        appendNumber(file, static_cast<std::uint32_t>(payload.size() + 2), 2, ByteOrder::Big);
        append(file, payload);
    }
    append(file, part(encoded, rest, encoded.size() - rest));
    return file;
}

} // namespace limpid::image
