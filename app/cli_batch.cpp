// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/batch_progress.h"
#include "app/cli.h"
#include "app/error_sentence.h"
#include "app/photo_restorer.h"
#include "core/base/cancellation.h"
#include "core/engine/photo_search.h"

#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <future>
#include <ostream>

namespace limpid::app {

namespace {

namespace fs = std::filesystem;

engine::BatchSettings settingsOf(const BatchCommand& command, int steps)
{
    return {.to = command.to,
            .name = command.name,
            .format = command.format,
            .existing = command.existing,
            .method = command.method,
            .steps = steps,
            .seed = command.seed};
}

ExitCode foundNothing(const BatchCommand& command, const CliWorld& world)
{
    world.err << "limpid-cli: no photograph was found in " << plainText(command.inputs.front())
              << (command.inputs.size() > 1 ? " and the others" : "") << ". Check the name"
              << (command.isRecursive ? "" : "; sub-folders are searched with --recursive")
              << ". Hidden files and the folder of the results are left out." << std::endl;
    return ExitCode::Failed;
}

/// Searching many folders takes a while. Throws Cancelled when the user interrupts it.
engine::SearchResult photosOf(const BatchCommand& command, const CliWorld& world)
{
    constexpr std::chrono::milliseconds pollInterval{50};
    const CancelSource source;
    auto search = std::async(std::launch::async, [&command, token = source.token()] {
        return engine::findPhotos(
            command.inputs,
            {.isRecursive = command.isRecursive, .results = command.to, .cancel = token});
    });
    do {
        if (world.interrupted)
            source.requestCancel();
    } while (search.wait_for(pollInterval) == std::future_status::timeout);
    return search.get();
}

/// Nothing can be written when this fails, so nothing is begun.
Result<void> makeFolder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (fs::exists(folder, error) && !fs::is_directory(folder, error))
        return fail(ErrorCode::FileUnwritable, "this is a file, not a folder", folder);
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return fail(ErrorCode::FileUnwritable, "the folder cannot be made or is protected", folder);
    return {};
}

/// Whether every other photograph would fail for the same reason.
bool concernsAll(ErrorCode code)
{
    switch (code) {
    case ErrorCode::ModelMissing:
    case ErrorCode::ModelDamaged:
    case ErrorCode::ModelMismatch:
    case ErrorCode::DeviceUnavailable:
    case ErrorCode::DiskFull: return true;
    default: return false;
    }
}

ExitCode list(const engine::BatchPlan& plan, const std::vector<Error>& problems,
              const CliWorld& world)
{
    int there = 0;
    for (const auto& item : plan.items) {
        world.out << plainText(item.input) << " -> " << plainText(item.output)
                  << (item.isThere ? " (is there, skipped)" : "") << "\n";
        there += item.isThere ? 1 : 0;
    }
    for (const auto& photo : plan.earlierResults)
        world.out << plainText(photo)
                  << " is left out: by name the result of another photograph here\n";
    world.out << static_cast<int>(plan.items.size()) - there << " to restore, " << there
              << " skipped; nothing was done\n";
    for (const auto& problem : problems)
        complain(problem, world);
    return problems.empty() ? ExitCode::Complete : ExitCode::Failed;
}

/// The photographs of a plan that are to be restored.
std::vector<fs::path> waiting(const engine::BatchPlan& plan)
{
    std::vector<fs::path> photos;
    for (const auto& item : plan.items) {
        if (!item.isThere)
            photos.push_back(item.input);
    }
    return photos;
}

/// Restores what a plan says, photograph by photograph.
class BatchRun {
public:
    BatchRun(const BatchCommand& command, const CliWorld& world, const engine::BatchPlan& plan)
        : command_(command), world_(world), plan_(plan),
          progress_(world, waiting(plan), command.region)
    {}

    /// Counts as failed, too.
    void tell(const Error& error)
    {
        progress_.note(sentence(error));
        ++failed_;
    }

    void run(PhotoRestorer& restorer)
    {
        if (const auto& left = plan_.earlierResults; !left.empty())
            progress_.note(plainText(left.front()) +
                           (left.size() > 1 ? " and others are left out: " : " is left out: ") +
                           "by name the result of another photograph here");
        try {
            for (const auto& item : plan_.items) {
                if (!goesOn_)
                    return;
                process(item, restorer);
            }
        } catch (const Cancelled&) {
            wasStopped_ = true;
        }
    }

    ExitCode end()
    {
        progress_.end();
        std::array<char, 32> seconds{};
        std::snprintf(
            seconds.data(), seconds.size(), "%.1f s",
            std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count());
        world_.out << restored_ << " restored, " << skipped_ << " skipped, " << failed_
                   << " failed, " << seconds.data() << "\n";
        if (wasStopped_) {
            world_.err << "limpid-cli: stopped; what was restored is complete" << std::endl;
            return ExitCode::Interrupted;
        }
        return failed_ > 0 ? ExitCode::Failed : ExitCode::Complete;
    }

private:
    void process(const engine::BatchItem& item, PhotoRestorer& restorer)
    {
        if (item.isThere) {
            ++skipped_;
            return;
        }
        if (world_.interrupted)
            throw Cancelled{};
        progress_.startPhoto();
        const auto done = restore(item, restorer);
        progress_.endPhoto(done.has_value());
        if (done)
            ++restored_;
        else if (done.error().code == ErrorCode::FileExists && skips())
            ++skipped_; // it has come since the plan was made
        else
            tellFailure(item, done.error());
    }

    Result<Restored> restore(const engine::BatchItem& item, PhotoRestorer& restorer)
    {
        if (const auto made = makeFolder(item.output.parent_path()); !made)
            return tl::unexpected(made.error());
        const bool overwrites = command_.existing == engine::ExistingFile::Overwrite;
        return restorer.restore({item.input, item.output, overwrites}, progress_);
    }

    void tellFailure(const engine::BatchItem& item, Error error)
    {
        const bool isLast = &item == &plan_.items.back();
        if (error.path.empty())
            error.path = item.input;
        if (error.code == ErrorCode::FileExists)
            tellTaken(item);
        else
            tell(error);
        if (!concernsAll(error.code) || isLast)
            return;
        progress_.note("stopped, because the other photographs would fail for the same reason");
        goesOn_ = false;
    }

    /// Only when results get new names: by then the planned one belonged to another file.
    void tellTaken(const engine::BatchItem& item)
    {
        progress_.note(plainText(item.output) +
                       ": a file of this name has come in the meantime. Restore " +
                       plainText(item.input) + " again, and its result gets the next free name.");
        ++failed_;
    }

    bool skips() const { return command_.existing == engine::ExistingFile::Skip; }

    const BatchCommand& command_;
    const CliWorld& world_;
    const engine::BatchPlan& plan_;
    BatchProgress progress_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    int restored_ = 0;
    int skipped_ = 0;
    int failed_ = 0;
    bool goesOn_ = true;
    bool wasStopped_ = false;
};

ExitCode restoreAll(const BatchCommand& command, const engine::SearchResult& found,
                    const CliWorld& world)
{
    if (found.photos.empty() && found.problems.empty())
        return foundNothing(command, world);
    PhotoRestorer restorer(command, world);
    if (const auto valid = restorer.checkOptions(); !valid)
        return complain(valid.error(), world);
    const auto plan = engine::planBatch(found.photos, settingsOf(command, restorer.steps()));
    if (!plan)
        return complain(plan.error(), world);
    if (command.isDryRun)
        return list(*plan, found.problems, world);
    if (const auto made = waiting(*plan).empty() ? Result<void>() : makeFolder(command.to); !made)
        return complain(made.error(), world);
    BatchRun run(command, world, *plan);
    for (const auto& problem : found.problems)
        run.tell(problem);
    run.run(restorer);
    return run.end();
}

} // namespace

ExitCode batch(const BatchCommand& command, const CliWorld& world)
{
    try {
        return restoreAll(command, photosOf(command, world), world);
    } catch (const Cancelled&) {
        world.err << "limpid-cli: stopped; nothing was written" << std::endl;
        return ExitCode::Interrupted;
    }
}

} // namespace limpid::app
