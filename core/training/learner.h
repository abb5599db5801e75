// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/validation.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace limpid::training {

/// One stage of training, as a session drives it. Every batch depends on (seed, step) alone, so a
/// resumed run repeats an unbroken one. One thread owns a learner and its tensors.
class Learner {
public:
    virtual ~Learner() = default;

    /// The loss of one step, and the error of what it is judged by beside that of leaving it as it
    /// was. Their ratio means something over many steps only: some pictures have nothing to mend.
    struct StepReport {
        double loss = 0.0;
        double error = 0.0;
        double unchanged = 0.0;

        /// From scalars, waiting for their device once.
        static StepReport of(const torch::Tensor& loss, const torch::Tensor& error,
                             const torch::Tensor& unchanged);
    };
    virtual StepReport step() = 0;

    /// Where the weights lie.
    virtual torch::Device device() const = 0;

    virtual std::int64_t stepsDone() const = 0;
    virtual bool isFinished() const = 0;

    /// Weights, average and optimizer in one file, atomically; and back.
    [[nodiscard]] virtual Result<void> save(const std::filesystem::path& path) = 0;
    [[nodiscard]] virtual Result<void> load(const std::filesystem::path& path) = 0;

    /// What the averaged weights make of pictures of their device, to be measured and looked at.
    /// Usable as long as the learner lives; follows its steps.
    virtual std::vector<NamedRestorer> restorers() = 0;
};

} // namespace limpid::training
