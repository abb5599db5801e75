// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/tiff_structure.h"

namespace limpid::image {

/// The maker note of a block (`note`, the EXIF directory's tag 0x927C) as it must read once it
/// begins at `target` of another block of the same byte order. Canon, Minolta, Sony, Panasonic and
/// Pentax (AOC) count the places of their values from the start of the block, so those follow; so
/// does the footer in which Canon keeps the note's own place. Any other note counts from its own
/// start, and comes back as it is, as does one that cannot be understood. Never throws.
Bytes movedMakerNote(const TiffStructure& block, const TiffEntry& note, std::uint32_t target);

} // namespace limpid::image
