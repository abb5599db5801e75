// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/metadata_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

namespace limpid::networks {

namespace {

template<class Number>
bool parse(const std::string& text, Number& value)
{
    const auto* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, value);
    return parsed.ec == std::errc{} && parsed.ptr == end;
}

} // namespace

void MetadataReader::require(bool condition, const std::string& key,
                             const std::string& complaint) const
{
    if (!condition)
        throw Failure({ErrorCode::ModelMismatch, "metadata '" + key + "' " + complaint, {}});
}

const std::string& MetadataReader::text(const std::string& key) const
{
    const auto found = metadata_.find(key);
    require(found != metadata_.end(), key, "is missing");
    return found->second;
}

std::vector<std::int64_t> MetadataReader::list(const std::string& key,
                                               const NumberRange& range) const
{
    std::vector<std::int64_t> values;
    std::istringstream stream(text(key));
    for (std::string part; std::getline(stream, part, ',');) {
        std::int64_t value = 0;
        require(parse(part, value) && value >= range.smallest && value <= range.largest, key,
                "is '" + part + "'");
        values.push_back(value);
        require(static_cast<std::int64_t>(values.size()) <= range.most, key, "is too long");
    }
    require(static_cast<std::int64_t>(values.size()) >= range.fewest, key, "is too short");
    return values;
}

std::int64_t MetadataReader::number(const std::string& key, const NumberRange& range) const
{
    return list(key, range).front();
}

bool MetadataReader::flag(const std::string& key) const
{
    return number(key, {0, 1}) != 0;
}

double MetadataReader::real(const std::string& key, double smallest, double largest) const
{
    double value = 0;
    require(parse(text(key), value) && value >= smallest && value <= largest, key,
            "is '" + text(key) + "'");
    return value;
}

std::size_t MetadataReader::choice(const std::string& key,
                                   const std::vector<std::string>& texts) const
{
    if (!metadata_.contains(key))
        return 0;
    const auto found = std::find(texts.begin(), texts.end(), text(key));
    require(found != texts.end(), key, "is '" + text(key) + "'");
    return static_cast<std::size_t>(found - texts.begin());
}

std::string joinedValues(const std::vector<std::int64_t>& values)
{
    std::string text;
    for (const auto value : values)
        text += (text.empty() ? "" : ",") + std::to_string(value);
    return text;
}

std::string realText(double value)
{
    std::array<char, 32> buffer{};
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), written.ptr};
}

} // namespace limpid::networks
