// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace CLI {
class App;
}

namespace limpid::app {

/// Each adds subcommands of limpid-train that run while the command line is parsed and leave the
/// program's exit code behind.

/// msg, export: MSG.
void addMsgCommands(CLI::App& app, int& exitCode);

/// autoencoder, deblurdiff, export-deblurdiff: DeblurDiff in its compact form.
void addDeblurDiffCommands(CLI::App& app, int& exitCode);

/// plot: the curves of a run.
void addPlotCommand(CLI::App& app, int& exitCode);

/// All commands below, which decode or draw photographs or run the program's methods; none in
/// limpid-train-bare.
void addCommandsWithPhotos(CLI::App& app, int& exitCode);

/// gate, take-gate: when the change of a finished model does harm.
void addGateCommands(CLI::App& app, int& exitCode);

/// evaluate: the gain of a weight file by class of blur.
void addEvaluateCommand(CLI::App& app, int& exitCode);

/// cache, shake: photographs to learn from and to try.
void addPhotoCommands(CLI::App& app, int& exitCode);

/// sheet: what training does to pictures, to look at.
void addSheetCommand(CLI::App& app, int& exitCode);

} // namespace limpid::app
