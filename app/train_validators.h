// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace limpid::app {

/// cpu, cuda, cuda:0, cuda:1 …
CLI::Validator deviceName();

/// Anything but a folder, whose photographs nobody has decoded yet.
CLI::Validator noFolder();

} // namespace limpid::app
