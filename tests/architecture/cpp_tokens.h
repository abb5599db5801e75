// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace limpid::tests {

/// A piece of C++ that is neither white space, comment, nor preprocessor line.
struct Token {
    enum class Kind { Word, Literal, Mark }; ///< Words include keywords; marks are "::", "->", "x".
    Kind kind = Kind::Mark;
    std::string_view text; ///< Points into the scanned text. Of a literal: the first character.
    int line = 1;

    bool is(std::string_view other) const { return kind != Kind::Literal && text == other; }
};

/// `#include <path>` or `#include "path"`.
struct Include {
    std::string_view path;
    bool quoted = false;
    int line = 1;
};

struct Comment {
    std::string_view text;
    int line = 1;
};

/// A C++ file taken apart without being understood. Views into the text that was given.
struct ScannedCpp {
    std::vector<Token> tokens;
    std::vector<Include> includes;
    std::vector<Comment> comments;
};

ScannedCpp scanCpp(std::string_view text);

} // namespace limpid::tests
