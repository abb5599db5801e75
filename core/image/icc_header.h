// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/bytes.h"

namespace limpid::image {

inline bool isGrayProfile(ByteView icc)
{
    return icc.size() >= 20 && startsWith(icc.subspan(16), "GRAY");
}

/// True when the profile describes pixels of this many channels (alpha included). Any other
/// profile is ignored when reading and must not be embedded when writing.
inline bool profileFits(ByteView icc, int channels)
{
    if (channels <= 2)
        return isGrayProfile(icc);
    return icc.size() >= 20 && startsWith(icc.subspan(16), "RGB ");
}

} // namespace limpid::image
