// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/methods/deblurdiff_denoiser.h"
#include "core/methods/restoration_method.h"

namespace limpid::methods {

/// The text embeddings and strengths that a job asks for; `blurred` is left to the caller. Texts:
/// "prompt", "negative_prompt", and "vocabulary", the path of CLIP's table of merges, which only
/// prompts other than the default ones need. The negative one is embedded only if it has an effect.
/// Throws Failure (InvalidRequest, ModelMismatch, and those of Tokenizer::read) and Cancelled.
DeblurDiffCondition promptCondition(DeblurDiffNetworks& networks, const RestorationJob& job,
                                    const CancelToken& token);

} // namespace limpid::methods
