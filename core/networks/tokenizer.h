// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace limpid::networks {

/// The prompts that DeblurDiff uses unless the user writes others.
inline constexpr std::string_view defaultPositivePrompt;
inline constexpr std::string_view defaultNegativePrompt =
    "low quality, blurry, low-resolution, noisy, unsharp, weird textures";

/// Ids of one prompt, padded with 0 to the length that the text encoder wants.
using TokenIds = std::vector<std::int64_t>;

/// The ids of one of the two prompts above in CLIP's published vocabulary, so that no vocabulary
/// file is needed for them; empty for any other text.
TokenIds builtInTokens(std::string_view prompt);

/// CLIP's byte-pair encoding with a vocabulary file of the user's. Immutable; any thread.
class Tokenizer {
public:
    static constexpr std::size_t contextLength = 77;

    /// Reads a table of merges, plain or gzipped: a header line, then one merge a line, best first.
    /// ModelMissing, NotARegularFile, FileUnreadable, ModelDamaged.
    [[nodiscard]] static Result<Tokenizer> read(const std::filesystem::path& path);

    /// 77 ids: start, at most 75 tokens of the cleaned text (prompt_text.h), end, zeros. A literal
    /// "<start_of_text>" or "<end_of_text>" becomes the special token.
    TokenIds encode(std::string_view prompt) const;

    /// Bytes, bytes that end a word, merges, start, end.
    std::int64_t vocabularySize() const { return endId_ + 1; }

private:
    struct Merge {
        std::int64_t rank = 0;
        std::int64_t id = 0;
    };
    using Pair = std::pair<std::int64_t, std::int64_t>;

    void addMerges(std::string_view table);
    void appendWord(std::string_view word, std::vector<std::int64_t>& ids) const;

    std::map<Pair, Merge> merges_;
    std::int64_t startId_ = 0;
    std::int64_t endId_ = 0;
};

} // namespace limpid::networks
