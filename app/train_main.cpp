// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_gate.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv)
{
    CLI::App app("Trains and judges the networks of Limpid", "limpid-train");
    app.require_subcommand(1);
    int exitCode = 0;
    limpid::app::addMsgCommands(app, exitCode);
    limpid::app::addDeblurDiffCommands(app, exitCode);
    limpid::app::addGate(app);
    limpid::app::addEvaluateCommand(app, exitCode);
    limpid::app::addPhotoCommands(app, exitCode);
    CLI11_PARSE(app, argc, argv);
    return exitCode;
}
