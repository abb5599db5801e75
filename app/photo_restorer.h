// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli.h"
#include "app/event_queue.h"
#include "app/job_progress.h"
#include "core/engine/engine.h"
#include "core/image/photo_writer.h"

#include <chrono>
#include <filesystem>
#include <optional>

namespace limpid::app {

struct PhotoFiles {
    std::filesystem::path input;
    std::filesystem::path output; ///< Its extension says the format; its folder is there.
    bool overwrite = false;       ///< May replace a file that is there.
};

/// How a photograph was restored.
struct Restored {
    std::string device;
    std::chrono::milliseconds elapsed{0};
    std::chrono::milliseconds perStep{0}; ///< Of sampling; 0 when no step was done.
};

/// Restores photographs one after another with the same options and one runner, so that weights
/// are loaded once. `options` and `world` must outlive it. One thread.
class PhotoRestorer {
public:
    PhotoRestorer(const RestoreOptions& options, const CliWorld& world);

    /// InvalidRequest when method, steps or parameters would be refused for every photograph.
    [[nodiscard]] Result<void> checkOptions() const;

    /// As asked for, else what the model prefers.
    int steps() const;

    /// Reads, restores and writes one photograph, or writes nothing. Errors name a file where one
    /// is to blame. Throws Cancelled when the user interrupts it.
    [[nodiscard]] Result<Restored> restore(const PhotoFiles& files, JobProgress& progress);

private:
    struct JobEnd {
        engine::Event event; ///< Finished or Failed.
        std::chrono::milliseconds perStep{0};
    };

    engine::MethodSpec method() const;
    Result<std::map<std::string, double>> parameters() const;
    Result<engine::RestorationRequest> requestFor(const image::Photo& photo,
                                                  const region::Region& region) const;
    image::Provenance provenanceOf(const engine::RestorationRequest& request) const;
    image::ExportOptions exportOptions(const image::Photo& photo, const PhotoFiles& files,
                                       const engine::RestorationRequest& request) const;
    Result<Restored> work(const PhotoFiles& files, JobProgress& progress);
    JobEnd runJob(engine::RestorationRequest request, JobProgress& progress);
    JobEnd endOf(engine::JobId job, JobProgress& progress);

    const RestoreOptions& options_;
    const CliWorld& world_;
    ModelFolders folders_;
    EventQueue queue_;                     ///< Outlives the engine.
    std::optional<engine::Engine> engine_; ///< From the first job on.
};

} // namespace limpid::app
