// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "tests/support/fake_runner.h"
#include "tests/support/recording_sink.h"

#include <QTest>

#include <chrono>
#include <thread>

using namespace limpid;
using namespace limpid::engine;
using namespace std::chrono_literals;
using limpid::tests::FakeControl;
using limpid::tests::FakeScript;
using limpid::tests::RecordingSink;

class TestJobContext : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void elapsedLeavesPausesOut();
    void tellsTheShareOfTheWorkThatIsDone();
    void slowSinkSeesOneFrameInFlight();
    void previewsOfAnEarlierJobAreForgotten();
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

} // namespace

/// The pause lasts as long as jobs of an engine that fill 50 ms.
void TestJobContext::elapsedLeavesPausesOut()
{
    RecordingSink sink;
    FakeControl control(freely);
    Engine engine(control.factory(), sink);
    const CancelSource source;
    source.setPaused(true);
    PreviewMailbox mailbox(0ms);
    const auto start = std::chrono::steady_clock::now();
    JobContext context(JobId{1}, source.token(), sink, mailbox);
    context.stage(Stage::Sampling);
    std::thread user([&] {
        while (std::chrono::steady_clock::now() - start < 50ms)
            sink.waitForEnding(engine.submit(requestOf(1)));
        source.setPaused(false);
    });

    context.checkpoint();
    user.join();
    context.stepDone(1, 1);

    const auto passed = std::chrono::steady_clock::now() - start;
    QVERIFY(passed >= 50ms);
    QVERIFY(context.token().waited() > 0ns);
    QVERIFY(sink.waitForStep(JobId{1}, 1).elapsed <= passed - context.token().waited());
}

void TestJobContext::tellsTheShareOfTheWorkThatIsDone()
{
    RecordingSink sink;
    PreviewMailbox mailbox(0ms);
    JobContext context(JobId{1}, {}, sink, mailbox);

    context.worked(1.0); // of what is not known
    context.expectWork(8.0);
    for (const double more : {2.0, 4.0, 4.0})
        context.worked(more);

    std::vector<double> shares;
    for (const Event& event : sink.events())
        shares.push_back(std::get<Worked>(event).share);
    QCOMPARE(shares, (std::vector{0.25, 0.75, 1.0}));
}

void TestJobContext::slowSinkSeesOneFrameInFlight()
{
    RecordingSink sink;
    FakeControl control({.byHand = false, .frames = {FrameKind::Predicted}});
    Engine engine(control.factory(), sink, {.previewInterval = 0ms});

    const JobId job = engine.submit(requestOf(50));
    sink.waitForEnding(job);

    QCOMPARE(sink.count<PreviewReady>(), 1);
    const FramePtr frame = engine.takePreview(FrameKind::Predicted);
    QVERIFY(frame && frame->job == job && frame->step == 1);
    QVERIFY(!engine.takePreview(FrameKind::Predicted));
}

void TestJobContext::previewsOfAnEarlierJobAreForgotten()
{
    RecordingSink sink;
    FakeControl control({.byHand = false, .frames = {FrameKind::Predicted}});
    Engine engine(control.factory(), sink, {.previewInterval = 1h});
    sink.waitForEnding(engine.submit(requestOf(1)));

    const JobId second = engine.submit(requestOf(1));
    sink.waitForEnding(second);

    const FramePtr frame = engine.takePreview(FrameKind::Predicted);
    QVERIFY(frame && frame->job == second);
}

QTEST_APPLESS_MAIN(TestJobContext)
#include "tst_job_context.moc"
