// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "app/error_sentence.h"
#include "app/progress_line.h"

#include <ostream>

namespace limpid::app {

ExitCode makeRandom(const RandomCommand& command, const CliWorld& world)
{
    constexpr std::uint64_t whole = 100;
    const CancelSource source;
    ProgressLine line(world);
    const auto show = [&](std::uint64_t done, std::uint64_t total) {
        line.write("writing " + std::to_string(done * whole / (total == 0 ? 1 : total)) + " %");
        if (world.interrupted)
            source.requestCancel();
    };
    try {
        const auto made = world.makeRandomCheckpoint({.path = command.output,
                                                      .config = command.config,
                                                      .seed = command.seed,
                                                      .dtype = command.dtype,
                                                      .token = source.token(),
                                                      .progress = show});
        if (!made)
            return complain(made.error(), world);
    } catch (const Cancelled&) {
        world.err << "limpid-cli: stopped; nothing was written" << std::endl;
        return ExitCode::Interrupted;
    }
    world.out << plainText(command.output) << ": random weights, of no use but for trying\n";
    return ExitCode::Complete;
}

} // namespace limpid::app
