// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/passive_threads.h"
#include "app/train_commands.h"

#include <CLI/CLI.hpp>

int main(int argc, char** argv)
{
    limpid::app::sleepBetweenWork(argv);
    CLI::App app("Trains and judges the networks of Limpid", "limpid-train");
    app.require_subcommand(1);
    app.fallthrough(); // --config may stand behind the subcommand, too
    app.set_config("--config", "",
                   "Options from a file, by subcommand; the command line has priority")
        ->check(CLI::ExistingFile);
    app.allow_config_extras(CLI::config_extras_mode::error);
    int exitCode = 0;
    limpid::app::addMsgCommands(app, exitCode);
    limpid::app::addDeblurDiffCommands(app, exitCode);
    limpid::app::addPlotCommand(app, exitCode);
    limpid::app::addCommandsWithPhotos(app, exitCode);
    CLI11_PARSE(app, argc, argv);
    return exitCode;
}
