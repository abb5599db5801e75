// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/networks/sharpness_gate.h"
#include "core/training/degradation.h"
#include "core/training/gate_photos.h"
#include "core/training/photo_cache.h"
#include "core/training/validation.h"

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace limpid::training {

/// All that a gate learns from N pictures y that a frozen model would change by r₁ … r_K in K
/// ways, where y + e is right. The error of y + Σ wᵢrᵢ is Σ wᵢwⱼ⟨rᵢ, rⱼ⟩ − 2Σ wᵢ⟨rᵢ, e⟩ +
/// ⟨e, e⟩, so sums over small cells tell it for any w that is even within a cell: the pictures
/// themselves are not kept. Squares are means over the cell and the colors, of values 0…1. CPU,
/// fp32.
struct GateLessons {
    torch::Tensor features; ///< networks::gateFeatures, [N, F, S/8, S/8].
    torch::Tensor change;   ///< ⟨rᵢ, rⱼ⟩, [N, K, K, S/4, S/4].
    torch::Tensor accord;   ///< ⟨rᵢ, e⟩, [N, K, S/4, S/4].
    torch::Tensor error;    ///< ⟨e, e⟩ over the whole picture, [N].
    torch::Tensor kind;     ///< [N], I64: GateLesson.

    std::int64_t count() const { return kind.size(0); }
};

/// One after the other. parts: one or more; given up tensor by tensor, so that never all of them
/// are in memory twice.
GateLessons joined(std::vector<GateLessons> parts);

/// One picture's worth, for a gate of this configuration. restored: like its `blurred`, by the
/// model as it is.
GateLessons lessonOf(const GatePicture& picture, const torch::Tensor& restored,
                     const networks::SharpnessGateConfig& gate = {});

/// What else a gate may show of a photograph, as changes. [1, 3, H, W] → likewise, each.
using Proposer = std::function<std::vector<torch::Tensor>(const torch::Tensor& blurred)>;

inline constexpr std::int64_t cropsOfPhoto = 3;

struct GateLessonOptions {
    std::int64_t count = 4500;
    std::uint64_t firstPhoto = 0; ///< Its number decides, with the seed, what is drawn.
    std::int64_t side = 160;      ///< Pixels, a multiple of 16.
    std::uint64_t seed = 1;
    DegradationRanges ranges{};
    networks::SharpnessGateConfig gate{}; ///< Who shall learn from them.
    Proposer propose{};                   ///< None: the gate will know the restoration alone.
    std::function<void(std::int64_t)> restored{}; ///< Told how many there are by now.
};

/// Has cropsOfPhoto crops of each of the photographs of drawGatePhoto restored: one from anywhere,
/// a busy one and a soft one, because soft and empty parts are what must not be harmed. The
/// restorers take turns. Depends on the options and the restorers alone.
GateLessons drawLessons(const PhotoCache& photos, const std::vector<Restorer>& restorers,
                        const GateLessonOptions& options);

/// Kept in a file, so that a gate can be trained again without its model. `source` names what the
/// lessons were made of; readLessons refuses those of another source (InvalidRequest).
[[nodiscard]] Result<void> writeLessons(const GateLessons& lessons,
                                        const std::filesystem::path& path,
                                        const std::string& source);
[[nodiscard]] Result<GateLessons> readLessons(const std::filesystem::path& path,
                                              const std::string& source);

/// Without reading the lessons.
bool areLessonsOf(const std::filesystem::path& path, const std::string& source);

} // namespace limpid::training
