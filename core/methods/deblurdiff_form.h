// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/sampler.h"
#include "core/methods/deblurdiff_denoiser.h"
#include "core/methods/restoration_method.h"
#include "core/methods/tiled_denoiser.h"

#include <memory>
#include <vector>

namespace limpid::methods {

/// Pixels around a region that DeblurDiff sees with it.
inline constexpr int deblurDiffContext = 128;

/// What the forms of DeblurDiff do differently: how the blurred picture is encoded, which levels
/// are visited, what the networks are told and how their answer is read. Knows nothing of one job
/// or model.
class DeblurDiffForm {
public:
    virtual ~DeblurDiffForm() = default;

    /// ᾱ of every timestep of a model.
    virtual std::vector<double> alphaBars(const networks::DeblurDiffConfig& config) const = 0;

    /// The levels that a job's network calls are made at.
    virtual std::vector<diffusion::Step> path(const networks::DeblurDiffConfig& config,
                                              const RestorationJob& job) const = 0;

    virtual std::unique_ptr<diffusion::Sampler> sampler(const RestorationJob& job) const = 0;

    /// A level at which one answer says most about the precision of the networks.
    virtual diffusion::NoiseLevel telling(const networks::DeblurDiffConfig& config) const = 0;

    /// All that the networks are told but the blurred latent. Throws Failure and Cancelled.
    virtual DeblurDiffCondition condition(DeblurDiffNetworks& networks, const RestorationJob& job,
                                          const CancelToken& token) const = 0;

    /// The photograph in the range in which its latent is shown to the networks. −1…1 → same size.
    virtual torch::Tensor shownToNetworks(const torch::Tensor& blurred) const = 0;

    /// Keeps references: `networks` and `condition` must outlive it.
    virtual std::unique_ptr<TileDenoiser> denoiser(DeblurDiffNetworks& networks,
                                                   const DeblurDiffCondition& condition,
                                                   const CancelToken& token) const = 0;

    /// Side of the largest tile that the networks answer well, in image pixels.
    virtual int tileSide(const RunSettings& settings) const = 0;

    /// As the authors' program does it. InvalidRequest where they have none.
    virtual region::Patch restoreAsPublished(DeblurDiffNetworks& networks,
                                             const RestorationJob& job,
                                             engine::JobContext& context) const = 0;
};

/// The form of a model.
const DeblurDiffForm& formOf(const networks::DeblurDiffConfig& config);

} // namespace limpid::methods
