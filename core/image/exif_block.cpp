// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/exif_block.h"

#include "core/image/maker_note.h"

#include <algorithm>
#include <array>

namespace limpid::image {

namespace {

constexpr std::uint16_t makerNote = 0x927C;
constexpr std::uint16_t pixelXDimension = 0xA002;
constexpr std::uint16_t pixelYDimension = 0xA003;
constexpr std::uint16_t relatedWidth = 0x1001;
constexpr std::uint16_t relatedHeight = 0x1002;
constexpr std::string_view softwareName{"Limpid\0", 7};

/// Changes values of a block where they are.
class Patch {
public:
    explicit Patch(ByteView exif) : view_(exif), bytes_(copyOf(exif)) {}

    void setNumber(const std::optional<TiffEntry>& entry, std::uint32_t value)
    {
        const bool isShort = entry && entry->type == tiff::shortType;
        const bool isLong = entry && entry->type == tiff::longType;
        if (!isShort && !isLong)
            return;
        if (isShort && value > UINT16_MAX) {
            // One LONG takes the four bytes of the entry that a SHORT leaves half empty.
            putNumber(bytes_, entry->position + 2, tiff::longType, 2, view_.order());
            putNumber(bytes_, entry->position + 8, value, 4, view_.order());
            return;
        }
        putNumber(bytes_, entry->valuePosition, value, isShort ? 2 : 4, view_.order());
    }

    void setSoftware(const std::optional<TiffEntry>& entry)
    {
        if (!entry || entry->valueSize < softwareName.size())
            return;
        erase(entry->valuePosition, entry->valueSize);
        std::copy(softwareName.begin(), softwareName.end(), at(entry->valuePosition));
        putNumber(bytes_, entry->position + 4, softwareName.size(), 4, view_.order());
    }

    void erase(std::size_t offset, std::size_t length)
    {
        std::fill_n(at(offset), length, std::uint8_t{0});
    }

    void setDimensions(Size size)
    {
        const std::uint32_t first = view_.firstDirectory();
        const auto width = static_cast<std::uint32_t>(size.width);
        const auto height = static_cast<std::uint32_t>(size.height);
        const auto main = view_.directory(first);
        setNumber(findTag(main, tiff::imageWidth), width);
        setNumber(findTag(main, tiff::imageLength), height);
        const auto pointer = findTag(main, tiff::exifDirectory);
        if (!pointer)
            return;
        const auto exif = view_.subDirectory(first, tiff::exifDirectory);
        setNumber(findTag(exif, pixelXDimension), width);
        setNumber(findTag(exif, pixelYDimension), height);
        if (exif.empty())
            return;
        const auto interop = view_.subDirectory(view_.number(*pointer), tiff::interopDirectory);
        setNumber(findTag(interop, relatedWidth), width);
        setNumber(findTag(interop, relatedHeight), height);
    }

    void replaceThumbnail(const ThumbnailMaker& makeThumbnail)
    {
        const std::uint32_t first = view_.firstDirectory();
        const std::uint32_t second = view_.nextDirectory(first);
        if (second == 0)
            return;
        const auto entries = view_.directory(second);
        const auto offset = findTag(entries, tiff::thumbnailOffset);
        const auto length = findTag(entries, tiff::thumbnailLength);
        if (!offset || !length) {
            unlinkSecondDirectory();
            return;
        }
        const ByteView old = part(view_.block(), view_.number(*offset), view_.number(*length));
        const auto position = static_cast<std::size_t>(old.data() - view_.block().data());
        const Bytes fresh = makeThumbnail ? makeThumbnail(old.size()) : Bytes();
        erase(position, old.size());
        if (fresh.empty() || fresh.size() > old.size()) {
            unlinkSecondDirectory();
            return;
        }
        std::copy(fresh.begin(), fresh.end(), at(position));
        setNumber(length, static_cast<std::uint32_t>(fresh.size()));
        setNumber(findTag(entries, tiff::orientation), 1);
    }

    /// Leaves the directory's bytes where they are: unreachable, and nothing has to move.
    void unlinkSecondDirectory()
    {
        const std::uint32_t first = view_.firstDirectory();
        const std::size_t end = first + std::size_t{2} +
                                number(view_.block(), first, 2, view_.order()) * tiff::entrySize;
        putNumber(bytes_, end, 0, 4, view_.order());
    }

    const TiffStructure& view() const { return view_; }
    Bytes take() { return std::move(bytes_); }

private:
    Bytes::iterator at(std::size_t offset)
    {
        return bytes_.begin() + static_cast<std::ptrdiff_t>(offset);
    }

    TiffStructure view_;
    Bytes bytes_;
};

/// Writes directories one after the other into a new block.
class Rebuild {
public:
    Rebuild(const TiffStructure& source, const TagFilter& keeps, std::size_t maxBytes)
        : source_(source), keeps_(keeps), room_(maxBytes - std::min(maxBytes, tiff::headerSize))
    {
        append(block_, source.block().first(4));
        appendNumber(block_, tiff::headerSize, 4, source.order());
    }

    Bytes run()
    {
        const std::uint32_t written = writeDirectory(source_.firstDirectory(), ExifPlace::First, 0);
        return written == 0 ? Bytes() : std::move(block_);
    }

private:
    static constexpr int maxDepth = 2;
    static constexpr int maxPointers = 8;        // three are usual: EXIF, GPS, interoperability
    static constexpr std::size_t frameBytes = 6; // of a directory: count, and the next one's place

    static bool isPointer(std::uint16_t tag)
    {
        return tag == tiff::exifDirectory || tag == tiff::gpsDirectory ||
               tag == tiff::interopDirectory;
    }

    static ExifPlace placeOf(std::uint16_t pointer)
    {
        switch (pointer) {
        case tiff::gpsDirectory: return ExifPlace::Gps;
        case tiff::interopDirectory: return ExifPlace::Interop;
        default: return ExifPlace::Exif;
        }
    }

    /// Returns the offset in the new block; 0 when nothing was worth writing.
    std::uint32_t writeDirectory(std::uint32_t offset, ExifPlace place, int depth)
    {
        std::vector<TiffEntry> entries = source_.directory(offset);
        if (!take(frameBytes))
            return 0;
        std::erase_if(entries, [this, place, depth](const TiffEntry& entry) {
            return !keeps_(place, entry.tag) || (isPointer(entry.tag) && !mayFollow(depth)) ||
                   !reserve(entry);
        });
        const auto start = static_cast<std::uint32_t>(block_.size());
        block_.resize(block_.size() + entries.size() * tiff::entrySize + frameBytes);
        std::uint32_t written = 0;
        for (const TiffEntry& entry : entries)
            written += writeEntry(entry, start + 2 + written * tiff::entrySize, depth) ? 1 : 0;
        putNumber(block_, start, written, 2, source_.order());
        if (written > 0)
            return start;
        block_.resize(start);
        room_ += frameBytes;
        return 0;
    }

    /// False for the pointers beyond a few. Thousands may name one huge directory.
    bool mayFollow(int depth)
    {
        if (depth == maxDepth || pointers_ == maxPointers)
            return false;
        ++pointers_;
        return true;
    }

    /// False when the entry does not fit any more. Many entries may name one huge value.
    bool reserve(const TiffEntry& entry)
    {
        const std::size_t padded = entry.valueSize + entry.valueSize % 2;
        return take(tiff::entrySize + (entry.valueSize > 4 ? padded : 0));
    }

    bool take(std::size_t bytes)
    {
        if (bytes > room_)
            return false;
        room_ -= bytes;
        return true;
    }

    /// False when it is the pointer to a directory of which nothing is left.
    bool writeEntry(const TiffEntry& entry, std::size_t position, int depth)
    {
        const std::uint32_t directory = isPointer(entry.tag) ? pointerTarget(entry, depth) : 0;
        if (isPointer(entry.tag) && directory == 0)
            return false;
        const ByteView old = part(source_.block(), entry.position, tiff::entrySize);
        std::copy(old.begin(), old.end(), block_.begin() + static_cast<std::ptrdiff_t>(position));
        if (isPointer(entry.tag)) {
            putNumber(block_, position + 2, tiff::longType, 2, source_.order());
            putNumber(block_, position + 8, directory, 4, source_.order());
        } else if (entry.valueSize > 4) {
            const auto target = static_cast<std::uint32_t>(block_.size());
            putNumber(block_, position + 8, target, 4, source_.order());
            append(block_, entry.tag == makerNote ? movedMakerNote(source_, entry, target)
                                                  : copyOf(source_.value(entry)));
            block_.resize(block_.size() + block_.size() % 2);
        }
        return true;
    }

    std::uint32_t pointerTarget(const TiffEntry& entry, int depth)
    {
        try {
            return writeDirectory(source_.number(entry), placeOf(entry.tag), depth + 1);
        } catch (const Failure&) {
            return 0; // a broken directory must not cost the others
        }
    }

    const TiffStructure& source_;
    const TagFilter& keeps_;
    std::size_t room_;
    int pointers_ = 0;
    Bytes block_;
};

/// One broken directory must not cost the changes in the others.
template<class Change>
void attempt(Change change)
{
    try {
        change();
    } catch (const Failure&) {
        return;
    }
}

} // namespace

int orientationOf(ByteView exif)
{
    try {
        const TiffStructure structure(exif);
        const auto entry =
            findTag(structure.directory(structure.firstDirectory()), tiff::orientation);
        const std::uint32_t value = entry ? structure.number(*entry) : 1;
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    } catch (const Failure&) {
        return 1;
    }
}

Bytes patchedExif(ByteView exif, Size size, const ThumbnailMaker& makeThumbnail)
{
    try {
        Patch patch(exif);
        const auto main = patch.view().directory(patch.view().firstDirectory());
        attempt([&] { patch.setNumber(findTag(main, tiff::orientation), 1); });
        attempt([&] { patch.setSoftware(findTag(main, tiff::software)); });
        attempt([&] { patch.setDimensions(size); });
        attempt([&] { patch.replaceThumbnail(makeThumbnail); });
        return patch.take();
    } catch (const Failure&) {
        return copyOf(exif);
    }
}

Bytes rebuiltExif(const TiffStructure& source, const TagFilter& keeps, std::size_t maxBytes)
{
    return Rebuild(source, keeps, maxBytes).run();
}

Bytes withRoomForThumbnail(Bytes block, std::size_t bytes)
{
    constexpr std::uint16_t compression = 0x0103;
    constexpr std::uint32_t jpeg = 6;
    constexpr std::uint32_t tags = 3;
    const TiffStructure view(block);
    const ByteOrder order = view.order();
    const std::size_t first = view.firstDirectory();
    const std::size_t pointer = first + 2 + number(block, first, 2, order) * tiff::entrySize;
    block.resize(block.size() + block.size() % 2);
    const auto second = static_cast<std::uint32_t>(block.size());
    const auto place = static_cast<std::uint32_t>(second + 2 + tags * tiff::entrySize + 4);
    const auto add = [&block, order](std::uint16_t tag, std::uint16_t type, std::uint32_t value) {
        appendNumber(block, tag, 2, order);
        appendNumber(block, type, 2, order);
        appendNumber(block, 1, 4, order);
        appendNumber(block, value, type == tiff::shortType ? 2 : 4, order);
        block.resize(block.size() + (type == tiff::shortType ? 2 : 0));
    };
    appendNumber(block, tags, 2, order);
    add(compression, tiff::shortType, jpeg);
    add(tiff::thumbnailOffset, tiff::longType, place);
    add(tiff::thumbnailLength, tiff::longType, static_cast<std::uint32_t>(bytes));
    block.resize(block.size() + 4 + bytes);
    putNumber(block, pointer, second, 4, order);
    return block;
}

bool isDescriptive(std::uint16_t tag)
{
    constexpr std::array structural{
        0x00FE, 0x00FF, 0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0107, 0x010A, 0x0111, 0x0115,
        0x0116, 0x0117, 0x0118, 0x0119, 0x011C, 0x0120, 0x0121, 0x0122, 0x0123, 0x0124, 0x0125,
        0x013D, 0x0140, 0x0141, 0x0142, 0x0143, 0x0144, 0x0145, 0x014A, 0x0152, 0x0153, 0x0154,
        0x0155, 0x0156, 0x015B, 0x0200, 0x0201, 0x0202, 0x0203, 0x0205, 0x0206, 0x0207, 0x0208,
        0x0209, 0x0212, 0x02BC, 0x83BB, 0x8649, 0x8773, 0x935C};
    return std::find(structural.begin(), structural.end(), int{tag}) == structural.end();
}

} // namespace limpid::image
