// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace limpid::image {

/// How much of a photo's metadata an export takes along. The color profile always goes with it, and
/// so does what PNG says of its colors.
/// What `NoLocation` and `None` leave out stands nowhere in the file: blocks are written anew from
/// the tags that are kept, and a block that cannot be understood is dropped whole.
enum class MetadataLevel {
    /// Every block as it is.
    All,
    /// Without GPS, and without the names of places in IPTC and XMP. Maker notes and private tags
    /// are left out too: makers write positions, cities and landmarks into them, and nobody but the
    /// maker can say where. So are old previews, Photoshop's copies of EXIF and XMP, segments that
    /// only one program knows, and texts of PNG whose keyword is not a registered one. What people
    /// wrote themselves (descriptions, keywords, comments, the creator's address) stays.
    NoLocation,
    /// Dates with their time zone, camera and lens, exposure, artist, credit and rights,
    /// orientation, resolution. No serial numbers, no camera owner, no maker note.
    Basic,
    /// Only what is needed to show the picture right.
    None,
};

} // namespace limpid::image
