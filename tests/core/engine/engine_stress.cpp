// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's threads without Qt, for ThreadSanitizer. Exit code 0: every promise was kept.
#include "core/engine/engine.h"
#include "tests/support/fake_runner.h"
#include "tests/support/recording_sink.h"

#include <cstdio>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace limpid;
using namespace limpid::engine;
using limpid::tests::FakeControl;
using limpid::tests::RecordingSink;

namespace {

int failures = 0; // Main thread only.

void expect(bool kept, const std::string& promise)
{
    if (kept)
        return;
    ++failures;
    std::fprintf(stderr, "broken: %s\n", promise.c_str());
}

RestorationRequest requestOf(int steps)
{
    RestorationRequest request;
    request.image = limpid::tests::randomImage({8, 6});
    request.steps = steps;
    return request;
}

void cancelAtEveryStep()
{
    constexpr int steps = 8;
    for (int stop = 0; stop < steps; ++stop) {
        RecordingSink sink;
        FakeControl control;
        Engine engine(control.factory(), sink, {.previewInterval = {}});
        const JobId job = engine.submit(requestOf(steps));
        control.allowSteps(stop);
        if (stop > 0)
            sink.waitForStep(job, stop);
        engine.cancel(job);
        const Event ending = sink.waitForEnding(job);
        expect(std::holds_alternative<JobCancelled>(ending),
               "cancel after step " + std::to_string(stop) + " ends in JobCancelled");
    }
}

/// What an impatient user does to one engine: random submits, cancels, pauses and looks.
std::vector<JobId> useAtRandom(Engine& engine, unsigned seed, int actions)
{
    std::mt19937 generator(seed);
    std::vector<JobId> jobs;
    for (int i = 0; i < actions; ++i) {
        const auto choice = generator() % 8;
        if (choice < 2 || jobs.empty())
            jobs.push_back(engine.submit(requestOf(1 + static_cast<int>(generator() % 6))));
        const JobId job = jobs[generator() % jobs.size()];
        if (choice == 2 || choice == 3)
            engine.cancel(job);
        else if (choice == 4)
            engine.pause(job);
        else if (choice == 5)
            engine.requestStep(job, 1);
        else if (choice == 6)
            engine.takePreview(FrameKind::Predicted);
        engine.resume(job);
    }
    return jobs;
}

void manyUsers()
{
    constexpr unsigned users = 4;
    RecordingSink sink;
    FakeControl control({.byHand = false});
    std::vector<std::vector<JobId>> jobs(users);
    {
        Engine engine(control.factory(), sink, {.previewInterval = {}});
        std::vector<std::thread> threads;
        for (unsigned user = 0; user < users; ++user)
            threads.emplace_back([&, user] { jobs[user] = useAtRandom(engine, user, 150); });
        for (std::thread& thread : threads)
            thread.join();
    } // Destroyed with jobs running and waiting.
    std::map<JobId, std::string>
        story; // Of each job: Q, then F or C. Failed answers a requestStep.
    for (const Event& event : sink.events()) {
        if (std::holds_alternative<Queued>(event))
            story[jobOf(event)] += 'Q';
        else if (std::holds_alternative<Finished>(event))
            story[jobOf(event)] += 'F';
        else if (std::holds_alternative<JobCancelled>(event))
            story[jobOf(event)] += 'C';
    }
    for (const auto& own : jobs) {
        for (const JobId job : own)
            expect(story[job] == "QF" || story[job] == "QC", "a job is queued and ends once");
    }
}

} // namespace

int main()
{
    cancelAtEveryStep();
    manyUsers();
    std::printf("%s\n", failures == 0 ? "all promises kept" : "promises were broken");
    return failures == 0 ? 0 : 1;
}
