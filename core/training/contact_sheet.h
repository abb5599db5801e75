// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <torch/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace limpid::training {

/// Pictures in rows, each below its label, on white. A picture that is larger than a cell is cut to
/// its middle, never scaled: sharpness can be judged.
class ContactSheet {
public:
    /// cellPixels: the most that is shown of a picture, each way.
    explicit ContactSheet(std::int64_t cellPixels = 256) : cellPixels_(cellPixels) {}

    void beginRow() { rows_.emplace_back(); }

    /// To the right of the last one of the row. picture: [1, 3 or 1, H, W], 0…1. The label may have
    /// several lines; letters that are not ASCII are written as '?'.
    void add(const torch::Tensor& picture, const std::string& label = {});

    /// All rows below each other. → [1, 3, H, W], 0…1. At least one picture.
    torch::Tensor picture() const;

    /// In the format that the extension names. InvalidRequest when it is empty, UnsupportedFormat,
    /// FileUnwritable, DiskFull.
    [[nodiscard]] Result<void> write(const std::filesystem::path& target) const;

private:
    std::int64_t cellPixels_;
    std::vector<std::vector<torch::Tensor>> rows_; ///< [1, 3, H, W], labels drawn.
};

} // namespace limpid::training
