// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/job_context.h"
#include "core/image/image.h"
#include "core/region/blend.h"
#include "core/region/region.h"

#include <torch/types.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

namespace limpid::methods {

/// The part of a request that a method may see, already checked.
struct RestorationJob {
    image::Image image;
    std::optional<region::Region> region; ///< Clipped to the picture; none: all of it.
    int steps = 1;
    std::uint64_t seed = 1;
    std::map<std::string, double> parameters;   ///< Every parameter of the method has a value.
    std::map<std::string, std::string> texts{}; ///< As engine::RestorationRequest::texts.
};

/// Receives x̂₀ of each step, float, CPU: the picture over the result's area [1, 3, h, w], −1…1, or
/// a latent [1, C, h/f, w/f] that the decoder of the run turns into that picture.
using StepRecorder = std::function<void(int step, const torch::Tensor& clean)>;

/// Latent of a recorded step → the picture over the result's area. Inference thread; outlives the
/// run, so it owns all that it needs. Throws Cancelled, NonFinite.
using StepDecoder =
    std::function<torch::Tensor(const torch::Tensor& kept, const CancelToken& token)>;

/// How a job is carried out on this machine; not what comes out of it.
struct RunSettings {
    torch::Device device = torch::kCPU;
    int tilePixels = 768; ///< Side of the largest tile, a multiple of 64.
    bool bf16 = false;    ///< Networks compute in bf16.
    StepRecorder recordStep{};
    std::function<void(StepDecoder)> decodeStepsWith{}; ///< Told first, where latents are recorded.
};

/// A network answered with NaN or infinity.
class NonFinite : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A strategy: picture and settings in, restored pixels out. Owned and called by the inference
/// thread. Errors of LibTorch fly through.
class RestorationMethod {
public:
    virtual ~RestorationMethod() = default;

    /// Publishes previews and steps to the context; asks it before each step and tile.
    virtual region::Patch restore(const RestorationJob& job, engine::JobContext& context,
                                  const RunSettings& settings) = 0;

    /// The one-step answer to a small picture, without tiles, for checks of precision; undefined
    /// when the networks are too large to be run only to see. blurred: [1, 3, H, W], −1…1, H and W
    /// multiples of 64 → same.
    virtual torch::Tensor regress(const torch::Tensor& blurred, const RunSettings& settings) = 0;

    virtual void moveTo(const torch::Device& device) = 0;
};

} // namespace limpid::methods
