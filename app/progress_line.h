// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli.h"

#include <ostream>

namespace limpid::app {

/// One line on a terminal that is written again and again; nothing when err is no terminal.
class ProgressLine {
public:
    explicit ProgressLine(const CliWorld& world) : world_(world) {}
    ~ProgressLine() { end(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// What is written next to the terminal begins a line.
    void end()
    {
        if (written_)
            world_.err << std::endl;
        written_ = false;
    }

    void write(const std::string& text)
    {
        constexpr const char* clearLine = "\r\033[K";
        if (!world_.showsProgress)
            return;
        world_.err << clearLine << text << std::flush;
        written_ = true;
    }

private:
    const CliWorld& world_;
    bool written_ = false;
};

} // namespace limpid::app
