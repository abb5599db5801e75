// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/quality.h"

#include "core/evaluation/fidelity.h"
#include "core/evaluation/gradient_similarity.h"
#include "core/evaluation/invention.h"
#include "core/evaluation/picture.h"
#include "core/evaluation/soft_areas.h"
#include "core/evaluation/structural_similarity.h"

#include <optional>

namespace limpid::evaluation {

namespace {

void note(Figures& figures, const char* id, std::optional<double> figure)
{
    if (figure)
        figures[id] = *figure;
}

} // namespace

const std::vector<Measure>& measures()
{
    static const std::vector<Measure> all{
        {.id = "psnr", .title = "PSNR dB", .decimals = 2, .asGain = true},
        {.id = "ssim", .title = "SSIM", .decimals = 4, .asGain = true},
        {.id = "ms_ssim", .title = "MS-SSIM", .decimals = 4, .asGain = true},
        {.id = "gmsd", .title = "GMSD (less is better)", .decimals = 4, .asGain = true},
        {.id = "gradient_ratio", .title = "gradient energy"},
        {.id = "edge_rise", .title = "edge rise px"},
        {.id = "low_band", .title = "low band", .asGain = true},
        {.id = "soft_areas", .title = "soft areas (less is better)", .asGain = true},
        {.id = "naturalness", .title = "naturalness (less is better)", .asGain = true},
        {.id = "invention", .title = "invention"},
        {.id = "seed_deviation", .title = "seed deviation"},
        {.id = "seconds", .title = "seconds"},
    };
    return all;
}

Judge::Judge(torch::Tensor input, torch::Tensor sharp, const NaturalnessModel* naturalness)
    : input_(std::move(input)), sharp_(std::move(sharp)), naturalness_(naturalness),
      edges_(steepestEdges(sharp_.defined() ? sharp_ : input_)), inputFigures_(figuresOf(input_))
{}

Figures Judge::figuresOf(const torch::Tensor& output) const
{
    const auto picture = exported(output);
    const auto& reference = sharp_.defined() ? sharp_ : input_;
    Figures figures;
    note(figures, "gradient_ratio", gradientEnergyRatio(picture, reference));
    note(figures, "edge_rise", edgeRise(picture, edges_));
    note(figures, "low_band", lowBandError(picture, reference));
    note(figures, "invention", inventionRate(picture, input_));
    if (naturalness_)
        note(figures, "naturalness", naturalness_->distanceOf(picture));
    if (!sharp_.defined())
        return figures;
    note(figures, "soft_areas", softAreaError(picture, sharp_));
    note(figures, "psnr", psnr(picture, sharp_));
    note(figures, "ssim", ssim(picture, sharp_));
    note(figures, "ms_ssim", multiScaleSsim(picture, sharp_));
    note(figures, "gmsd", gradientSimilarityDeviation(picture, sharp_));
    return figures;
}

} // namespace limpid::evaluation
