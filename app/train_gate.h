// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace limpid::app {

/// Adds the command that trains a gate for a model; it ends the parsing with its exit code.
void addGate(CLI::App& program);

} // namespace limpid::app
