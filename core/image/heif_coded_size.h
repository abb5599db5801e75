// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/geometry.h"
#include "core/image/bytes.h"

namespace limpid::image {

/// The largest size that the coded pictures themselves name, whatever the boxes around them say:
/// it is what a decoder allocates. `configuration` is the content of the property hvcC or av1C,
/// `data` that of the item. Throws Failure: DamagedFile when there is none, it cannot be read, or
/// there are more pictures than an item may have; UnsupportedFormat for AV1 with video timing.
Size hevcCodedSize(ByteView configuration, ByteView data);
Size av1CodedSize(ByteView configuration, ByteView data);

} // namespace limpid::image
