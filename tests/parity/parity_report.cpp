// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_report.h"

#include "core/base/result.h"
#include "tests/parity/tensor_file.h"

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <torch/utils.h>

namespace limpid::parity {

namespace {

struct Verdict {
    bool passed = false;
    std::string detail;
};

std::string number(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1e", value);
    return text;
}

Verdict compareReals(const torch::Tensor& actual, const torch::Tensor& expected, double limit)
{
    if (expected.numel() == 0)
        return {true, "empty"};
    const auto wanted = expected.to(torch::kFloat64);
    const double difference = (actual.to(torch::kFloat64) - wanted).abs().max().item<double>();
    const double scale = std::max(1.0, wanted.abs().max().item<double>());
    const double error = difference / scale;
    return {error <= limit, number(error) + " of " + number(limit)}; // NaN compares false
}

Verdict compareBytes(const torch::Tensor& actual, const torch::Tensor& expected)
{
    if (expected.numel() == 0)
        return {true, "empty"};
    const auto difference = (actual.to(torch::kInt32) - expected.to(torch::kInt32)).abs();
    const auto worst = difference.max().item<int>();
    const double share = difference.gt(0).to(torch::kFloat64).mean().item<double>();
    return {worst <= 1 && share <= 1e-3, "differs by " + std::to_string(worst) + " at most, in " +
                                             number(share) + " of 1.0e-03"};
}

Verdict compareTensors(const torch::Tensor& actual, const torch::Tensor& expected, double limit)
{
    if (!actual.defined())
        return {false, "nothing was computed"};
    if (actual.sizes() != expected.sizes()) {
        std::ostringstream text;
        text << "got shape " << actual.sizes();
        return {false, text.str()};
    }
    if (expected.is_floating_point())
        return compareReals(actual, expected, limit);
    if (expected.scalar_type() == torch::kUInt8)
        return compareBytes(actual, expected);
    const bool equal = torch::equal(actual.to(expected.scalar_type()), expected);
    return {equal, equal ? "equal" : "not equal"};
}

} // namespace

void ParityReport::begin(const std::string& section)
{
    section_ = section;
}

void ParityReport::compare(const std::string& name, const torch::Tensor& actual,
                           const torch::Tensor& expected, double limit)
{
    const torch::NoGradGuard noGradients;
    const auto verdict = compareTensors(actual, expected, limit);
    std::ostringstream text;
    text << expected.sizes() << "  " << verdict.detail;
    line(verdict.passed, name, text.str());
}

void ParityReport::compare(TensorFile& file, const std::string& name, const torch::Tensor& actual,
                           double limit)
{
    if (!file.has(name)) {
        if (file.isExpected(name))
            line(false, name, "the file has no such tensor");
        return;
    }
    compare(name, actual, file.at(name), limit);
}

void ParityReport::require(const std::string& name, bool holds, const std::string& detail)
{
    line(holds, name, detail);
}

void ParityReport::attempt(const std::function<void()>& work)
{
    try {
        work();
    } catch (const Failure& failure) {
        const auto& path = failure.error().path;
        line(false, "ran to its end", (path.empty() ? "" : path.string() + ": ") + failure.what());
    } catch (const std::exception& exception) {
        line(false, "ran to its end", exception.what());
    }
}

void ParityReport::skip(const std::string& reason)
{
    note("skipped, " + reason);
    skipped_.push_back(section_ + ": " + reason);
}

void ParityReport::note(const std::string& text)
{
    std::printf("note  %s: %s\n", section_.c_str(), text.c_str());
}

void ParityReport::line(bool passed, const std::string& name, const std::string& detail)
{
    std::printf("%s  %s: %s  %s\n", passed ? "pass" : "FAIL", section_.c_str(), name.c_str(),
                detail.c_str());
    std::fflush(stdout);
    if (passed)
        ++passed_;
    else
        failures_.push_back(section_ + ": " + name + "  " + detail);
}

bool ParityReport::summarize() const
{
    std::printf("\n%d passed, %zu failed, %zu cases skipped\n", passed_, failures_.size(),
                skipped_.size());
    for (const auto& skipped : skipped_)
        std::printf("  skip  %s\n", skipped.c_str());
    for (const auto& failure : failures_)
        std::printf("  FAIL  %s\n", failure.c_str());
    return failures_.empty() && passed_ > 0;
}

} // namespace limpid::parity
