// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <string>

namespace limpid::app {

/// A path for a terminal: bytes that could steer it are written as \xNN.
std::string plainText(const std::filesystem::path& path);

/// File, reason and remedy in English, for standard error: "photo.jpg: the file is damaged or
/// incomplete (no EOI marker). Copy it again from its source."
std::string sentence(const Error& error);

/// The same for a file of weights that the user names.
std::string weightsSentence(const Error& error);

} // namespace limpid::app
