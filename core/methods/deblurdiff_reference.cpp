// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_reference.h"

#include "core/methods/adain.h"
#include "core/methods/byte_picture.h"
#include "core/methods/halo_tiles.h"
#include "core/methods/reference_codec.h"
#include "core/methods/reference_predictor.h"
#include "core/methods/wavelet.h"

#include <torch/utils.h>

namespace limpid::methods {

namespace {

constexpr int paddingMultiple = 64;

/// One picture on its way through the pipeline.
class Restoration {
public:
    Restoration(const ReferenceNetworks& networks, const std::vector<double>& alphaBars,
                const ReferenceOptions& options, const ReferenceInput& input,
                const ReferenceRun& run)
        : networks_(networks), alphaBars_(alphaBars), options_(options), input_(input), run_(run),
          codec_(networks, options.tiles, run.token), picture_(pictureFromBytes(input.bytes)),
          padded_(zeroPadded(picture_, paddingMultiple))
    {}

    ReferenceResult run()
    {
        encodeBlurred();
        result_.start = options_.betterStart ? noisedLowFrequencies() : drawn(DrawPurpose::Start);
        result_.latent = sampled();
        finish();
        return result_;
    }

private:
    torch::Tensor drawn(DrawPurpose purpose, int index = 0, int repeat = 0) const;
    void encodeBlurred();
    torch::Tensor noisedLowFrequencies() const;
    GuidanceTarget guidanceTarget() const;
    torch::Tensor sampled() const;
    void finish();

    const ReferenceNetworks& networks_;
    const std::vector<double>& alphaBars_;
    const ReferenceOptions& options_;
    const ReferenceInput& input_;
    const ReferenceRun& run_;
    ReferenceCodec codec_;
    torch::Tensor picture_; ///< [1, 3, H, W], 0…1
    torch::Tensor padded_;  ///< The same with black to the right and below.
    Size latent_;
    int channels_ = 0;
    ReferenceResult result_;
};

torch::Tensor Restoration::drawn(DrawPurpose purpose, int index, int repeat) const
{
    return run_.draws({.purpose = purpose,
                       .area = wholeOf(latent_),
                       .channels = channels_,
                       .index = index,
                       .repeat = repeat});
}

/// The blurred picture is encoded in 0…1 although sharp ones are in −1…1: so was the training.
void Restoration::encodeBlurred()
{
    const auto moments = codec_.moments(padded_);
    latent_ = sizeOf(moments);
    channels_ = static_cast<int>(moments.size(1) / 2);
    if (options_.tiles) {
        result_.blurred = codec_.mode(moments);
        result_.unconditionalBlurred = result_.blurred;
        return;
    }
    result_.blurred = codec_.sample(moments, drawn(DrawPurpose::Condition));
    result_.unconditionalBlurred = codec_.sample(moments, drawn(DrawPurpose::Unconditional));
}

torch::Tensor Restoration::noisedLowFrequencies() const
{
    const auto moments = codec_.moments(waveletBands(padded_).low);
    auto noise = torch::zeros({1, channels_, latent_.height, latent_.width});
    int index = 0;
    for (const Rect& tile : codec_.tilesOf(latent_))
        narrowed(noise, tile)
            .copy_(run_.draws({.purpose = DrawPurpose::LowFrequencies,
                               .area = tile,
                               .channels = channels_,
                               .index = index++}));
    return diffusion::noised(codec_.sample(moments, noise), drawn(DrawPurpose::Start),
                             diffusion::fromAlphaBar(alphaBars_.back()));
}

GuidanceTarget Restoration::guidanceTarget() const
{
    const auto blurred = padded_ * 2.0 - 1.0;
    const bool encoded = options_.guidance.space == GuidanceSpace::Latent;
    const auto moments = encoded ? codec_.moments(blurred) : torch::Tensor{};
    return {.picture = blurred,
            .latent =
                [this, moments](int step, int repeat) {
                    return codec_.sample(moments, drawn(DrawPurpose::GuidanceTarget, step, repeat));
                },
            .decode =
                [this](const torch::Tensor& clean) {
                    return codec_.decode(clean);
                }};
}

torch::Tensor Restoration::sampled() const
{
    const ReferencePredictor predictor(networks_, {input_.text, result_.blurred},
                                       {input_.negativeText, result_.unconditionalBlurred},
                                       {.cfgScale = options_.cfgScale,
                                        .strength = options_.strength,
                                        .tiles = latentRule(options_.tiles, networks_.factor)},
                                       run_.token);
    std::optional<RestorationGuidance> guidance;
    if (options_.guidance.scale != 0.0)
        guidance.emplace(options_.guidance, guidanceTarget());
    return sampleReference(predictor, result_.start,
                           {.alphaBars = alphaBars_,
                            .steps = options_.steps,
                            .noise = [this](int step) { return drawn(DrawPurpose::Step, step); },
                            .token = run_.token,
                            .stepDone = run_.stepDone,
                            .guidance = guidance ? &*guidance : nullptr});
}

void Restoration::finish()
{
    const auto decoded = narrowed(codec_.decode(result_.latent), wholeOf(sizeOf(picture_)));
    result_.beforeColors = (decoded + 1.0) / 2.0;
    result_.afterColors = withColorsOf(result_.beforeColors, picture_);
    result_.bytes = truncatedToBytes(result_.afterColors);
}

} // namespace

ReferenceResult DeblurDiffReference::restore(const ReferenceInput& input,
                                             const ReferenceRun& run) const
{
    const torch::NoGradGuard noGrad;
    return Restoration(networks_, alphaBars_, options_, input, run).run();
}

} // namespace limpid::methods
