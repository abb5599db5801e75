// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "app/error_sentence.h"
#include "app/photo_restorer.h"

#include <ostream>

namespace limpid::app {

namespace {

double secondsOf(std::chrono::milliseconds time)
{
    return static_cast<double>(time.count() / 10) / 100.0;
}

Result<Restored> restored(const RestoreCommand& command, const CliWorld& world)
{
    PhotoRestorer restorer(command, world);
    JobProgress progress(world);
    return restorer.restore({command.input, command.output, command.overwrite}, progress);
}

} // namespace

ExitCode restore(const RestoreCommand& command, const CliWorld& world)
{
    try {
        const auto done = restored(command, world);
        if (!done)
            return complain(done.error(), world);
        world.out << plainText(command.output) << ": restored on " << done->device << " in "
                  << secondsOf(done->elapsed) << " s, " << secondsOf(done->perStep)
                  << " s a step\n";
        return ExitCode::Complete;
    } catch (const Cancelled&) {
        world.err << "limpid-cli: stopped; nothing was written" << std::endl;
        return ExitCode::Interrupted;
    }
}

} // namespace limpid::app
