// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace limpid::image {

struct XmpAttribute {
    std::string_view name;
    std::string_view value; ///< As written, without its quotes.
    std::size_t start = 0;  ///< Of the blanks before the name.
    std::size_t end = 0;    ///< Behind the closing quote.
};

/// What stands between < and >.
struct XmpTag {
    enum class Kind { Opening, Closing, Whole, Other };

    Kind kind = Kind::Other; ///< Other: a comment, an instruction, CDATA or a declaration.
    std::string_view name{}; ///< With its prefix.
    std::vector<XmpAttribute> attributes{};
    std::size_t start = 0;
    std::size_t end = 0;
};

/// Reads the tags of a packet one after the other. A view: the text must live longer.
class XmpReader {
public:
    explicit XmpReader(std::string_view packet) : text_(packet) {}

    /// None at the end, and at what is not well-formed.
    std::optional<XmpTag> next();

    /// True when the packet ended where all elements were closed.
    bool isComplete() const { return isAtEnd_ && open_.empty(); }

    /// The elements around what follows the last tag: one that it opened is among them.
    const std::vector<std::string_view>& open() const { return open_; }

private:
    std::size_t endOf(std::size_t tag) const;
    bool readAttributes(XmpTag& tag, std::size_t at) const;
    bool accept(XmpTag& tag);

    std::string_view text_;
    std::size_t at_ = 0;
    bool isAtEnd_ = false;
    std::vector<std::string_view> open_;
};

} // namespace limpid::image
