// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace limpid {

/// Why an operation failed. The words a user reads, and what to do, belong to the interface.
enum class ErrorCode {
    FileNotFound,
    NotARegularFile,
    FileUnreadable,
    FileUnwritable,
    UnsupportedFormat,
    DamagedFile,
    PictureTooLarge,
    WouldOverwriteSource,
    FileExists, ///< And nobody asked for it to be replaced.
    DiskFull,
    RegionOutside,
    ModelMissing,
    ModelDamaged,
    ModelMismatch,
    OutOfMemory,
    DeviceUnavailable,
    InvalidRequest,
    Internal,
};

/// Stable English name of a code, e.g. "DamagedFile": for logs, the command line and tests.
std::string_view name(ErrorCode code) noexcept;

/// A failure as a value. `detail` is English, for the log and a bug report; `path` may be empty.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;
    std::filesystem::path path;

    friend bool operator==(const Error&, const Error&) = default;
};

} // namespace limpid
