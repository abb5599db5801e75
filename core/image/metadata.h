// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace limpid::image {

/// One tag as a person reads it: "Exif.Photo.ExposureTime", "1/15 s".
struct MetadataField {
    std::string key;
    std::string value;
};

/// A photograph's metadata as the original blocks (EXIF, maker notes, IPTC, XMP, ICC, comments),
/// byte for byte. Immutable; copies share the blocks. Any thread.
class Metadata {
public:
    struct Blocks;

    Metadata() = default;
    explicit Metadata(std::shared_ptr<const Blocks> blocks) : blocks_(std::move(blocks)) {}

    /// EXIF orientation 1…8 as found in the file; 1 when absent.
    int orientation() const;

    /// The embedded ICC profile; empty when there is none.
    std::span<const std::uint8_t> iccProfile() const;

    /// Readable tags, for the information panel and the command line.
    std::vector<MetadataField> fields() const;

    /// The blocks themselves, for the writer; null when the photo has no metadata.
    const Blocks* blocks() const { return blocks_.get(); }

private:
    std::shared_ptr<const Blocks> blocks_;
};

} // namespace limpid::image
