// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace limpid::parity {

/// The tensors of one safetensors file, and which of them have been looked at.
class TensorFile {
public:
    /// `listed`: the names that the set's index gives for this file, if it gives any.
    TensorFile(const std::filesystem::path& path, std::optional<std::set<std::string>> listed);

    bool has(const std::string& name) const { return tensors_.contains(name); }

    /// Whether the absence of this tensor is a defect: not if the index does not list it.
    bool isExpected(const std::string& name) const { return !listed_ || listed_->contains(name); }

    /// Counts as looked at. A missing name throws Failure.
    torch::Tensor at(const std::string& name);

    /// Names that begin with the prefix, numbers in them in order of size.
    std::vector<std::string> names(const std::string& prefix = {}) const;

    /// For "in.t": "0." of "0.in.t", "" of "in.t", and so on.
    std::vector<std::string> rowsWith(const std::string& ending) const;

    std::vector<std::string> untouched() const;
    std::vector<std::string> missing() const;

    /// For tensors that are deliberately not matched.
    void ignore(const std::string& name) { touched_.insert(name); }

private:
    std::filesystem::path path_;
    std::optional<std::set<std::string>> listed_;
    std::map<std::string, torch::Tensor> tensors_;
    std::set<std::string> touched_;
};

} // namespace limpid::parity
