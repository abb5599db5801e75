// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/image/metadata_level.h"
#include "core/image/photo.h"
#include "core/image/provenance.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace limpid::image {

/// How a photograph is written. Quality (1…100) is for JPEG and WebP, whose 100 is lossless; depth
/// U16 for PNG and TIFF.
struct ExportOptions {
    FileFormat format = FileFormat::Jpeg;
    int quality = 95;
    SampleDepth depth = SampleDepth::U8;
    MetadataLevel metadata = MetadataLevel::All;
    /// Whether the file's XMP says, at every level, that and how a network took part: a
    /// DigitalSourceType and a history, and the creator tool where the photo names none (not at
    /// None). Nothing is said of a picture that equals the original, and nothing without facts.
    bool statesProvenance = true;
    std::optional<Provenance> provenance{};
};

/// Something that the export cannot keep; told to the user before. Comment stands for all texts and
/// makers' extras that have a place in one format only, Iptc also for Photoshop's. PrivateData: a
/// maker note, or what only one program understands, left out because it may tell the location.
/// Unreadable: a part of the metadata that is damaged, or that the format has no room for.
enum class ExportLoss { BitDepth, Alpha, Iptc, MultiPicture, Comment, PrivateData, Unreadable };

/// The options that keep most of this photo: its own format and depth. For formats that are only
/// read, JPEG where that holds the samples, else TIFF (16 bit) or PNG (alpha).
ExportOptions defaultExportOptions(const Photo& photo);

/// What an export with these options would lose. With `statesProvenance` the file is assumed to say
/// something, whether or not the options have a `provenance` yet.
std::vector<ExportLoss> foreseeLosses(const Photo& photo, const ExportOptions& options);

/// Pixels that a side of a picture may have at most in this format; none: any.
std::optional<int> longestSide(FileFormat format);

/// InvalidRequest when a side is longer than the format holds; the detail names formats that do.
[[nodiscard]] Result<void> checkSides(Size size, FileFormat format);

/// A name beside the source that does not exist yet: "photo-limpid.jpg", "photo-limpid-2.jpg", …
std::filesystem::path proposeTarget(const std::filesystem::path& source, FileFormat format);

/// Format named by a file's extension; none when it is not one that can be written.
std::optional<FileFormat> formatFromExtension(const std::filesystem::path& path);

/// The source's own extension where it names this format, else the usual one; JPEG's for a format
/// that is only read.
std::string extensionFor(const std::filesystem::path& source, FileFormat format);

/// Writes `pixels` (source color space, size of the photo, upright) to `target`, carrying as much
/// of the photo's metadata over as the options say, with orientation 1, fresh dimensions and
/// thumbnail. Atomic: the target is the complete old or the complete new file. WouldOverwriteSource
/// when the target is the source, also through a link or another spelling; InvalidRequest as
/// checkSides(), or for a format that is only read; FileUnwritable, DiskFull.
[[nodiscard]] Result<void> writePhoto(const Raster& pixels, const Photo& photo,
                                      const std::filesystem::path& target,
                                      const ExportOptions& options);

} // namespace limpid::image
