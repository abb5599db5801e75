// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string_view>

namespace limpid {

enum class LogLevel { Debug, Info, Warning, Error };

/// Which part of the program speaks.
enum class LogCategory { Base, Image, Checkpoint, Engine, Inference, Training, Interface };

/// Receives finished lines, one at a time, on the thread that wrote them.
using LogSink =
    std::function<void(LogLevel level, std::string_view category, std::string_view text)>;

/// Where lines from `least` upwards go, for the whole process; null: nowhere, as at the start.
/// Only app and tests call it. Any thread; after it returns the old sink is not called again.
void setLogSink(LogSink sink, LogLevel least);

/// One line of English for whoever reads a bug report. What matters to the user is an event or an
/// Error instead. Any thread; never throws.
void writeLog(LogLevel level, LogCategory category, std::string_view text) noexcept;

} // namespace limpid
