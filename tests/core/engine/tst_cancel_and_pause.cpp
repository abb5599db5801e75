// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "tests/support/fake_runner.h"
#include "tests/support/recording_sink.h"

#include <QTest>

using namespace limpid;
using namespace limpid::engine;
using namespace std::chrono_literals;
using limpid::tests::FakeControl;
using limpid::tests::FakeScript;
using limpid::tests::RecordingSink;

class TestCancelAndPause : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cancelAtEveryStepEndsInExactlyOneCancelled_data();
    void cancelAtEveryStepEndsInExactlyOneCancelled();
    void cancelFromInsideTheSinkWins();
    void cancelBeforeTheStartNeverReachesTheRunner();
    void cancelEndsAPausedJob();
    void cancelOfAnEndedJobIsIgnored();
    void pausedJobWaitsForResume();
};

namespace {

const FakeScript freely{.byHand = false};

RestorationRequest requestOf(int steps)
{
    RestorationRequest request;
    request.image = limpid::tests::randomImage({20, 10});
    request.steps = steps;
    return request;
}

/// Pauses each job after its first step, before the second can begin.
struct Pauser {
    Engine* engine = nullptr;
    RecordingSink sink{[this](const Event& event) {
        const auto* done = std::get_if<StepDone>(&event);
        if (done && done->step == 1)
            engine->pause(done->job);
    }};
};

QByteArray namesOf(const std::vector<Event>& events)
{
    QByteArrayList names;
    for (const Event& event : events)
        names << limpid::tests::nameOf(event);
    return names.join(' ');
}

} // namespace

void TestCancelAndPause::cancelAtEveryStepEndsInExactlyOneCancelled_data()
{
    QTest::addColumn<int>("stepsDone");
    for (int stepsDone = 0; stepsDone <= 6; ++stepsDone)
        QTest::addRow("after %d steps", stepsDone) << stepsDone;
}

void TestCancelAndPause::cancelAtEveryStepEndsInExactlyOneCancelled()
{
    QFETCH(int, stepsDone);
    RecordingSink sink;
    FakeControl control;
    Engine engine(control.factory(), sink);
    const JobId job = engine.submit(requestOf(7));
    control.allowSteps(stepsDone);
    if (stepsDone > 0)
        sink.waitForStep(job, stepsDone);

    engine.cancel(job);
    const Event ending = sink.waitForEnding(job);

    QVERIFY(std::holds_alternative<JobCancelled>(ending));
    const JobId next = engine.submit(requestOf(1)); // Proves that the loop goes on.
    control.allowAll();
    QVERIFY(std::holds_alternative<Finished>(sink.waitForEnding(next)));
    QCOMPARE(limpid::tests::endingsOf(sink.events(), job), 1);
    QCOMPARE(sink.count<StepDone>(), stepsDone + 1);
}

/// The last moment: the job has done all its work, but not yet said so.
void TestCancelAndPause::cancelFromInsideTheSinkWins()
{
    Engine* running = nullptr;
    RecordingSink sink([&](const Event& event) {
        const auto* stage = std::get_if<StageChanged>(&event);
        if (stage && stage->stage == Stage::Finishing)
            running->cancel(stage->job);
    });
    FakeControl control;
    Engine engine(control.factory(), sink);
    running = &engine;

    const JobId job = engine.submit(requestOf(2));
    control.allowAll();

    QVERIFY(std::holds_alternative<JobCancelled>(sink.waitForEnding(job)));
    QCOMPARE(limpid::tests::endingsOf(sink.events(), job), 1);
}

void TestCancelAndPause::cancelBeforeTheStartNeverReachesTheRunner()
{
    RecordingSink sink;
    FakeControl control;
    Engine engine(control.factory(), sink);
    const JobId running = engine.submit(requestOf(1));
    const JobId waiting = engine.submit(requestOf(1));

    engine.cancel(waiting);
    control.allowAll();
    sink.waitForEnding(waiting);

    QCOMPARE(namesOf(sink.eventsOf(waiting)), QByteArray("Queued JobCancelled"));
    QVERIFY(std::holds_alternative<Finished>(sink.waitForEnding(running)));
    QCOMPARE(control.requests().size(), std::size_t{1});
}

void TestCancelAndPause::cancelEndsAPausedJob()
{
    FakeControl control;
    Pauser pauser;
    Engine engine(control.factory(), pauser.sink);
    pauser.engine = &engine;
    const JobId job = engine.submit(requestOf(3));
    control.allowAll();
    pauser.sink.waitForStep(job, 1);

    engine.cancel(job);

    QVERIFY(std::holds_alternative<JobCancelled>(pauser.sink.waitForEnding(job)));
    QCOMPARE(pauser.sink.count<StepDone>(), 1);
}

void TestCancelAndPause::cancelOfAnEndedJobIsIgnored()
{
    RecordingSink sink;
    FakeControl control(freely);
    Engine engine(control.factory(), sink);
    const JobId job = engine.submit(requestOf(1));
    sink.waitForEnding(job);

    engine.cancel(job);
    engine.pause(job);
    engine.resume(job);
    engine.cancel(JobId{99});

    QVERIFY(std::holds_alternative<Finished>(sink.waitForEnding(engine.submit(requestOf(1)))));
    QCOMPARE(sink.count<JobCancelled>(), 0);
}

/// While the job stands still, another engine does a hundred jobs.
void TestCancelAndPause::pausedJobWaitsForResume()
{
    FakeControl control;
    Pauser pauser;
    Engine engine(control.factory(), pauser.sink);
    pauser.engine = &engine;
    const JobId job = engine.submit(requestOf(3));
    control.allowAll();
    pauser.sink.waitForStep(job, 1);

    RecordingSink otherSink;
    Engine other(control.factory(), otherSink);
    for (int i = 0; i < 100; ++i)
        otherSink.waitForEnding(other.submit(requestOf(1)));

    QCOMPARE(pauser.sink.count<StepDone>(), 1);
    engine.resume(job);
    QVERIFY(std::holds_alternative<Finished>(pauser.sink.waitForEnding(job)));
    QCOMPARE(pauser.sink.count<StepDone>(), 3);
}

QTEST_APPLESS_MAIN(TestCancelAndPause)
#include "tst_cancel_and_pause.moc"
