// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_options.h"
#include "core/training/run_plot.h"

#include <iostream>
#include <memory>

namespace limpid::app {

namespace {

int plot(const std::filesystem::path& run)
{
    const auto target = training::writeRunPlot(run);
    if (target)
        std::cout << target->string() << "\n";
    return exitCodeOf(target);
}

} // namespace

void addPlotCommand(CLI::App& app, int& exitCode)
{
    const auto run = std::make_shared<std::filesystem::path>();
    auto* const command = app.add_subcommand("plot", "Draw the curves of a run into RUN/plot.svg");
    command->add_option("run", *run, "Folder of the run")->required();
    command->callback([run, &exitCode] { exitCode = plot(*run); });
}

} // namespace limpid::app
