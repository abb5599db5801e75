// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// What libFuzzer and the corpus run call with bytes of any kind; answers 0.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace limpid::tests {

/// Valid inputs from which others are derived.
std::vector<std::string> fuzzSeeds();

} // namespace limpid::tests
