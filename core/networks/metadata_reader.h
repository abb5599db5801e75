// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace limpid::networks {

using Metadata = std::map<std::string, std::string>;

/// What a number, or each of a list, may be.
struct NumberRange {
    std::int64_t smallest = 0;
    std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    std::int64_t fewest = 1; ///< Of a list.
    std::int64_t most = 1;
};

/// Reads the configuration of a network from a file's metadata, which is untrusted. The first thing
/// that is wrong throws Failure (ModelMismatch) and names the key.
class MetadataReader {
public:
    explicit MetadataReader(const Metadata& metadata) : metadata_(metadata) {}

    std::int64_t number(const std::string& key, const NumberRange& range) const;
    std::vector<std::int64_t> list(const std::string& key, const NumberRange& range) const;
    bool flag(const std::string& key) const;
    double real(const std::string& key, double smallest, double largest) const;

    /// One of these texts, as its index; 0 when the key is missing.
    std::size_t choice(const std::string& key, const std::vector<std::string>& texts) const;

    /// Refuses the key with "metadata 'key' complaint" unless the condition holds.
    void require(bool condition, const std::string& key, const std::string& complaint) const;

private:
    const std::string& text(const std::string& key) const;

    const Metadata& metadata_;
};

/// "1,2,4".
std::string joinedValues(const std::vector<std::int64_t>& values);

/// The shortest text that reads back as the same number.
std::string realText(double value);

} // namespace limpid::networks
