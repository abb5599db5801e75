// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace limpid {

/// A value, or the reason why there is none. Never throws by itself.
template<class T>
using Result = tl::expected<T, Error>;

/// `return fail(ErrorCode::DamagedFile, "no SOI marker", path);`
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string detail,
                                                std::filesystem::path path = {})
{
    return tl::unexpected<Error>(Error{code, std::move(detail), std::move(path)});
}

/// Thrown inside a folder and caught at that folder's edge, where it becomes a Result.
class Failure : public std::exception {
public:
    explicit Failure(Error error) : error_(std::move(error)) {}
    const Error& error() const noexcept { return error_; }
    const char* what() const noexcept override { return error_.detail.c_str(); }

private:
    Error error_;
};

} // namespace limpid
