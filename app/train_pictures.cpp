// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train_commands.h"
#include "app/train_options.h"
#include "core/training/degradation_sheet.h"
#include "core/training/run_plot.h"

#include <iostream>
#include <memory>

namespace limpid::app {

namespace {

struct SheetCommand {
    training::DegradationSheetOptions options;
    std::filesystem::path target;
};

int plot(const std::filesystem::path& run)
{
    const auto target = training::writeRunPlot(run);
    if (target)
        std::cout << target->string() << "\n";
    return exitCodeOf(target);
}

void addSheet(CLI::App& app, int& exitCode)
{
    const auto sheet = std::make_shared<SheetCommand>();
    auto* const command = app.add_subcommand("sheet", "Show what training does to pictures");
    command->add_option("--photos", sheet->options.photos, "Cache of photographs")->required();
    command->add_option("--out", sheet->target, "Picture: .png, .jpg")->required();
    command->add_option("--side", sheet->options.side, "Pixels of a crop, a multiple of 16")
        ->capture_default_str();
    command->add_option("--seed", sheet->options.seed)->capture_default_str();
    command->callback([sheet, &exitCode] {
        exitCode = exitCodeOf(training::writeDegradationSheet(sheet->options, sheet->target));
    });
}

void addPlot(CLI::App& app, int& exitCode)
{
    const auto run = std::make_shared<std::filesystem::path>();
    auto* const command = app.add_subcommand("plot", "Draw the curves of a run into RUN/plot.svg");
    command->add_option("run", *run, "Folder of the run")->required();
    command->callback([run, &exitCode] { exitCode = plot(*run); });
}

} // namespace

void addPictureCommands(CLI::App& app, int& exitCode)
{
    addSheet(app, exitCode);
    addPlot(app, exitCode);
}

} // namespace limpid::app
