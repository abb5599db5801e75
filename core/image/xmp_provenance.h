// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"
#include "core/image/provenance.h"

#include <optional>

namespace limpid::image {

/// What is written beside the history and the kind of source.
enum class CreatorTool { LeftAlone, SetWhenAbsent };

/// The packet (none: a new one) with a DigitalSourceType of IPTC that says that a trained network
/// took part, unless it says already that such a network made all of it, and with a line of
/// xmpMM:History for each recipe. All else stays byte for byte, but for blanks at the end that make
/// room. None when the packet cannot be understood.
std::optional<Bytes> xmpWithProvenance(ByteView packet, const Provenance& provenance,
                                       CreatorTool tool);

} // namespace limpid::image
