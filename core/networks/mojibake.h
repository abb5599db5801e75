// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace limpid::networks {

/// Undoes the reading of UTF-8 as Windows-1252 ("schÃ¶n" becomes "schön"), if all of the text can
/// have come about that way.
std::u32string withoutMojibake(std::u32string text);

} // namespace limpid::networks
