// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace limpid::evaluation {

/// A program of another project, run in a folder of its own.
struct ExternalCommand {
    std::vector<std::string> words; ///< The first is the program, looked up in PATH.
    std::filesystem::path folder;   ///< Where it runs; its output goes to log.txt there.
    std::chrono::seconds limit{120};
};

/// Whether PATH has it.
bool isInstalled(const std::string& program);

/// Waits until it ends. Internal, with its last words, when it cannot be started, ends with an
/// error, or is stopped because its time is over.
[[nodiscard]] Result<void> runExternal(const ExternalCommand& command);

/// An empty folder below the system's temporary one, removed with all that is in it in the end.
class TemporaryFolder {
public:
    /// FileUnwritable.
    [[nodiscard]] static Result<TemporaryFolder> create();

    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    const std::filesystem::path& path() const { return path_; }

private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
};

} // namespace limpid::evaluation
