// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/reference_predictor.h"

#include "core/methods/halo_tiles.h"
#include "core/methods/reference_codec.h"

namespace limpid::methods {

ReferencePredictor::ReferencePredictor(const ReferenceNetworks& networks,
                                       ReferenceCondition conditional,
                                       ReferenceCondition unconditional,
                                       const ReferencePredictionRule& rule, CancelToken token)
    : networks_(networks), conditional_(std::move(conditional)),
      unconditional_(std::move(unconditional)), rule_(rule), token_(std::move(token))
{}

networks::DeblurDiffAnswer ReferencePredictor::ask(const ReferenceCondition& condition,
                                                   const torch::Tensor& x, int timestep,
                                                   const Rect& tile) const
{
    token_.throwIfRequested();
    return networks_.predict(x, torch::full({1}, timestep, torch::kInt64), condition.text,
                             narrowed(condition.blurred, tile), {rule_.strength});
}

networks::DeblurDiffAnswer ReferencePredictor::predictTile(const torch::Tensor& x, int timestep,
                                                           const Rect& tile) const
{
    auto answer = ask(conditional_, x, timestep, tile);
    if (rule_.cfgScale == 1.0)
        return answer;
    const auto without = ask(unconditional_, x, timestep, tile).eps;
    answer.eps = without + (answer.eps - without) * rule_.cfgScale;
    return answer;
}

networks::DeblurDiffAnswer ReferencePredictor::predict(const torch::Tensor& x, int timestep) const
{
    const Size size = sizeOf(x);
    if (!rule_.tiles)
        return predictTile(x, timestep, wholeOf(size));
    GaussianBlend eps(size);
    auto kernelLatent = torch::zeros_like(x);
    for (const Rect& tile : coveringWindows(size, *rule_.tiles)) {
        const auto answer = predictTile(narrowed(x, tile), timestep, tile);
        eps.add(answer.eps, tile);
        narrowed(kernelLatent, tile).copy_(answer.kernelLatent);
    }
    return {.eps = eps.average(), .kernelLatent = kernelLatent};
}

} // namespace limpid::methods
