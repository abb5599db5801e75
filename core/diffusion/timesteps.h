// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diffusion/noise_schedule.h"

#include <vector>

namespace limpid::diffusion {

/// `steps` of `total` timesteps spread evenly, both ends included, falling (the "spaced" respacing
/// of improved diffusion, Nichol & Dhariwal 2021). One step is the noisiest. steps ≤ total.
std::vector<int> spacedTimesteps(int total, int steps);

/// At most `steps` timesteps spread evenly from `start` (the noisiest) down to `end`, both
/// included: a path that begins with a noised condition instead of pure noise. One step is the
/// start. Fewer come back where the path is too short for so many.
std::vector<int> timestepsBetween(int start, int end, int steps);

/// The same, uniform in the log-SNR of the table: what solvers of higher order are made for.
std::vector<int> logSnrTimestepsBetween(const std::vector<double>& alphaBars, int start, int end,
                                        int steps);

/// Where a level lies in a falling table: its index if it is in it, interpolated in log-SNR if it
/// is between two, the nearest end if it is beyond.
double timestepOf(const std::vector<double>& alphaBars, const NoiseLevel& level);

/// The levels of a table at these timesteps.
std::vector<NoiseLevel> levelsAt(const std::vector<double>& alphaBars,
                                 const std::vector<int>& timesteps);

/// The compact few-step path: the first call at pure noise, where the network is a plain regressor,
/// then `steps` − 1 levels uniform in log-SNR from 4 to 7. σ/α is about 0.14 at 4, as much as the
/// blur takes: more noise hides what the first call has found.
std::vector<NoiseLevel> fewStepLevels(int steps);

} // namespace limpid::diffusion
