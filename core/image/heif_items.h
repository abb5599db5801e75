// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"

#include <map>

namespace limpid::image {

/// A box of a HEIF file. It points into the file, as all views here do.
struct HeifBox {
    std::string_view type;
    ByteView content;
    std::size_t next = 0; ///< Where the box behind it begins.
};

/// The box at `offset`. Throws Failure(DamagedFile) when it is not all there.
HeifBox heifBoxAt(ByteView bytes, std::size_t offset);

/// Calls `visit` with every box, so that all are known to fit.
template<class Visit>
void forEachHeifBox(ByteView bytes, Visit visit)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const HeifBox box = heifBoxAt(bytes, at);
        visit(box);
        at = box.next;
    }
}

/// A picture, a tile or a block of metadata.
struct HeifItem {
    std::string_view type;                    ///< "hvc1", "grid", "Exif", …; may be empty.
    std::vector<std::uint32_t> sources{};     ///< What it is made from, in order.
    std::vector<std::uint32_t> auxiliaryOf{}; ///< Whose alpha, depth or gain map it is.
    std::vector<HeifBox> properties{};
    std::vector<ByteView> extents{}; ///< Where its contents lie, in order.
};

struct HeifItems {
    std::uint32_t primary = 0; ///< Need not be one of `byId`.
    std::map<std::uint32_t, HeifItem> byId;
};

/// The contents of an item in one piece.
Bytes contentsOf(const HeifItem& item);

/// What the box "meta" of `file` says of its items. Throws Failure: DamagedFile when a table is
/// missing, there twice, or names contents that are not in the file, or more than there are;
/// UnsupportedFormat for compressed metadata and for more of anything than a photograph has.
HeifItems parseHeifItems(ByteView file, ByteView meta);

} // namespace limpid::image
