// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include <spdlog/details/log_msg.h>
#include <spdlog/sinks/base_sink.h>

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace limpid {

namespace {

std::string_view name(LogCategory category)
{
    switch (category) {
    case LogCategory::Base: return "base";
    case LogCategory::Image: return "image";
    case LogCategory::Checkpoint: return "checkpoint";
    case LogCategory::Engine: return "engine";
    case LogCategory::Inference: return "inference";
    case LogCategory::Training: return "training";
    case LogCategory::Interface: return "interface";
    }
    return "base";
}

constexpr std::array<spdlog::level::level_enum, 4> spdlogLevels{
    spdlog::level::debug, spdlog::level::info, spdlog::level::warn, spdlog::level::err};

spdlog::level::level_enum toSpdlog(LogLevel level)
{
    return spdlogLevels.at(static_cast<std::size_t>(level));
}

LogLevel fromSpdlog(spdlog::level::level_enum level)
{
    std::size_t index = 0;
    while (index + 1 < spdlogLevels.size() && spdlogLevels.at(index) < level)
        ++index;
    return static_cast<LogLevel>(index);
}

/// Hands lines to the function set last; base_sink holds its mutex meanwhile.
class FunctionSink final : public spdlog::sinks::base_sink<std::mutex> {
public:
    void replace(LogSink next)
    {
        const std::lock_guard lock(mutex_);
        sink_ = std::move(next);
    }

protected:
    void sink_it_(const spdlog::details::log_msg& line) override
    {
        if (sink_)
            sink_(fromSpdlog(line.level), {line.logger_name.data(), line.logger_name.size()},
                  {line.payload.data(), line.payload.size()});
    }
    void flush_() override {}

private:
    LogSink sink_;
};

/// The one thing of the process that everybody may write to.
FunctionSink& sharedSink()
{
    static FunctionSink shared;
    return shared;
}

} // namespace

void setLogSink(LogSink sink, LogLevel least)
{
    sharedSink().set_level(toSpdlog(least));
    sharedSink().replace(std::move(sink));
}

void writeLog(LogLevel level, LogCategory category, std::string_view text) noexcept
try {
    const std::string_view source = name(category);
    const spdlog::details::log_msg line({source.data(), source.size()}, toSpdlog(level),
                                        {text.data(), text.size()});
    if (sharedSink().should_log(line.level))
        sharedSink().log(line);
} catch (...) { // A log that fails must not take the work with it.
}

} // namespace limpid
