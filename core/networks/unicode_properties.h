// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace limpid::networks {

/// Properties of characters as the tokenizer's table was made with them (general categories L and
/// N, white space, one-to-one lower case; Unicode 14).
bool isLetter(char32_t character);
bool isNumber(char32_t character);
bool isSpace(char32_t character);
char32_t lowerCase(char32_t character);

/// Bytes that are no UTF-8 become U+FFFD.
std::u32string decodeUtf8(std::string_view text);
void appendUtf8(std::string& text, char32_t character);

} // namespace limpid::networks
