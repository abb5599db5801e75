// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/number_validators.h"
#include "app/train_commands.h"
#include "app/train_options.h"
#include "app/train_validators.h"
#include "core/training/degradation_sheet.h"

#include <memory>

namespace limpid::app {

namespace {

struct SheetCommand {
    training::DegradationSheetOptions options;
    std::filesystem::path target;
};

} // namespace

void addSheetCommand(CLI::App& app, int& exitCode)
{
    const auto sheet = std::make_shared<SheetCommand>();
    auto* const command = app.add_subcommand("sheet", "Show what training does to pictures");
    command->add_option("--photos", sheet->options.photos, "Cache of photographs")
        ->required()
        ->check(noFolder());
    command->add_option("--out", sheet->target, "Picture: .png, .jpg")->required();
    command->add_option("--side", sheet->options.side, "Pixels of a crop, a multiple of 16")
        ->check(multipleOf16())
        ->capture_default_str();
    command->add_option("--seed", sheet->options.seed)
        ->check(wholeNumber(0))
        ->capture_default_str();
    addFromCamera(*command, sheet->options.ranges);
    command->callback([sheet, &exitCode] {
        exitCode = exitCodeOf(training::writeDegradationSheet(sheet->options, sheet->target));
    });
}

} // namespace limpid::app
