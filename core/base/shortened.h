// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace limpid {

/// At most `bytes` long, without cutting a UTF-8 character in two.
inline std::string shortened(std::string text, std::size_t bytes)
{
    if (text.size() <= bytes)
        return text;
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80)
        --bytes;
    text.resize(bytes);
    return text;
}

} // namespace limpid
