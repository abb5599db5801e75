// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace limpid;

class TestLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setLogSink(nullptr, LogLevel::Warning); }
    void linesReachTheSinkWithLevelAndCategory();
    void linesBelowTheLevelAreDropped();
    void withoutASinkNothingHappens();
    void linesOfManyThreadsStayWhole();
};

namespace {

struct Line {
    LogLevel level;
    std::string category;
    std::string text;
};

} // namespace

void TestLog::linesReachTheSinkWithLevelAndCategory()
{
    std::vector<Line> lines;
    setLogSink(
        [&](LogLevel level, std::string_view category, std::string_view text) {
            lines.push_back({level, std::string(category), std::string(text)});
        },
        LogLevel::Debug);

    writeLog(LogLevel::Error, LogCategory::Engine, "job 3 failed: {no braces are read}");

    QCOMPARE(lines.size(), std::size_t{1});
    QCOMPARE(lines[0].level, LogLevel::Error);
    QCOMPARE(lines[0].category, std::string("engine"));
    QCOMPARE(lines[0].text, std::string("job 3 failed: {no braces are read}"));
}

void TestLog::linesBelowTheLevelAreDropped()
{
    int lines = 0;
    setLogSink([&](LogLevel, std::string_view, std::string_view) { ++lines; }, LogLevel::Warning);

    writeLog(LogLevel::Info, LogCategory::Image, "opened");
    writeLog(LogLevel::Warning, LogCategory::Image, "odd profile");

    QCOMPARE(lines, 1);
}

void TestLog::withoutASinkNothingHappens()
{
    writeLog(LogLevel::Error, LogCategory::Base, "nobody listens");
}

void TestLog::linesOfManyThreadsStayWhole()
{
    int lines = 0; // The sink is called by one thread at a time.
    setLogSink([&](LogLevel, std::string_view, std::string_view) { ++lines; }, LogLevel::Info);
    std::vector<std::thread> threads;

    for (int i = 0; i < 4; ++i)
        threads.emplace_back([] {
            for (int line = 0; line < 50; ++line)
                writeLog(LogLevel::Info, LogCategory::Inference, "step");
        });
    for (std::thread& thread : threads)
        thread.join();

    QCOMPARE(lines, 200);
}

QTEST_APPLESS_MAIN(TestLog)
#include "tst_log.moc"
