// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "app/interruption.h"
#include "app/passive_threads.h"
#include "core/base/log.h"
#include "core/inference/make_runner.h"

#include <unistd.h>

#include <iostream>

int main(int argc, char** argv)
{
    using namespace limpid;
    app::sleepBetweenWork(argv);
    setLogSink([](LogLevel, std::string_view,
                  std::string_view text) { std::cerr << "limpid-cli: " << text << std::endl; },
               LogLevel::Warning);
    const app::CliWorld world{
        .runner = [](const app::ModelFolders& folders) -> engine::RunnerFactory {
            return [folders] {
                return inference::makeTorchRunner(
                    {.modelsFolder = folders.own, .userModels = folders.user});
            };
        },
        .devices = inference::listDevices,
        .methods = inference::methodSpecs(),
        .makeRandomCheckpoint = inference::makeRandomCheckpoint,
        .out = std::cout,
        .err = std::cerr,
        .showsProgress = ::isatty(STDERR_FILENO) == 1,
        .interrupted = app::watchForInterruption()};
    return static_cast<int>(app::runCli({argv + 1, argv + argc}, world));
}
