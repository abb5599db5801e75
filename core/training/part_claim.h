// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>

namespace limpid::training {

/// The right to make something, against all who ask by the same marker, a file. It ends with this
/// object, which takes the marker away, or with its process: what one that died has left behind is
/// in nobody's way. Any thread.
class PartClaim {
public:
    /// Nothing while another one has it. Where a file system knows no locks, everyone gets it.
    /// FileUnwritable.
    [[nodiscard]] static Result<std::optional<PartClaim>> take(const std::filesystem::path& marker);

    /// Waits until the other one is done. FileUnwritable.
    [[nodiscard]] static Result<PartClaim> wait(const std::filesystem::path& marker);

    ~PartClaim();
    PartClaim(PartClaim&& other) noexcept;
    PartClaim& operator=(PartClaim&& other) noexcept;

private:
    PartClaim(std::filesystem::path marker, int descriptor);
    static Result<std::optional<PartClaim>> lock(const std::filesystem::path& marker, int how);

    std::filesystem::path marker_;
    int descriptor_ = -1; ///< Locked; −1: given away.
};

} // namespace limpid::training
