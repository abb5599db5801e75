// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli_options.h"
#include "core/engine/job_runner.h"
#include "core/engine/method_spec.h"
#include "core/inference/random_checkpoint.h"

#include <atomic>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace limpid::app {

/// Where the weights of a run come from.
struct ModelFolders {
    std::filesystem::path own;  ///< The program's.
    std::filesystem::path user; ///< What the user imported; may be missing or empty.
};

/// What the command line needs from the world; tests put a fake in its place.
struct CliWorld {
    std::function<engine::RunnerFactory(const ModelFolders& folders)> runner;
    std::function<std::vector<engine::DeviceInfo>()> devices;
    std::vector<engine::MethodSpec> methods;
    std::function<Result<void>(const inference::RandomCheckpoint&)> makeRandomCheckpoint{};
    std::ostream& out;
    std::ostream& err;
    bool showsProgress = false;           ///< err is a terminal.
    const std::atomic<bool>& interrupted; ///< Set when the user wants to stop.
};

/// Exit codes: complete, failed, wrong arguments, stopped by the user (128 + SIGINT).
enum class ExitCode { Complete = 0, Failed = 1, WrongArguments = 2, Interrupted = 130 };

/// Runs one command to its end. Messages go to err; no file is left half-written.
ExitCode runCli(std::vector<std::string> arguments, const CliWorld& world);

/// The commands behind runCli.
ExitCode restore(const RestoreCommand& command, const CliWorld& world);
ExitCode batch(const BatchCommand& command, const CliWorld& world);
ExitCode open(const OpenCommand& command, const CliWorld& world);
ExitCode import(const ImportCommand& command, const CliWorld& world);
ExitCode listModels(const ListModels& command, const CliWorld& world);
ExitCode makeRandom(const RandomCommand& command, const CliWorld& world);

/// Prints the message of an error and answers Failed.
ExitCode complain(const Error& error, const CliWorld& world);

} // namespace limpid::app
