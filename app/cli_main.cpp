// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "app/passive_threads.h"
#include "core/inference/make_runner.h"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <iostream>

namespace {

std::atomic<bool> interrupted{false}; // a signal handler can reach nothing else
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void onInterrupt(int signal)
{
    interrupted = true;
    std::signal(signal, SIG_DFL); // the second time it ends the program at once
}

} // namespace

int main(int argc, char** argv)
{
    using namespace limpid;
    app::sleepBetweenWork(argv);
    std::signal(SIGINT, onInterrupt);
    std::signal(SIGTERM, onInterrupt);
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
        .interrupted = interrupted};
    return static_cast<int>(app::runCli({argv + 1, argv + argc}, world));
}
