// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace limpid::networks {

/// A prompt as CLIP cleans it: repaired (mojibake, curly quotes, ligatures, full-width letters,
/// control characters, accents), HTML entities resolved, white space collapsed, lower case. Covers
/// what ftfy, which the published code calls, does to ordinary prompts, not all that it knows.
/// prompt: UTF-8.
std::u32string cleanPrompt(std::string_view prompt);

/// Resolves HTML entities: numeric ones and the named ones of HTML 4 that prompts may contain.
std::u32string unescapeHtml(std::u32string_view text);

} // namespace limpid::networks
