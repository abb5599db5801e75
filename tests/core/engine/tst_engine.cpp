// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "tests/support/fake_runner.h"
#include "tests/support/recording_sink.h"

#include <QTest>

#include <algorithm>

using namespace limpid;
using namespace limpid::engine;
using namespace std::chrono_literals;
using limpid::tests::FakeControl;
using limpid::tests::FakeScript;
using limpid::tests::RecordingSink;

class TestEngine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sendsEventsInOrder();
    void bringsWhatTheRunnerMade();
    void runsJobsOneAfterTheOther();
    void anyTroubleEndsInFailed_data();
    void anyTroubleEndsInFailed();
    void runsTheNextJobAfterTrouble();
    void factoryThatFailsFailsTheJob();
    void factoryIsTriedAgainForTheNextJob();
    void decodesAStepOfAFinishedJob();
    void decodesTheLatestOfTheStepsAskedFor();
    void saysWhyAStepCannotBeDecoded();
    void destructionEndsEveryJob();
    void twoEnginesDoNotMeet();
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

QByteArray namesOf(const std::vector<Event>& events)
{
    QByteArrayList names;
    for (const Event& event : events)
        names << limpid::tests::nameOf(event);
    return names.join(' ');
}

bool samePixels(const image::Image& a, const image::Image& b)
{
    return a.size() == b.size() && std::ranges::equal(a.pixels(), b.pixels());
}

} // namespace

void TestEngine::sendsEventsInOrder()
{
    RecordingSink sink;
    FakeControl control({.byHand = false, .frames = {FrameKind::Guidance}});
    Engine engine(control.factory(), sink);

    const JobId job = engine.submit(requestOf(2));
    sink.waitForEnding(job);

    QCOMPARE(namesOf(sink.eventsOf(job)),
             QByteArray("Queued Started StageChanged PreviewReady StageChanged StepDone StepDone "
                        "StageChanged Finished"));
}

void TestEngine::bringsWhatTheRunnerMade()
{
    RecordingSink sink;
    FakeControl control(freely);
    Engine engine(control.factory(), sink);
    RestorationRequest request = requestOf(3);
    request.region = region::Region{.rect = {4, 2, 8, 4}, .featherPixels = 1};

    const JobId job = engine.submit(request);
    const auto finished = std::get<Finished>(sink.waitForEnding(job));

    QVERIFY(finished.result.patch.area == (Rect{3, 1, 10, 6}));
    QVERIFY(samePixels(finished.result.patch.pixels, limpid::tests::fakePatch(request).pixels));
    QCOMPARE(finished.result.device, std::string("fake"));
    QVERIFY(control.requests().front() == request);
}

void TestEngine::runsJobsOneAfterTheOther()
{
    RecordingSink sink;
    FakeControl control;
    Engine engine(control.factory(), sink);
    const JobId first = engine.submit(requestOf(1));
    const JobId second = engine.submit(requestOf(1));

    control.allowSteps(2);
    sink.waitForEnding(second);

    const auto events = sink.events();
    const auto is = [&](auto accepts) {
        return std::ranges::find_if(events, accepts);
    };
    const auto ended = is([&](const Event& e) { return std::holds_alternative<Finished>(e); });
    const auto started = is(
        [&](const Event& e) { return std::holds_alternative<Started>(e) && jobOf(e) == second; });
    QVERIFY(jobOf(*ended) == first);
    QVERIFY(ended < started);
}

void TestEngine::anyTroubleEndsInFailed_data()
{
    QTest::addColumn<FakeScript>("script");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("detail");
    FakeScript script{.byHand = false};
    script.failure = Error{ErrorCode::ModelDamaged, "no such layer", "msg.safetensors"};
    QTest::newRow("returned") << script << ErrorCode::ModelDamaged << QByteArray("no such layer");
    script.failure.reset();
    script.exception = "tensor of no shape";
    QTest::newRow("exception") << script << ErrorCode::Internal << QByteArray("tensor of no shape");
    script.exception.clear();
    script.throwsNumber = true;
    QTest::newRow("number") << script << ErrorCode::Internal << QByteArray("unknown exception");
}

void TestEngine::anyTroubleEndsInFailed()
{
    QFETCH(FakeScript, script);
    QFETCH(ErrorCode, code);
    QFETCH(QByteArray, detail);
    RecordingSink sink;
    FakeControl control(script);
    Engine engine(control.factory(), sink);

    const JobId job = engine.submit(requestOf(3));
    const auto failed = std::get<Failed>(sink.waitForEnding(job));

    QCOMPARE(failed.error.code, code);
    QCOMPARE(QByteArray::fromStdString(failed.error.detail), detail);
    QCOMPARE(limpid::tests::endingsOf(sink.events(), job), 1);
}

void TestEngine::runsTheNextJobAfterTrouble()
{
    RecordingSink sink;
    FakeControl control({.byHand = false, .throwsNumber = true});
    Engine engine(control.factory(), sink);
    sink.waitForEnding(engine.submit(requestOf(1)));

    control.setScript(freely);

    QVERIFY(std::holds_alternative<Finished>(sink.waitForEnding(engine.submit(requestOf(1)))));
}

void TestEngine::factoryThatFailsFailsTheJob()
{
    RecordingSink sink;
    Engine engine(
        []() -> std::unique_ptr<JobRunner> {
            throw Failure({ErrorCode::ModelMissing, "no weights", "models"});
        },
        sink);

    const auto failed = std::get<Failed>(sink.waitForEnding(engine.submit(requestOf(1))));

    QVERIFY(failed.error == (Error{ErrorCode::ModelMissing, "no weights", "models"}));
}

void TestEngine::factoryIsTriedAgainForTheNextJob()
{
    RecordingSink sink;
    FakeControl control(freely);
    int made = 0; // Read and written on the inference thread alone.
    Engine engine([&]() { return ++made < 3 ? nullptr : control.factory()(); }, sink);

    const Event first = sink.waitForEnding(engine.submit(requestOf(1)));
    const Event second = sink.waitForEnding(engine.submit(requestOf(1)));

    QVERIFY(std::holds_alternative<Failed>(first));
    QVERIFY(std::holds_alternative<Finished>(second));
}

void TestEngine::decodesAStepOfAFinishedJob()
{
    RecordingSink sink;
    FakeControl control(freely);
    Engine engine(control.factory(), sink);
    const RestorationRequest request = requestOf(4);
    const JobId job = engine.submit(request);
    sink.waitForEnding(job);

    engine.requestStep(job, 2);
    const auto decoded = sink.waitForEvent<StepDecoded>(job);

    QCOMPARE(decoded.step, 2);
    QVERIFY(samePixels(decoded.patch.pixels, limpid::tests::fakePatch(request, 2).pixels));
}

void TestEngine::decodesTheLatestOfTheStepsAskedFor()
{
    RecordingSink sink;
    FakeControl control;
    Engine engine(control.factory(), sink);
    const JobId job = engine.submit(requestOf(4));
    control.allowSteps(1);
    sink.waitForStep(job, 1);

    for (const int step : {1, 2, 3})
        engine.requestStep(job, step); // waits for the job
    control.allowAll();
    const auto decoded = sink.waitForEvent<StepDecoded>(job);
    sink.waitForEnding(engine.submit(requestOf(1))); // whatever else waited came before it

    QCOMPARE(decoded.step, 3);
    QCOMPARE(sink.count<StepDecoded>(), 1);
}

void TestEngine::saysWhyAStepCannotBeDecoded()
{
    RecordingSink sink;
    FakeControl control(freely);
    Engine engine(control.factory(), sink);

    engine.requestStep(JobId{7}, 1);

    QCOMPARE(sink.waitForEvent<Failed>(JobId{7}).error.code, ErrorCode::InvalidRequest);
}

void TestEngine::destructionEndsEveryJob()
{
    RecordingSink sink;
    FakeControl control;
    std::vector<JobId> jobs;
    {
        Engine engine(control.factory(), sink);
        for (int i = 0; i < 5; ++i)
            jobs.push_back(engine.submit(requestOf(3)));
        control.allowSteps(1);
        sink.waitForStep(jobs.front(), 1);
        engine.pause(jobs.front());
        engine.requestStep(jobs.front(), 1);
    }

    for (const JobId job : jobs)
        QCOMPARE(limpid::tests::endingsOf(sink.events(), job), 1);
    QCOMPARE(sink.count<JobCancelled>(), 5);
}

void TestEngine::twoEnginesDoNotMeet()
{
    RecordingSink sinkA;
    RecordingSink sinkB;
    FakeControl control;
    Engine a(control.factory(), sinkA);
    Engine b(control.factory(), sinkB);
    const JobId jobA = a.submit(requestOf(2));
    const JobId jobB = b.submit(requestOf(2));

    a.cancel(jobA);
    sinkA.waitForEnding(jobA);
    control.allowAll();

    QVERIFY(std::holds_alternative<JobCancelled>(sinkA.waitForEnding(jobA)));
    QVERIFY(std::holds_alternative<Finished>(sinkB.waitForEnding(jobB)));
    QCOMPARE(sinkA.count<Finished>(), 0);
}

QTEST_APPLESS_MAIN(TestEngine)
#include "tst_engine.moc"
