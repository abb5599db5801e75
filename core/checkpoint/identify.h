// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/checkpoint/published_layout.h"
#include "core/checkpoint/tensor_index.h"

namespace limpid::checkpoint {

enum class CheckpointKind {
    DeblurDiff,      ///< Complete: every published tensor with its published shape.
    Limpid,          ///< A model of ours, which says itself what it is.
    StableDiffusion, ///< U-Net, autoencoder and text encoder without LKPN and ControlNet.
    ControlNet,
    KernelNetwork,
    Autoencoder,
    Incomplete, ///< Parts of DeblurDiff, or all parts of another size.
    Unknown
};

/// How the tensors of a file meet the published ones, by published name.
struct NameComparison {
    std::vector<std::string> missing;
    std::vector<std::string> unexpected;
    std::vector<std::string> misshaped; ///< "name: want [2, 3], got [3, 2]".

    bool isComplete() const { return missing.empty() && misshaped.empty(); }
};

/// What a file of weights is.
struct Identification {
    CheckpointKind kind = CheckpointKind::Unknown;
    std::string architecture{}; ///< "deblurdiff", or what a model of ours says.
    std::string sentence{};     ///< In English: what it is, and what is wrong with it.
    std::map<std::string, std::string> names{}; ///< Name to be written → name in the file.
    NameComparison comparison{};

    bool isUsable() const
    {
        return kind == CheckpointKind::DeblurDiff || kind == CheckpointKind::Limpid;
    }
};

/// Guesses from names, shapes and metadata. Reads no weights.
Identification identify(const TensorIndex& index);

/// "2 tensors are missing (a, b), 1 has another shape (c: want [2], got [3])"; empty when complete.
std::string summary(const NameComparison& comparison);

} // namespace limpid::checkpoint
