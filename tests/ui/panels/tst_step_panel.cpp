// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/panels/marked_slider.h"
#include "ui/panels/step_panel.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>

using namespace limpid;

namespace {

struct Setup {
    Setup() : panel(session.document, {previous, next, keep}) { panel.show(); }

    ui::MarkedSlider& slider() { return *panel.findChild<ui::MarkedSlider*>(); }
    QString position() { return panel.findChild<QLabel*>(QStringLiteral("position"))->text(); }

    tests::FakeSession session;
    QAction previous{nullptr};
    QAction next{nullptr};
    QAction keep{nullptr};
    ui::StepPanel panel;
};

} // namespace

class TestStepPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void waitsForSteps();
    void followsTheRun();
    void cannotReachAStepThatIsNotMadeYet();
    void movingItShowsAnEarlierStep();
    void aStepCanBeKeptOnceItsFullPictureIsThere();
    void namesThePartialResultOfACancelledRun();
};

void TestStepPanel::waitsForSteps()
{
    Setup setup;

    QVERIFY(!setup.slider().isEnabled());
    QVERIFY(!setup.panel.findChild<QPushButton*>(QStringLiteral("keep"))->isEnabled());
}

void TestStepPanel::followsTheRun()
{
    Setup setup;

    setup.session.runTo(2);

    QCOMPARE(setup.position(), QStringLiteral("Step 2 of 4"));
    QCOMPARE(setup.slider().value(), 2);
}

void TestStepPanel::cannotReachAStepThatIsNotMadeYet()
{
    Setup setup;
    setup.session.runTo(2);

    setup.slider().setValue(4);

    QCOMPARE(setup.slider().value(), 2);
}

void TestStepPanel::movingItShowsAnEarlierStep()
{
    Setup setup;
    setup.session.runTo(2);

    setup.slider().setValue(0);

    QCOMPARE(setup.position(), QStringLiteral("Structure"));
    QCOMPARE(setup.session.document.steps().frame()->kind, engine::FrameKind::Guidance);
}

void TestStepPanel::aStepCanBeKeptOnceItsFullPictureIsThere()
{
    Setup setup;
    setup.session.restore();
    auto* keep = setup.panel.findChild<QPushButton*>(QStringLiteral("keep"));
    QVERIFY(!keep->isEnabled());

    setup.slider().setValue(2);

    QTRY_VERIFY(keep->isEnabled());
}

void TestStepPanel::namesThePartialResultOfACancelledRun()
{
    Setup setup;
    setup.session.runTo(2);

    setup.session.document.steps().stop();
    setup.session.document.job().cancel();

    QTRY_COMPARE(setup.position(), QStringLiteral("Partial result"));
    QCOMPARE(setup.panel.findChild<QLabel*>(QStringLiteral("quality"))->text(),
             QStringLiteral("Step 2 of 4"));
}

QTEST_MAIN(TestStepPanel)
#include "tst_step_panel.moc"
