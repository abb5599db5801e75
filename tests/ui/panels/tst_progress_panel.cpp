// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/panels/progress_panel.h"
#include "ui/state/format_text.h"

#include <QAction>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QThreadPool>

using namespace limpid;

namespace {

struct Setup {
    Setup() : panel(session.document, {run, pause, cancel}) { panel.show(); }

    QString text(const QString& name) { return panel.findChild<QLabel*>(name)->text(); }
    bool isShown(const QString& name) { return panel.findChild<QWidget*>(name)->isVisible(); }

    tests::FakeSession session;
    QAction run{nullptr};
    QAction pause{nullptr};
    QAction cancel{nullptr};
    ui::ProgressPanel panel;
};

/// A photo of middle gray, whose negative (what the fake makes of it) is the same.
image::Photo grayPhoto()
{
    auto photo = tests::samplePhoto();
    const auto values = static_cast<std::size_t>(photo.size().area()) * 3;
    photo.image = image::Image(photo.size(), std::vector<float>(values, 0.5F));
    return photo;
}

} // namespace

class TestProgressPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersToRunAtRestAndToCancelWhileRunning();
    void saysWhichStepIsBeingMade();
    void aSingleStepIsBusyUntilItEnds();
    void showsTheShareOfTheWorkWhereItIsKnown();
    void saysThatItIsPaused();
    void aYellowDotMarksAStaleResult();
    void theButtonsAreTheActions();
    void theButtonSaysWhatItDoes();
    void saysWhenHardlyAnythingWasChanged();
    void saysNothingOfTheKindWhenThePhotoWasChanged();
};

void TestProgressPanel::offersToRunAtRestAndToCancelWhileRunning()
{
    Setup setup;
    QVERIFY(setup.isShown(QStringLiteral("run")));
    QVERIFY(!setup.isShown(QStringLiteral("cancel")));

    setup.session.runTo(1);

    QVERIFY(!setup.isShown(QStringLiteral("run")));
    QVERIFY(setup.isShown(QStringLiteral("cancel")));
    QVERIFY(setup.isShown(QStringLiteral("pause")));
}

void TestProgressPanel::saysWhichStepIsBeingMade()
{
    Setup setup;

    setup.session.runTo(2);

    QTRY_COMPARE(setup.text(QStringLiteral("stage")), QStringLiteral("Step 3 of 4"));
    QCOMPARE(setup.panel.findChild<QProgressBar*>()->value(), 2);
    QVERIFY(!setup.text(QStringLiteral("timeLeft")).isEmpty());
}

void TestProgressPanel::aSingleStepIsBusyUntilItEnds()
{
    Setup setup;
    setup.session.document.setSettings({.method = "fake", .steps = 1, .seed = 7});

    setup.session.document.run();

    QTRY_COMPARE(setup.text(QStringLiteral("stage")), ui::stageText(engine::Stage::Sampling));
    QCOMPARE(setup.panel.findChild<QProgressBar*>()->maximum(), 0);
}

void TestProgressPanel::showsTheShareOfTheWorkWhereItIsKnown()
{
    Setup setup;
    setup.session.document.setSettings({.method = "fake", .steps = 1, .seed = 7});
    setup.session.document.run();
    QTRY_COMPARE(setup.text(QStringLiteral("stage")), ui::stageText(engine::Stage::Sampling));

    Q_EMIT setup.session.bridge.worked({setup.session.document.job().active()->job, 0.25});

    const auto& bar = *setup.panel.findChild<QProgressBar*>();
    QCOMPARE(bar.value() * 4, bar.maximum());
    QVERIFY(!setup.text(QStringLiteral("timeLeft")).isEmpty());
}

void TestProgressPanel::saysThatItIsPaused()
{
    Setup setup;
    setup.session.runTo(1);
    QTRY_COMPARE(setup.text(QStringLiteral("stage")), QStringLiteral("Step 2 of 4"));

    setup.session.document.job().setPaused(true);

    QCOMPARE(setup.text(QStringLiteral("stage")), QStringLiteral("Paused at step 1 of 4"));
}

void TestProgressPanel::aYellowDotMarksAStaleResult()
{
    Setup setup;
    setup.session.restore();
    QVERIFY(!setup.isShown(QStringLiteral("stale")));

    setup.session.document.setRegion(region::Region{.rect = {1, 1, 9, 9}});

    QVERIFY(setup.isShown(QStringLiteral("stale")));
    setup.session.document.setRegion(std::nullopt);
    QVERIFY(!setup.isShown(QStringLiteral("stale")));
}

void TestProgressPanel::theButtonsAreTheActions()
{
    Setup setup;
    int triggered = 0;
    connect(&setup.run, &QAction::triggered, this, [&] { ++triggered; });

    QTest::mouseClick(setup.panel.findChild<QPushButton*>(QStringLiteral("run")), Qt::LeftButton);
    setup.run.setEnabled(false);

    QCOMPARE(triggered, 1);
    QVERIFY(!setup.panel.findChild<QPushButton*>(QStringLiteral("run"))->isEnabled());
}

void TestProgressPanel::theButtonSaysWhatItDoes()
{
    Setup setup;
    auto& document = setup.session.document;
    const auto& button = *setup.panel.findChild<QPushButton*>(QStringLiteral("run"));
    const region::Region left{.rect = {2, 2, 20, 20}, .featherPixels = 2};
    QCOMPARE(button.text(), QStringLiteral("Restore"));

    document.setRegion(left);
    QCOMPARE(button.text(), QStringLiteral("Restore region"));
    setup.session.restore();
    QCOMPARE(button.text(), QStringLiteral("Restore again"));
    document.setRegion(region::Region{.rect = {40, 20, 10, 10}}); // apart
    QCOMPARE(button.text(), QStringLiteral("Restore region"));
    setup.session.restore();
    document.setRegion(left); // beneath the newest
    QCOMPARE(button.text(), QStringLiteral("Restore again"));
    document.setRegion(std::nullopt); // most of it for the first time
    QCOMPARE(button.text(), QStringLiteral("Restore"));
    setup.session.restore();
    document.setRegion(left); // a part of it
    QCOMPARE(button.text(), QStringLiteral("Restore again"));
    document.history().undo();
    document.history().undo();
    QCOMPARE(button.text(), QStringLiteral("Restore"));
}

void TestProgressPanel::saysWhenHardlyAnythingWasChanged()
{
    Setup setup;
    setup.session.document.setPhoto(grayPhoto());
    setup.session.restore();
    const QString already = QStringLiteral("This photo is already sharp");
    const QString remedy = QStringLiteral("Protect sharp parts");

    QTRY_VERIFY(setup.text(QStringLiteral("stage")).contains(already));
    QVERIFY(setup.text(QStringLiteral("stage")).contains(remedy));

    setup.session.document.setSettings(
        {.method = "fake", .steps = 4, .seed = 7, .parameters = {{"protect_sharp", 0.0}}});
    setup.session.document.setRegion(region::Region{.rect = {4, 4, 20, 20}});
    setup.session.restore();

    QTRY_VERIFY(setup.text(QStringLiteral("stage")).contains(QStringLiteral("This region is")));
    QVERIFY(!setup.text(QStringLiteral("stage")).contains(remedy));
}

void TestProgressPanel::saysNothingOfTheKindWhenThePhotoWasChanged()
{
    Setup setup;
    setup.session.restore();

    QThreadPool::globalInstance()->waitForDone(); // the measuring…
    QCoreApplication::processEvents();            // …and its answer

    QVERIFY(setup.text(QStringLiteral("stage")).startsWith(QStringLiteral("Restored in")));
    QVERIFY(!setup.text(QStringLiteral("stage")).contains(QStringLiteral("already sharp")));
}

QTEST_MAIN(TestProgressPanel)
#include "tst_progress_panel.moc"
