// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/progress_line.h"
#include "core/base/geometry.h"
#include "core/engine/event.h"

#include <string>

namespace limpid::app {

/// Tells the user how a job goes; on a terminal one line that is written again and again.
class JobProgress {
public:
    explicit JobProgress(const CliWorld& world) : world_(world), line_(world) {}
    virtual ~JobProgress() = default;
    JobProgress(const JobProgress&) = delete;
    JobProgress& operator=(const JobProgress&) = delete;

    /// What is to be restored has this size.
    virtual void begin(Size /*size*/) {}

    virtual void show(const engine::Event& event);

    /// Called some times a second while the network has nothing to tell; must soon return.
    virtual void wait() {}

    /// What is written next to the terminal begins a line.
    void end() { line_.end(); }

    /// A message of its own on standard error, whatever the line shows.
    void note(const std::string& text);

protected:
    /// The line's text around what the job does now and how long it takes; that may be empty.
    virtual std::string lineFor(const std::string& doing, const std::string& timeLeft) const
    {
        return doing + timeLeft;
    }

private:
    void write(const std::string& doing, const std::string& timeLeft = {});

    const CliWorld& world_;
    ProgressLine line_;
    std::string stage_;
};

/// "about 40 s left"; minutes and hours for longer times.
std::string timeLeftText(std::chrono::duration<double> left);

} // namespace limpid::app
