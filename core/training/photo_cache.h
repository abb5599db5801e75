// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/training/dice.h"

#include <torch/types.h>

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace limpid::training {

/// Decoded photographs in memory: what training reads from. A cache file is a safetensors file with
/// one U8 tensor [3, H, W] per photograph, named as the photograph's file.
class PhotoCache {
public:
    /// Reads the photographs of a cache that are named in `wanted` (or all but those when
    /// `exclude`).
    [[nodiscard]] static Result<PhotoCache> open(const std::filesystem::path& path,
                                                 const std::set<std::string>& names, bool exclude);

    /// A checksum of the names and sizes of the photographs that open() would read.
    [[nodiscard]] static Result<std::string> fingerprint(const std::filesystem::path& path,
                                                         const std::set<std::string>& names,
                                                         bool exclude);

    std::size_t size() const { return photos_.size(); }
    const torch::Tensor& photo(std::size_t index) const { return photos_.at(index); }

    /// Pixels of the side of the largest square that fits into one of the photographs; 0: none.
    std::int64_t largestShortSide() const;

    /// A random part of a random photograph, turned and mirrored at random, with enough edges in it
    /// to learn from. Half of them are first halved in size by area: sharper than any camera.
    /// → [3, side, side], U8.
    torch::Tensor randomCrop(Dice& dice, std::int64_t side) const;

    /// The same without a look at its edges: soft backgrounds and empty skies, too.
    torch::Tensor plainCrop(Dice& dice, std::int64_t side) const;

    /// A random photograph as somebody may have framed it: all of it or a random rectangle, halved
    /// in size, turned and mirrored at random. → [3, H, W], U8; H and W are `least` at least and
    /// differ from it by multiples of 16.
    torch::Tensor randomFrame(Dice& dice, std::int64_t least) const;

    /// busiestPart of a photograph, for validation.
    torch::Tensor busiestCrop(std::size_t index, std::int64_t side) const;

private:
    const torch::Tensor& anyPhoto(Dice& dice) const;
    const torch::Tensor& anyPhotoThatHolds(Dice& dice, std::int64_t side) const;

    std::vector<torch::Tensor> photos_;
};

/// U8 → float, 0…1.
torch::Tensor asUnit(const torch::Tensor& bytes);

/// The square part of this side with the most edges among a few fixed candidates; undefined when
/// the photograph is too small. photo: [3, H, W], U8 → [3, side, side], float, 0…1.
torch::Tensor busiestPart(const torch::Tensor& photo, std::int64_t side);

/// One name per line, without its outer blanks; a line that begins with '#' is a comment.
/// FileUnreadable.
[[nodiscard]] Result<std::set<std::string>> readNameList(const std::filesystem::path& path);

} // namespace limpid::training
