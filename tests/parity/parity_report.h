// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <torch/types.h>

#include <functional>
#include <string>
#include <vector>

namespace limpid::parity {

class TensorFile;

/// Largest difference that counts as equal, times max(1, largest magnitude expected).
constexpr double layerLimit = 2e-5;    ///< Layers, single network calls, image operations.
constexpr double pipelineLimit = 1e-4; ///< Sampling and whole pipelines.

/// Prints one line per comparison and remembers whether any failed.
class ParityReport {
public:
    /// Names what the following lines belong to.
    void begin(const std::string& section);

    /// Floating-point tensors are compared within the limit; bytes may differ by 1 in at most 0.1 %
    /// of the values; other integers must be equal.
    void compare(const std::string& name, const torch::Tensor& actual,
                 const torch::Tensor& expected, double limit = layerLimit);

    /// The same against a tensor of a file, which then counts as checked. Nothing is said of a
    /// tensor that the file need not have.
    void compare(TensorFile& file, const std::string& name, const torch::Tensor& actual,
                 double limit = layerLimit);

    /// A condition that is no comparison of tensors.
    void require(const std::string& name, bool holds, const std::string& detail = {});

    /// Does the work; an exception from it is a failure.
    void attempt(const std::function<void()>& work);

    /// A case for which the set has nothing.
    void skip(const std::string& reason);

    /// A remark that is neither pass nor fail.
    void note(const std::string& text);

    /// Prints the counts and the names of what failed. True when all passed.
    bool summarize() const;

private:
    void line(bool passed, const std::string& name, const std::string& detail);

    std::string section_;
    int passed_ = 0;
    std::vector<std::string> skipped_;
    std::vector<std::string> failures_;
};

} // namespace limpid::parity
