// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/maker_note.h"

#include <algorithm>
#include <array>

namespace limpid::image {

namespace {

constexpr std::uint16_t makeTag = 0x010F;

struct Opening {
    std::string_view mark;
    std::size_t length; ///< Of all that stands before the directory.
};

constexpr std::array openings{
    Opening{"SONY DSC ", 12}, Opening{"SONY CAM ", 12}, Opening{"SONY MOBILE", 12},
    Opening{"Panasonic", 12}, Opening{{"AOC\0", 4}, 6},
};

/// Makers whose notes are a directory and nothing before it.
constexpr std::array<std::string_view, 4> plainMakers{"Canon", "Minolta", "MINOLTA",
                                                      "KONICA MINOLTA"};

bool isPlainMaker(const TiffStructure& block)
{
    const auto make = findTag(block.directory(block.firstDirectory()), makeTag);
    return make && std::ranges::any_of(plainMakers, [&](std::string_view maker) {
               return startsWith(block.value(*make), maker);
           });
}

/// Where the directory of a note begins that counts from the start of the block.
std::optional<std::size_t> directoryIn(const TiffStructure& block, const TiffEntry& note)
{
    for (const Opening& opening : openings)
        if (startsWith(block.value(note), opening.mark))
            return note.valuePosition + opening.length;
    return isPlainMaker(block) ? std::optional(note.valuePosition) : std::nullopt;
}

bool holds(const TiffEntry& note, std::size_t position, std::size_t length)
{
    return position >= note.valuePosition && length <= note.valueSize &&
           position - note.valuePosition <= note.valueSize - length;
}

/// A copy of a note, and numbers in it that are changed.
class Move {
public:
    Move(const TiffStructure& block, const TiffEntry& note, std::uint32_t target)
        : block_(block), note_(note), target_(target), moved_(copyOf(block.value(note)))
    {}

    void moveValues(std::size_t directory)
    {
        for (const TiffEntry& entry : block_.directory(static_cast<std::uint32_t>(directory))) {
            // A preview may lie elsewhere in the file, where nothing says how far it has moved.
            if (entry.valueSize <= 4 || !holds(note_, entry.valuePosition, entry.valueSize))
                continue;
            if (!holds(note_, entry.position, tiff::entrySize))
                throwFailure(ErrorCode::DamagedFile, "a maker note's directory leaves it");
            put(entry.position + 8, entry.valuePosition);
        }
    }

    void moveFooter()
    {
        constexpr std::size_t size = tiff::headerSize;
        if (note_.valueSize < size)
            return;
        const std::size_t footer = note_.valuePosition + note_.valueSize - size;
        const bool isFooter =
            textOf(part(block_.block(), footer, 4)) == textOf(part(block_.block(), 0, 4));
        if (isFooter &&
            number(block_.block(), footer + 4, 4, block_.order()) == note_.valuePosition)
            put(footer + 4, note_.valuePosition);
    }

    Bytes take() { return std::move(moved_); }

private:
    /// At a place of the old block, where this place of it has moved to.
    void put(std::size_t position, std::size_t place)
    {
        const auto moved = static_cast<std::uint32_t>(place - note_.valuePosition + target_);
        putNumber(moved_, position - note_.valuePosition, moved, 4, block_.order());
    }

    const TiffStructure& block_;
    const TiffEntry& note_;
    std::uint32_t target_;
    Bytes moved_;
};

} // namespace

Bytes movedMakerNote(const TiffStructure& block, const TiffEntry& note, std::uint32_t target)
{
    try {
        Move move(block, note, target);
        if (const auto directory = directoryIn(block, note)) {
            move.moveValues(*directory);
            move.moveFooter();
        }
        return move.take();
    } catch (const Failure&) {
        return copyOf(block.value(note));
    }
}

} // namespace limpid::image
