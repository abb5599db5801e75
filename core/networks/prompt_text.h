// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace limpid::networks {

/// A prompt as CLIP cleans it: repaired (curly quotes, ligatures, full-width letters, control
/// characters), HTML entities resolved twice, white space collapsed, lower case. Unlike the ftfy of
/// the published code it neither repairs mojibake nor composes accents. prompt: UTF-8.
std::u32string cleanPrompt(std::string_view prompt);

/// Resolves HTML entities: numeric ones and the named ones of HTML 4 that prompts may contain.
std::u32string unescapeHtml(std::u32string_view text);

} // namespace limpid::networks
