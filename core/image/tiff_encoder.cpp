// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/round_up.h"
#include "core/image/deflate.h"
#include "core/image/exif_block.h"
#include "core/image/tiff_container.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <cstring>

namespace limpid::image {

namespace {

constexpr std::size_t stripBytes = 1U << 20;
constexpr std::uint32_t adobeDeflate = 8;

/// Replaces every sample but the first pixel's by its difference to the pixel before: TIFF's
/// predictor 2, which makes photographs compress well.
template<class Sample>
void predict(Bytes& row, std::size_t channels)
{
    std::vector<Sample> samples(row.size() / sizeof(Sample));
    std::memcpy(samples.data(), row.data(), row.size());
    for (std::size_t i = samples.size(); i-- > channels;)
        samples[i] = static_cast<Sample>(samples[i] - samples[i - channels]);
    std::memcpy(row.data(), samples.data(), row.size());
}

class TiffEncoder {
public:
    TiffEncoder(const Raster& raster, const TiffBlocks& blocks)
        : raster_(raster), file_{'I', 'I', '*', 0, 0, 0, 0, 0}
    {
        if (!blocks.exif.empty())
            adopt(blocks.exif);
    }

    Bytes run(const TiffBlocks& blocks)
    {
        writePixels();
        writeDescription(blocks.fourthChannel);
        addBlock(tiff::icc, tiff::undefinedType, blocks.icc);
        addBlock(tiff::xmp, tiff::byteType, blocks.xmp);
        addBlock(tiff::iptc, tiff::undefinedType, blocks.iptc);
        addBlock(tiff::photoshop, tiff::byteType, blocks.photoshop);
        writeDirectory();
        return std::move(file_);
    }

private:
    /// A directory entry as it will be written. Its value is in place already.
    struct Entry {
        std::uint16_t tag = 0;
        Bytes bytes;
    };

    /// Begins the file with the block. One that cannot be understood cannot be a TIFF file's.
    void adopt(const Bytes& block)
    {
        try {
            const TiffStructure exif(block);
            adoptEntries(exif);
            order_ = exif.order();
            file_ = block;
        } catch (const Failure&) {
            entries_.clear();
        }
    }

    void adoptEntries(const TiffStructure& exif)
    {
        for (const TiffEntry& entry : exif.directory(exif.firstDirectory())) {
            if (isDescriptive(entry.tag) && entry.tag != tiff::orientation)
                entries_.push_back(
                    {entry.tag, copyOf(exif.block().subspan(entry.position, tiff::entrySize))});
        }
    }

    void add(std::uint16_t tag, std::uint16_t type, const std::vector<std::uint32_t>& values)
    {
        const int width = type == tiff::shortType ? 2 : 4;
        Bytes value;
        for (const std::uint32_t item : values)
            appendNumber(value, item, width, order_);
        addValue(tag, type, static_cast<std::uint32_t>(values.size()), value);
    }

    void addBlock(std::uint16_t tag, std::uint16_t type, const Bytes& block)
    {
        if (!block.empty())
            addValue(tag, type, static_cast<std::uint32_t>(block.size()), block);
    }

    void addValue(std::uint16_t tag, std::uint16_t type, std::uint32_t count, ByteView value)
    {
        Entry entry{.tag = tag, .bytes = {}};
        appendNumber(entry.bytes, tag, 2, order_);
        appendNumber(entry.bytes, type, 2, order_);
        appendNumber(entry.bytes, count, 4, order_);
        if (value.size() > 4)
            appendNumber(entry.bytes, place(value), 4, order_);
        else
            append(entry.bytes, value);
        entry.bytes.resize(tiff::entrySize);
        entries_.push_back(std::move(entry));
    }

    /// Appends at an even offset, as the format asks.
    std::uint32_t place(ByteView bytes)
    {
        file_.resize(file_.size() + file_.size() % 2);
        const std::size_t offset = file_.size();
        append(file_, bytes);
        if (file_.size() > UINT32_MAX)
            throwFailure(ErrorCode::PictureTooLarge, "a TIFF file cannot exceed 4 GB");
        return static_cast<std::uint32_t>(offset);
    }

    Bytes encodedRow(std::size_t y) const
    {
        const std::size_t stride = raster_.bytesPerRow();
        Bytes row = copyOf(raster_.bytes().subspan(y * stride, stride));
        const auto channels = static_cast<std::size_t>(raster_.channels());
        if (raster_.depth() == SampleDepth::U16) {
            predict<std::uint16_t>(row, channels);
            swapSamples(row, order_);
        } else {
            predict<std::uint8_t>(row, channels);
        }
        return row;
    }

    Bytes encodedStrip(std::size_t first, std::size_t end) const
    {
        Bytes strip;
        for (std::size_t y = first; y < end; ++y)
            append(strip, encodedRow(y));
        return deflated(strip);
    }

    void writePixels()
    {
        const auto height = static_cast<std::size_t>(raster_.size().height);
        const std::size_t rows =
            std::clamp<std::size_t>(stripBytes / raster_.bytesPerRow(), 1, height);
        std::vector<Bytes> strips(piecesFor(height, rows));
        cv::parallel_for_(cv::Range(0, static_cast<int>(strips.size())), [&](const auto& range) {
            for (auto i = static_cast<std::size_t>(range.start); i < std::size_t(range.end); ++i)
                strips[i] = encodedStrip(i * rows, std::min((i + 1) * rows, height));
        });
        std::vector<std::uint32_t> offsets;
        std::vector<std::uint32_t> counts;
        for (const Bytes& strip : strips) {
            offsets.push_back(place(strip));
            counts.push_back(static_cast<std::uint32_t>(strip.size()));
        }
        add(0x0111, tiff::longType, offsets);
        add(0x0116, tiff::longType, {static_cast<std::uint32_t>(rows)});
        add(0x0117, tiff::longType, counts);
    }

    void writeDescription(FourthChannel fourthChannel)
    {
        const auto channels = static_cast<std::uint32_t>(raster_.channels());
        const auto bits = static_cast<std::uint32_t>(raster_.depth());
        const std::uint32_t rgb = 2;
        const std::uint32_t blackIsZero = 1;
        add(tiff::imageWidth, tiff::longType, {static_cast<std::uint32_t>(raster_.size().width)});
        add(tiff::imageLength, tiff::longType, {static_cast<std::uint32_t>(raster_.size().height)});
        add(0x0102, tiff::shortType, std::vector<std::uint32_t>(channels, bits));
        add(0x0103, tiff::shortType, {adobeDeflate});
        add(0x0106, tiff::shortType, {channels >= 3 ? rgb : blackIsZero});
        add(tiff::orientation, tiff::shortType, {1});
        add(0x0115, tiff::shortType, {channels});
        add(0x011C, tiff::shortType, {1}); // channels interleaved
        add(0x013D, tiff::shortType, {2}); // predictor
        if (raster_.hasAlpha())
            add(0x0152, tiff::shortType, {static_cast<std::uint32_t>(fourthChannel)});
    }

    void writeDirectory()
    {
        std::sort(entries_.begin(), entries_.end(),
                  [](const Entry& a, const Entry& b) { return a.tag < b.tag; });
        Bytes directory;
        appendNumber(directory, static_cast<std::uint32_t>(entries_.size()), 2, order_);
        for (const Entry& entry : entries_)
            append(directory, entry.bytes);
        appendNumber(directory, 0, 4, order_);
        putNumber(file_, 4, place(directory), 4, order_);
    }

    const Raster& raster_;
    Bytes file_;
    ByteOrder order_ = ByteOrder::Little;
    std::vector<Entry> entries_;
};

} // namespace

Bytes encodeTiff(const Raster& raster, const TiffBlocks& blocks)
{
    return TiffEncoder(raster, blocks).run(blocks);
}

} // namespace limpid::image
