// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "tests/support/recording_sink.h"
#include "tests/ui/fake_session.h"
#include "tests/ui/sample_photo.h"
#include "ui/state/document.h"

#include <QSignalSpy>
#include <QTest>

using namespace limpid;

namespace {

const region::Region middle{.rect = {16, 8, 32, 32}, .featherPixels = 4};

tests::FakeScript script(bool byHand, std::optional<Error> failure = {})
{
    tests::FakeScript made;
    made.byHand = byHand;
    made.failure = std::move(failure);
    return made;
}

const tests::FakeScript runsThrough = script(false);

/// A document with a photo, over a real engine with a fake runner.
struct Session {
    explicit Session(tests::FakeScript made = {})
        : control(std::move(made)), bridge(control.factory()), document(bridge)
    {
        document.setPhoto(tests::samplePhoto());
        document.setSettings({.method = "fake", .steps = 4, .seed = 7});
    }

    void restore()
    {
        QSignalSpy endings(&document.job(), &ui::RestorationRun::succeeded);
        document.run();
        QTRY_COMPARE(endings.count(), 1);
    }

    int stepsDone() const
    {
        const auto* job = document.job().active();
        return job ? job->step : -1;
    }

    tests::FakeControl control;
    ui::EngineBridge bridge;
    ui::Document document;
};

/// As long as another engine takes for them.
void letAHundredJobsPass(const tests::FakeControl& control)
{
    tests::RecordingSink sink;
    engine::Engine other(control.factory(), sink);
    engine::RestorationRequest request;
    request.image = tests::randomImage({20, 10});
    request.steps = 1;
    for (int i = 0; i < 100; ++i)
        sink.waitForEnding(other.submit(request));
}

} // namespace

class TestDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFinishedJobBecomesTheRestoration();
    void asksForTheRegionAndTheSettings();
    void cancelInTheMiddleLeavesEverythingAsItWas_data();
    void cancelInTheMiddleLeavesEverythingAsItWas();
    void aFailedJobKeepsThePreviousRestoration();
    void strengthNeverStartsAJob();
    void anotherRegionMakesTheRestorationStale();
    void anotherSeedMakesTheRestorationStaleUntilItIsBack();
    void whatAnAbandonedJobSaysIsDropped();
    void cancelBeforeTheJobIsSubmittedStopsIt();
    void pauseHoldsTheStepsBack();
    void aRegionOutsideThePhotoIsNone();
    void undoBringsBackRegionAndRestoration();
    void featherChangesOfOneGestureAreOneUndo();
    void movesOfARegionAreOneUndo();
    void aStepThatIsKeptBecomesTheRestoration();
    void theNewestStepOfACancelledRunCanBeKept();
    void aPartialResultIsWithdrawnByTheNextRun();
    void anotherPhotoForgetsTheFirst();
};

void TestDocument::aFinishedJobBecomesTheRestoration()
{
    Session session(runsThrough);

    session.restore();

    const auto made = session.document.restoration();
    QVERIFY(made);
    const auto expected = tests::fakePatch(made->request);
    QCOMPARE(made->step, 4);
    QVERIFY(std::ranges::equal(made->patch.pixels.pixels(), expected.pixels.pixels()));
    QVERIFY(!session.document.isStale());
}

void TestDocument::asksForTheRegionAndTheSettings()
{
    Session session(runsThrough);
    session.document.setRegion(middle);
    session.document.setSettings({.method = "fake", .steps = 9, .seed = 12345});

    session.restore();

    const auto request = session.control.requests().front();
    QVERIFY(request.region == middle);
    QCOMPARE(request.steps, 9);
    QCOMPARE(request.seed, std::uint64_t{12345});
    QVERIFY(request.image == session.document.photo()->image);
}

void TestDocument::cancelInTheMiddleLeavesEverythingAsItWas_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("before the first step") << 0;
    QTest::newRow("after one step") << 1;
    QTest::newRow("before the last step") << 3;
}

void TestDocument::cancelInTheMiddleLeavesEverythingAsItWas()
{
    QFETCH(int, step);
    Session session(runsThrough);
    session.restore();
    const auto before = session.document.restoration();
    const auto photo = session.document.photo()->image;
    session.control.setScript(script(true));
    QSignalSpy stopped(&session.document.job(), &ui::RestorationRun::stopped);

    session.document.run();
    session.control.allowSteps(step);
    QTRY_COMPARE(session.stepsDone(), step);
    session.document.job().cancel();
    QTRY_COMPARE(stopped.count(), 1);

    QCOMPARE(session.document.restoration(), before);
    QVERIFY(session.document.photo()->image == photo);
    QVERIFY(!session.document.steps().frame());
    QVERIFY(session.document.canRun());
}

void TestDocument::aFailedJobKeepsThePreviousRestoration()
{
    Session session(runsThrough);
    session.restore();
    const auto before = session.document.restoration();
    session.control.setScript(script(false, Error{ErrorCode::OutOfMemory, "no", {}}));
    QSignalSpy broken(&session.document.job(), &ui::RestorationRun::broken);

    session.document.run();
    QTRY_COMPARE(broken.count(), 1);

    QCOMPARE(session.document.restoration(), before);
    QVERIFY(std::holds_alternative<ui::Broken>(session.document.job().state()));
}

void TestDocument::strengthNeverStartsAJob()
{
    Session session(runsThrough);
    session.restore();
    QSignalSpy changes(&session.document, &ui::Document::strengthChanged);

    session.document.setStrength(0.25F);
    session.document.setStrength(2.0F);

    QCOMPARE(changes.count(), 2);
    QCOMPARE(session.document.strength(), 1.0F);
    QCOMPARE(session.control.requests().size(), std::size_t{1});
    QVERIFY(!session.document.isStale());
}

void TestDocument::anotherRegionMakesTheRestorationStale()
{
    Session session(runsThrough);
    session.restore();

    session.document.setRegion(middle);

    QVERIFY(session.document.isStale());
    QVERIFY(session.document.restoration());
}

void TestDocument::anotherSeedMakesTheRestorationStaleUntilItIsBack()
{
    Session session(runsThrough);
    session.restore();
    const auto settings = session.document.settings();
    auto other = settings;
    other.seed = 99;

    session.document.setSettings(other);
    QVERIFY(session.document.isStale());
    session.document.setSettings(settings);

    QVERIFY(!session.document.isStale());
}

void TestDocument::whatAnAbandonedJobSaysIsDropped()
{
    Session session;
    QSignalSpy cancelled(&session.bridge, &ui::EngineBridge::cancelled);
    QSignalSpy stopped(&session.document.job(), &ui::RestorationRun::stopped);
    session.document.run();
    session.control.allowSteps(1);
    QTRY_COMPARE(session.stepsDone(), 1);

    session.document.setPhoto(tests::samplePhoto({32, 32}));
    QTRY_COMPARE(cancelled.count(), 1);

    QCOMPARE(stopped.count(), 0);
    QVERIFY(!session.document.restoration());
    QVERIFY(std::holds_alternative<ui::Idle>(session.document.job().state()));
}

void TestDocument::cancelBeforeTheJobIsSubmittedStopsIt()
{
    Session session;
    QSignalSpy stopped(&session.document.job(), &ui::RestorationRun::stopped);

    session.document.run();
    session.document.job().cancel();

    QCOMPARE(stopped.count(), 1);
    session.control.allowAll();
    session.document.run(); // by its end the first would have come, too
    QTRY_VERIFY(session.document.restoration());
    QCOMPARE(session.control.requests().size(), std::size_t{1});
}

void TestDocument::pauseHoldsTheStepsBack()
{
    Session session;
    session.document.run();
    session.control.allowSteps(1);
    QTRY_COMPARE(session.stepsDone(), 1);

    session.document.job().setPaused(true);
    QVERIFY(session.document.job().active()->paused);
    session.control.allowAll();
    letAHundredJobsPass(session.control);
    QCoreApplication::processEvents();
    QCOMPARE(session.stepsDone(), 1);
    session.document.job().setPaused(false);

    QTRY_VERIFY(session.document.restoration());
}

void TestDocument::aRegionOutsideThePhotoIsNone()
{
    Session session;
    session.document.setRegion(middle);

    session.document.setRegion(region::Region{.rect = {1000, 1000, 10, 10}});

    QVERIFY(!session.document.region());
}

void TestDocument::undoBringsBackRegionAndRestoration()
{
    Session session(runsThrough);
    session.document.setRegion(middle);
    session.restore();
    auto& history = session.document.history();

    history.undo();
    QVERIFY(!session.document.restoration());
    history.undo();
    QVERIFY(!session.document.region());
    history.redo();
    history.redo();

    QVERIFY(session.document.region() == middle);
    QVERIFY(session.document.restoration());
    QVERIFY(session.document.steps().isUsable());
}

void TestDocument::featherChangesOfOneGestureAreOneUndo()
{
    Session session;
    session.document.setRegion(middle);

    session.document.setFeatherPixels(10);
    session.document.setFeatherPixels(20);
    session.document.setFeatherPixels(30);
    session.document.history().undo();

    QCOMPARE(session.document.region()->featherPixels, 4);
    QCOMPARE(session.document.featherPixels(), 4);
}

void TestDocument::movesOfARegionAreOneUndo()
{
    Session session(runsThrough);
    session.document.setRegion(middle);
    session.restore();
    auto moved = middle;
    for (int i = 0; i < 60; ++i) { // more than the history holds
        moved.rect.x = middle.rect.x + 1 + i % 2;
        session.document.setRegion(moved);
    }

    session.document.history().undo();
    QVERIFY(session.document.region() == middle);
    QVERIFY(session.document.restoration());
    session.document.history().undo();
    QVERIFY(!session.document.restoration());
}

void TestDocument::aStepThatIsKeptBecomesTheRestoration()
{
    Session session(runsThrough);
    session.restore();

    session.document.steps().show(2);
    QVERIFY(!session.document.canKeepStep());
    QTRY_VERIFY(session.document.canKeepStep());
    session.document.keepStep();

    const auto made = session.document.restoration();
    const auto expected = tests::fakePatch(made->request, 2);
    QCOMPARE(made->step, 2);
    QVERIFY(std::ranges::equal(made->patch.pixels.pixels(), expected.pixels.pixels()));
    QCOMPARE(session.document.steps().position(), 2);
}

void TestDocument::theNewestStepOfACancelledRunCanBeKept()
{
    tests::FakeSession session;
    auto& document = session.document;
    session.runTo(2);
    document.job().cancel();
    QTRY_VERIFY(document.canKeepStep());
    QVERIFY(!document.restoration());

    document.keepStep();

    const auto made = document.restoration();
    QVERIFY(made);
    const auto expected = tests::fakePatch(made->request, 2);
    QVERIFY(std::ranges::equal(made->patch.pixels.pixels(), expected.pixels.pixels()));
    QCOMPARE(made->step, 2);
    QCOMPARE(document.steps().position(), 2);
    QCOMPARE(document.steps().last(), 2);
    QVERIFY(!document.canKeepStep());
    QVERIFY(!document.isStale());
    document.history().undo();
    QVERIFY(!document.restoration());
    QVERIFY(!document.steps().isUsable());
}

void TestDocument::aPartialResultIsWithdrawnByTheNextRun()
{
    tests::FakeSession session;
    auto& document = session.document;
    session.runTo(2);
    document.job().cancel();
    QTRY_VERIFY(document.canKeepStep());
    document.setRegion(middle);

    document.run();
    document.job().cancel(); // before it is submitted

    QVERIFY(!document.job().active());
    QVERIFY(!document.canKeepStep()); // the first run was of the whole photo
}

void TestDocument::anotherPhotoForgetsTheFirst()
{
    Session session(runsThrough);
    session.document.setRegion(middle);
    session.restore();

    session.document.setPhoto(tests::samplePhoto({20, 20}));

    QVERIFY(!session.document.region());
    QVERIFY(!session.document.restoration());
    QVERIFY(!session.document.history().canUndo());
    QVERIFY(!session.document.steps().isUsable());
}

QTEST_GUILESS_MAIN(TestDocument)
#include "tst_document.moc"
