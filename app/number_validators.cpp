// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/number_validators.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <system_error>

namespace limpid::app {

namespace {

template<class Number>
std::optional<Number> parsed(const std::string& text)
{
    Number number{};
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(number) : std::nullopt;
}

/// Refuses with "'0' is not WANTED".
CLI::Validator accepting(const std::function<bool(const std::string&)>& accepts,
                         const std::string& wanted, const std::string& inHelp)
{
    return {[accepts, wanted](std::string& text) {
                return accepts(text) ? std::string() : "'" + text + "' is not " + wanted;
            },
            inHelp};
}

CLI::Validator finite(const std::function<bool(double)>& accepts, const std::string& wanted,
                      const std::string& inHelp)
{
    return accepting(
        [accepts](const std::string& text) {
            const auto number = parsed<double>(text);
            return number && std::isfinite(*number) && accepts(*number);
        },
        "a number " + wanted, inHelp);
}

} // namespace

CLI::Validator wholeNumber(std::int64_t least, std::int64_t most)
{
    const bool open = most == std::numeric_limits<std::int64_t>::max();
    const auto from = std::to_string(least);
    const auto to = std::to_string(most);
    return accepting(
        [least, most](const std::string& text) {
            const auto number = parsed<std::int64_t>(text);
            return number && *number >= least && *number <= most;
        },
        open ? "a whole number, " + from + " or more" : "a whole number from " + from + " to " + to,
        open ? "(" + from + " or more)" : "(" + from + " to " + to + ")");
}

CLI::Validator multipleOf16(std::int64_t least)
{
    return accepting(
        [least](const std::string& text) {
            const auto number = parsed<std::int64_t>(text);
            return number && *number >= least && *number <= mostPixels && *number % 16 == 0;
        },
        std::string("a multiple of 16: 16, 32, 48 …") + (least > 0 ? "" : ", or 0"), "(16, 32 …)");
}

CLI::Validator positive(double most)
{
    const bool open = most == std::numeric_limits<double>::max();
    const auto to = std::to_string(std::llround(open ? 0.0 : most));
    return finite([most](double number) { return number > 0.0 && number <= most; },
                  open ? "above 0" : "above 0, at most " + to,
                  open ? "(above 0)" : "(above 0, at most " + to + ")");
}

CLI::Validator notNegative()
{
    return finite([](double number) { return number >= 0.0; }, "that is 0 or more", "(0 or more)");
}

CLI::Validator share()
{
    return finite([](double number) { return number >= 0.0 && number <= 1.0; }, "from 0 to 1",
                  "(0 to 1)");
}

} // namespace limpid::app
