// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <torch/torch.h>

#include <filesystem>
#include <vector>

namespace limpid::evaluation {

/// Pictures side by side: the middle of each, at most 256 pixels each way, on white.
class ContactSheet {
public:
    void beginRow() { rows_.emplace_back(); }

    /// To the right of the last one of the row. picture: [1, 3, H, W], 0…1.
    void add(const torch::Tensor& picture);

    /// All rows below each other. → [1, 3, H, W], 0…1. At least one picture.
    torch::Tensor picture() const;

    /// As PNG. FileUnwritable, DiskFull.
    [[nodiscard]] Result<void> write(const std::filesystem::path& target) const;

private:
    std::vector<std::vector<torch::Tensor>> rows_;
};

} // namespace limpid::evaluation
