// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "tests/ui/sample_photo.h"
#include "ui/state/document.h"

#include <QSignalSpy>
#include <QTest>

using namespace limpid;

namespace {

struct Session {
    explicit Session(int steps = 5)
        : bridge(control.factory(), {.previewInterval = {}}), document(bridge)
    {
        document.setPhoto(tests::samplePhoto());
        document.setSettings({.method = "fake", .steps = steps, .seed = 1});
        document.run();
    }

    /// Lets the run reach this step, and its preview arrive.
    void advanceTo(int step)
    {
        while (reached < step) { // one by one, so that no preview is skipped
            ++reached;
            control.allowSteps();
            QTRY_COMPARE(document.steps().last(), reached);
        }
    }

    void stop()
    {
        document.steps().stop();
        document.job().cancel();
    }

    tests::FakeControl control;
    ui::EngineBridge bridge;
    ui::Document document;
    int reached = 0;
};

} // namespace

class TestStepScrubber : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheNewestStepOfARun();
    void showsTheStructureBeforeTheFirstStep();
    void staysOnAStepWhileTheRunGoesOn();
    void theLastStepMeansToFollowAgain();
    void restsOnTheResultWhenTheRunIsOver();
    void bringsTheFullPictureOfAnEarlierStep();
    void stepsOfACancelledRunAreGone();
    void keepsTheKernelLatentOfEveryStepApart();
    void aStoppedRunOffersItsNewestStep();
    void aRunStoppedBeforeItsFirstStepOffersNothing();
    void anotherRunTakesTheOfferBack();
    void aPartialResultKeptHasItsStepsOnly();
};

void TestStepScrubber::followsTheNewestStepOfARun()
{
    Session session;

    session.advanceTo(2);

    QCOMPARE(session.document.steps().position(), 2);
    QCOMPARE(session.document.steps().frame()->step, 2);
}

void TestStepScrubber::showsTheStructureBeforeTheFirstStep()
{
    Session session;
    session.advanceTo(1);

    session.document.steps().show(0);

    QCOMPARE(session.document.steps().frame()->kind, engine::FrameKind::Guidance);
}

void TestStepScrubber::staysOnAStepWhileTheRunGoesOn()
{
    Session session;
    session.advanceTo(2);

    session.document.steps().show(1);
    session.advanceTo(3);

    QCOMPARE(session.document.steps().position(), 1);
    QCOMPARE(session.document.steps().frame()->step, 1);
}

void TestStepScrubber::theLastStepMeansToFollowAgain()
{
    Session session;
    session.advanceTo(2);
    session.document.steps().show(1);

    session.document.steps().show(2);
    session.advanceTo(3);

    QCOMPARE(session.document.steps().position(), 3);
}

void TestStepScrubber::restsOnTheResultWhenTheRunIsOver()
{
    Session session;
    session.advanceTo(1);
    session.document.steps().show(0);

    session.control.allowAll();
    QTRY_VERIFY(session.document.restoration());

    QCOMPARE(session.document.steps().position(), 5);
    QVERIFY(!session.document.steps().frame());
}

void TestStepScrubber::bringsTheFullPictureOfAnEarlierStep()
{
    Session session;
    session.advanceTo(1);
    session.control.allowAll();
    QTRY_VERIFY(session.document.restoration());

    session.document.steps().show(1);
    QVERIFY(session.document.steps().frame());
    QTRY_VERIFY(session.document.steps().fullPicture());

    QVERIFY(!session.document.steps().frame());
    session.document.steps().show(5);
    QVERIFY(!session.document.steps().fullPicture());
}

void TestStepScrubber::stepsOfACancelledRunAreGone()
{
    Session session;
    session.advanceTo(2);

    session.document.job().cancel();
    QTRY_VERIFY(!session.document.job().active());

    QVERIFY(!session.document.steps().isUsable());
    QVERIFY(!session.document.steps().frame());
}

void TestStepScrubber::keepsTheKernelLatentOfEveryStepApart()
{
    tests::FakeSession session;
    session.control.setScript(
        {.frames = {engine::FrameKind::Predicted, engine::FrameKind::Kernel}});
    auto& steps = session.document.steps();
    session.document.run();
    for (int done = 1; done <= 3; ++done) {
        session.control.allowSteps();
        QTRY_VERIFY(steps.kernelFrame() && steps.kernelFrame()->step == done);
    }
    QCOMPARE(steps.frame()->kind, engine::FrameKind::Predicted);

    session.control.allowAll();
    QTRY_VERIFY(session.document.restoration());
    steps.show(2);

    QCOMPARE(steps.kernelFrame()->step, 2);
    QCOMPARE(steps.kernelFrame()->kind, engine::FrameKind::Kernel);
}

void TestStepScrubber::aStoppedRunOffersItsNewestStep()
{
    Session session;
    session.advanceTo(3);
    QVERIFY(!session.document.steps().partial());

    session.stop();

    QTRY_VERIFY(session.document.steps().partial());
    const auto& partial = *session.document.steps().partial();
    QCOMPARE(partial.step, 3);
    QCOMPARE(partial.steps, 5);
    QCOMPARE(partial.patch.area.size(), session.document.photo()->size());
    QVERIFY(!session.document.steps().frame()); // the picture is as before the run
}

void TestStepScrubber::aRunStoppedBeforeItsFirstStepOffersNothing()
{
    Session session;

    session.stop();
    QTRY_VERIFY(!session.document.job().active());

    QVERIFY(!session.document.steps().partial());
}

void TestStepScrubber::anotherRunTakesTheOfferBack()
{
    Session session;
    session.advanceTo(2);
    session.stop();
    QTRY_VERIFY(session.document.steps().partial());

    session.document.run();

    QTRY_VERIFY(session.document.steps().isRunning());
    QVERIFY(!session.document.steps().partial());
}

void TestStepScrubber::aPartialResultKeptHasItsStepsOnly()
{
    Session session;
    session.advanceTo(3);
    session.stop();
    auto& steps = session.document.steps();
    QTRY_VERIFY(steps.partial());
    const auto job = steps.partial()->job;

    steps.keepPartial();
    steps.rest(job, 3);

    QCOMPARE(steps.last(), 3);
    QCOMPARE(steps.total(), 5);
    steps.show(5);
    QCOMPARE(steps.position(), 3);
    QVERIFY(!steps.partial());
}

QTEST_GUILESS_MAIN(TestStepScrubber)
#include "tst_step_scrubber.moc"
