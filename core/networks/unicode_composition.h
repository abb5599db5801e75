// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace limpid::networks {

/// Letters and the accents right behind them become single characters where Unicode has one (its
/// form NFC, for marks that are in order; Hangul syllables are left alone).
std::u32string composed(std::u32string_view text);

} // namespace limpid::networks
