// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/passive_threads.h"
#include "app/train_commands.h"
#include "app/train_options.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <string>

namespace {

/// A key or a section of the file of --config that no command has.
int complainOfConfig(const CLI::App& app, const CLI::ConfigError& error)
{
    const std::string before = "INI was not able to parse "; // CLI11's words for an unknown one
    const std::string section = ".++";                       // and its name for a section's begin
    const auto files = app.get_config_ptr()->results();
    std::string what = error.what();
    if (what.starts_with(before)) {
        what.erase(0, before.size());
        const bool isSection = what.ends_with(section);
        if (isSection)
            what.resize(what.size() - section.size());
        what = (isSection ? "unknown section '" : "unknown key '") + what + "'";
    }
    std::cerr << "limpid-train: " << (files.empty() ? "" : files.back() + ": ") << what
              << "\nRun with --help for the commands, and with COMMAND --help for their options.\n";
    return error.get_exit_code();
}

/// → exit code.
int parse(CLI::App& app, int argc, char** argv)
{
    try {
        app.parse(argc, argv);
        return 0;
    } catch (const CLI::ConfigError& error) {
        return complainOfConfig(app, error);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    } catch (const std::exception& error) {
        return limpid::app::complain(error);
    }
}

} // namespace

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
    const int parsed = parse(app, argc, argv);
    return parsed != 0 ? parsed : exitCode;
}
