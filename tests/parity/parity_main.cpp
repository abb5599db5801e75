// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"
#include "tests/parity/parity_cases.h"

#include <algorithm>
#include <cstdio>
#include <torch/utils.h>

namespace limpid::parity {

namespace {

void run(const ParityCase& parityCase, ParitySet& set, ParityReport& report)
{
    report.begin(parityCase.name);
    if (set.has(parityCase.path)) {
        report.attempt([&] { parityCase.check(set, report); });
        return;
    }
    if (!parityCase.companion.empty() && set.has(parityCase.companion))
        report.require(parityCase.path, false, "is missing");
    else
        report.skip("the set has no " + parityCase.path);
}

void checkCoverage(ParitySet& set, ParityReport& report)
{
    for (const auto& name : set.unchecked())
        report.require(name, false, "no case looked at it");
    for (const auto& name : set.missing())
        report.require(name, false, "is listed in golden/index.json, but missing");
}

/// DIR, or DIR and the names of the cases to run.
int compareAll(const std::vector<std::string>& arguments)
{
    const torch::NoGradGuard noGradients;
    ParitySet set(arguments.front());
    ParityReport report;
    for (const auto& parityCase : parityCases())
        if (arguments.size() == 1 ||
            std::find(arguments.begin() + 1, arguments.end(), parityCase.name) != arguments.end())
            run(parityCase, set, report);
    report.begin("coverage");
    if (arguments.size() == 1)
        checkCoverage(set, report);
    return report.summarize() ? 0 : 1;
}

} // namespace

} // namespace limpid::parity

int main(int count, char** values)
{
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments.empty()) {
        std::fprintf(stderr, "usage: limpid-parity DIR [CASE...]\n");
        return 2;
    }
    try {
        return limpid::parity::compareAll(arguments);
    } catch (const limpid::Failure& failure) {
        std::fprintf(stderr, "limpid-parity: %s: %s\n", failure.error().path.c_str(),
                     failure.what());
    } catch (const std::exception& exception) {
        std::fprintf(stderr, "limpid-parity: %s\n", exception.what());
    }
    return 2;
}
