// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/step_history.h"

#include "core/base/round_up.h"
#include "core/methods/tensor_image.h"

namespace limpid::inference {

void StepHistory::begin(engine::JobId job, const Rect& area, int steps)
{
    kept_.clear();
    decoder_ = {};
    job_ = job;
    area_ = area;
    steps_ = steps;
    constexpr std::int64_t bytesPerPixel = 3 * 2;
    stride_ = strideFor(bytesPerPixel * area.size().area());
}

int StepHistory::strideFor(std::int64_t bytesPerStep) const
{
    const std::int64_t affordable =
        std::max<std::int64_t>(1, budgetBytes_ / std::max<std::int64_t>(bytesPerStep, 1));
    return static_cast<int>(piecesFor<std::int64_t>(steps_, affordable));
}

torch::Tensor StepHistory::copyOf(const torch::Tensor& clean) const
{
    return decoder_ ? clean.clone()
                    : clean.to(torch::kFloat16, /*non_blocking=*/false, /*copy=*/true);
}

void StepHistory::add(int step, const torch::Tensor& clean)
{
    if (decoder_) // begin() could not know the size of a latent
        stride_ = strideFor(static_cast<std::int64_t>(clean.nbytes()));
    if (step != steps_ && step % stride_ != 0)
        return;
    kept_[step] = copyOf(clean);
}

Result<region::Patch> StepHistory::patch(engine::JobId job, int step) const
{
    const auto found = kept_.find(step);
    if (job != job_ || found == kept_.end())
        return fail(ErrorCode::InvalidRequest,
                    "the picture of step " + std::to_string(step) + " is no longer kept");
    const auto picture = decoder_ ? decoder_(found->second, {}) : found->second.to(torch::kFloat32);
    return region::Patch{.area = area_, .pixels = methods::toImage(picture)};
}

} // namespace limpid::inference
