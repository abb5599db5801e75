// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"

#include <optional>
#include <string>

namespace limpid::image {

/// A packet in two parts.
struct TakenSourceType {
    Bytes packet;          ///< All but the property.
    std::string attribute; ///< " xmlns:…="…" …:DigitalSourceType="…"", for a description elsewhere.
};

/// Takes IPTC's DigitalSourceType out of what a packet says of the picture itself. None when it
/// says it not at all or more than once, or when it cannot be understood. Never throws.
std::optional<TakenSourceType> takenSourceType(ByteView packet);

} // namespace limpid::image
