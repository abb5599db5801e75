// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/training/gate_lessons.h"
#include "core/training/part_claim.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace limpid::training {

/// Lessons of a gate in parts, a file for each: drawing them takes hours, may stop at any moment,
/// and several processes may share it.
class LessonFolder {
public:
    /// source: names what all parts are made of. Parts of anything else are as good as missing.
    /// count: 1 or more, of all parts together.
    LessonFolder(std::filesystem::path folder, std::string source, std::int64_t count);

    std::int64_t parts() const;
    std::int64_t lessonsIn(std::int64_t part) const;

    bool has(std::int64_t part) const;
    bool isComplete() const;

    /// The right to draw a part, so that processes that share the folder draw different ones:
    /// nothing while another one draws it, or, with `wait`, once that one is done. FileUnwritable.
    [[nodiscard]] Result<std::optional<PartClaim>> claim(std::int64_t part, bool wait) const;

    /// What a part is drawn with: `options`, but for the photographs, which are its own.
    GateLessonOptions optionsFor(std::int64_t part, GateLessonOptions options) const;

    /// Replaces the file at once: nobody sees half of it.
    [[nodiscard]] Result<void> write(std::int64_t part, const GateLessons& lessons) const;

    /// All parts together; the first error of a part that cannot be read.
    [[nodiscard]] Result<GateLessons> read() const;

private:
    std::filesystem::path pathOf(std::int64_t part) const;
    std::string sourceOf(std::int64_t part) const;

    std::filesystem::path folder_;
    std::string source_;
    std::int64_t count_;
};

} // namespace limpid::training
