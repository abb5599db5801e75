// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/cpp_tokens.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace limpid::tests {

namespace {

bool isWordPart(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    ScannedCpp run()
    {
        while (position_ < text_.size())
            next();
        return std::move(found_);
    }

private:
    void next();
    void directive();
    void comment(std::string_view end, bool keepEnd);
    void word();
    void number();
    void literal(char quote);
    void rawLiteral();
    void mark();

    char at(std::size_t ahead) const
    {
        return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
    }

    bool startsWith(std::string_view what) const
    {
        return text_.substr(position_).starts_with(what);
    }

    /// Consumes up to `end` (exclusive), counting lines.
    void moveTo(std::size_t end)
    {
        end = std::min(end, text_.size());
        const auto from = text_.begin() + static_cast<std::ptrdiff_t>(position_);
        line_ += static_cast<int>(
            std::count(from, text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
        position_ = end;
    }

    void add(Token::Kind kind, std::size_t length)
    {
        found_.tokens.push_back({kind, text_.substr(position_, length), line_});
        lineHasToken_ = true;
    }

    std::string_view text_;
    std::size_t position_ = 0;
    int line_ = 1;
    bool lineHasToken_ = false; ///< '#' begins a directive only as the first thing of a line.
    ScannedCpp found_;
};

void Scanner::next()
{
    const char c = at(0);
    if (c == '\n')
        lineHasToken_ = false;
    if (std::isspace(static_cast<unsigned char>(c)) != 0)
        moveTo(position_ + 1);
    else if (startsWith("//"))
        comment("\n", true);
    else if (startsWith("/*"))
        comment("*/", false);
    else if (c == '#' && !lineHasToken_)
        directive();
    else if (std::isdigit(static_cast<unsigned char>(c)) != 0)
        number();
    else if (isWordPart(c))
        word();
    else if (c == '"' || c == '\'')
        literal(c);
    else
        mark();
}

void Scanner::directive()
{
    std::size_t end = text_.find('\n', position_);
    while (end != std::string_view::npos && text_[end - 1] == '\\')
        end = text_.find('\n', end + 1);
    end = std::min(end, text_.size());
    const std::string_view line = text_.substr(position_, end - position_);
    const std::size_t open = line.find_first_of("<\"");
    if (line.substr(1, line.find_first_of("<\"") - 1).find("include") != std::string_view::npos &&
        open != std::string_view::npos) {
        const std::size_t close = line.find_first_of(">\"", open + 1);
        found_.includes.push_back(
            {line.substr(open + 1, close - open - 1), line[open] == '"', line_});
    }
    // A trailing comment can run over several lines and is scanned as one.
    const std::size_t commentStart = line.find("/*");
    moveTo(commentStart == std::string_view::npos ? end : position_ + commentStart);
}

void Scanner::comment(std::string_view end, bool keepEnd)
{
    const std::size_t found = text_.find(end, position_ + 2);
    std::size_t stop = std::min(found, text_.size());
    if (!keepEnd && found != std::string_view::npos)
        stop += end.size();
    found_.comments.push_back({text_.substr(position_, stop - position_), line_});
    moveTo(stop);
}

void Scanner::word()
{
    std::size_t length = 0;
    while (isWordPart(at(length)))
        ++length;
    const std::string_view text = text_.substr(position_, length);
    const bool prefix = text == "u8" || text == "u" || text == "U" || text == "L" || text == "R" ||
                        text == "u8R" || text == "uR" || text == "UR" || text == "LR";
    if (prefix && (at(length) == '"' || at(length) == '\'')) {
        moveTo(position_ + length);
        if (text.ends_with('R') && at(0) == '"')
            rawLiteral();
        else
            literal(at(0));
        return;
    }
    add(Token::Kind::Word, length);
    moveTo(position_ + length);
}

/// Digit separators are part of a number, not the beginning of a character.
void Scanner::number()
{
    std::size_t length = 0;
    while (isWordPart(at(length)) || at(length) == '.' ||
           (at(length) == '\'' && isWordPart(at(length + 1))))
        ++length;
    add(Token::Kind::Literal, 1);
    moveTo(position_ + length);
}

void Scanner::literal(char quote)
{
    std::size_t length = 1;
    while (at(length) != quote && at(length) != '\n' && position_ + length < text_.size())
        length += at(length) == '\\' ? 2 : 1;
    add(Token::Kind::Literal, 1);
    moveTo(position_ + length + 1);
}

void Scanner::rawLiteral()
{
    const std::size_t open = text_.find('(', position_);
    if (open == std::string_view::npos) {
        moveTo(text_.size());
        return;
    }
    const std::string delimiter(text_.substr(position_ + 1, open - position_ - 1));
    const std::string end = ")" + delimiter + "\"";
    const std::size_t close = text_.find(end, open);
    add(Token::Kind::Literal, 1);
    moveTo(close == std::string_view::npos ? text_.size() : close + end.size());
}

void Scanner::mark()
{
    const std::size_t length = startsWith("::") || startsWith("->") ? 2 : 1;
    add(Token::Kind::Mark, length);
    moveTo(position_ + length);
}

} // namespace

ScannedCpp scanCpp(std::string_view text)
{
    return Scanner(text).run();
}

} // namespace limpid::tests
