// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <torch/types.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace limpid::evaluation {

/// A photograph that is decoded when it is asked for. → [3, H, W], U8.
struct NamedPhoto {
    std::string name;
    std::function<Result<torch::Tensor>()> load;
    std::filesystem::path source{}; ///< For messages: its file, or in a cache its name.
};

/// Receives what is left out, a folder or a photograph, and why.
using LeaveOut = std::function<void(const Error&)>;

/// The photographs of a folder (all below it) or of a cache that the list names, as far as they are
/// there, by name. Those of a folder are named as limpid-train names them in a cache: as their
/// file, or where that name is not unique by their path below the folder. leaveOut hears of each
/// folder that cannot be searched. InvalidRequest when there are none; with the list's path, when
/// it has a name that several of them share. FileNotFound; DamagedFile when a file is no cache.
[[nodiscard]] Result<std::vector<NamedPhoto>> photosOf(
    const std::filesystem::path& folderOrCache, const std::filesystem::path& list,
    const LeaveOut& leaveOut = [](const Error&) {});

/// The photographs of a folder or of a cache that the list does not name, by name; as photosOf.
/// InvalidRequest, with the list's path, also when it names none of them, for then it is the list
/// of others; and when it names all.
[[nodiscard]] Result<std::vector<NamedPhoto>> photosExcept(
    const std::filesystem::path& folderOrCache, const std::filesystem::path& list,
    const LeaveOut& leaveOut = [](const Error&) {});

/// Which of `size` photographs to take when at most `count` are wanted: evenly spread, in order; 0:
/// all.
std::vector<std::size_t> thinned(std::size_t size, std::size_t count);

/// Files of a folder that look like photographs by their extension, by name. FileNotFound when
/// there are none.
[[nodiscard]] Result<std::vector<std::filesystem::path>>
photoFilesIn(const std::filesystem::path& folder);

/// Decodes a photograph. `side`: only the middle, at most this many pixels each way; 0: all of it.
/// → [1, 3, H, W], 0…1.
[[nodiscard]] Result<torch::Tensor> pictureOf(const std::filesystem::path& file, std::int64_t side);

} // namespace limpid::evaluation
