// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/image.h"
#include "core/region/region.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace limpid::engine {

/// Everything a restoration depends on, as one value. Never changed after submit().
struct RestorationRequest {
    image::Image image;                         ///< The whole picture, working space.
    std::optional<region::Region> region;       ///< None: the whole picture.
    std::string method = "msg";                 ///< MethodSpec::id.
    std::string model{};                        ///< Catalog id; empty: the method's default.
    int steps = 1;                              ///< Network calls of the sampler.
    std::uint64_t seed = 1;                     ///< Same request and seed: same bits.
    std::map<std::string, double> parameters;   ///< By ParameterSpec::id; absent: the default.
    std::map<std::string, std::string> texts{}; ///< "prompt", "negative_prompt"; absent: built in.
    std::string device = "auto";                ///< "auto", "cpu", "cuda:0", …
    std::string precision = "auto";             ///< "auto", "fp32", "bf16".

    friend bool operator==(const RestorationRequest&, const RestorationRequest&) = default;
};

} // namespace limpid::engine
