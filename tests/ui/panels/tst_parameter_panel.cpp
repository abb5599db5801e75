// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/slider_row.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include <set>

using namespace limpid;

namespace {

struct Setup {
    explicit Setup(const std::vector<engine::MethodSpec>& methods = {tests::fakeMethodSpec()})
        : panel(methods, session.document, draw)
    {
        panel.show();
    }

    ui::SliderRow& row(const QString& name) { return *panel.findChild<ui::SliderRow*>(name); }

    tests::FakeSession session;
    QAction draw{nullptr};
    ui::ParameterPanel panel;
};

/// The fake method under another id and with a setting that compact models refuse.
engine::MethodSpec otherMethod()
{
    auto spec = tests::fakeMethodSpec();
    spec.id = "other";
    spec.parameters.push_back({.id = "reference", .kind = engine::ParameterSpec::Kind::Toggle});
    return spec;
}

} // namespace

class TestParameterPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isBuiltFromTheDescriptionOfTheMethod();
    void startsWithTheDefaultsOfTheMethod();
    void stepsFollowTheDefaultOfAnotherModel();
    void stepsThatWereChosenStay();
    void theSameMethodAgainChangesNothing();
    void anotherMethodAndBackSetsAllBack();
    void aCompactModelHidesWhatItRefuses();
    void whatACompactModelRefusesStaysOffWhenARunIsUndone();
    void aParameterThatIsMovedGoesIntoTheSettings();
    void aParameterSetBackToItsDefaultLeavesTheSettings();
    void strengthIsLiveAndStartsNothing();
    void settingsFromElsewhereAreShownAndStay();
    void strengthFromElsewhereIsShown();
    void diceGiveAnotherSeed();
    void anUnlockedSeedIsNewForEveryRun();
    void wholePhotoForgetsTheRegion();
};

void TestParameterPanel::isBuiltFromTheDescriptionOfTheMethod()
{
    Setup setup;
    const auto spec = tests::fakeMethodSpec();

    for (const auto& parameter : spec.parameters)
        QVERIFY2(setup.panel.findChild<QWidget*>(QString::fromStdString(parameter.id)),
                 parameter.id.c_str());
    QCOMPARE(setup.panel.findChild<QComboBox*>(QStringLiteral("method"))->count(), 1);
}

void TestParameterPanel::startsWithTheDefaultsOfTheMethod()
{
    Setup setup;

    QCOMPARE(setup.session.document.settings().method, tests::fakeMethodSpec().id);
    QCOMPARE(setup.session.document.settings().steps, tests::fakeMethodSpec().defaultSteps);
    QVERIFY(setup.session.document.settings().parameters.empty());
}

void TestParameterPanel::stepsFollowTheDefaultOfAnotherModel()
{
    Setup setup;
    const auto spec = tests::fakeMethodSpec();

    setup.panel.setDefaultSteps(spec.id, spec.defaultSteps + 3);

    QCOMPARE(setup.session.document.settings().steps, spec.defaultSteps + 3);
    auto& row = setup.row(QStringLiteral("steps"));
    row.setValue(spec.minSteps);
    row.reset();
    QCOMPARE(setup.session.document.settings().steps, spec.defaultSteps + 3);
}

void TestParameterPanel::stepsThatWereChosenStay()
{
    Setup setup;
    const auto spec = tests::fakeMethodSpec();
    setup.row(QStringLiteral("steps")).setValue(spec.defaultSteps + 1);

    setup.panel.setDefaultSteps(spec.id, spec.defaultSteps + 3);

    QCOMPARE(setup.session.document.settings().steps, spec.defaultSteps + 1);
}

void TestParameterPanel::theSameMethodAgainChangesNothing()
{
    Setup setup;
    auto tuned = setup.session.document.settings();
    tuned.steps = tests::fakeMethodSpec().defaultSteps + 2;
    tuned.parameters[tests::fakeMethodSpec().parameters.front().id] = 1.0;
    setup.session.document.setSettings(tuned);

    Q_EMIT setup.panel.findChild<QComboBox*>(QStringLiteral("method"))->activated(0);

    QVERIFY(setup.session.document.settings() == tuned);
}

void TestParameterPanel::anotherMethodAndBackSetsAllBack()
{
    Setup setup({tests::fakeMethodSpec(), otherMethod()});
    auto& method = *setup.panel.findChild<QComboBox*>(QStringLiteral("method"));
    setup.panel.findChild<QCheckBox*>(QStringLiteral("tile-exact"))->toggle();
    QVERIFY(!setup.session.document.settings().parameters.empty());

    Q_EMIT method.activated(1);
    Q_EMIT method.activated(0);

    QVERIFY(setup.session.document.settings().parameters.empty());
    QVERIFY(setup.panel.findChild<QCheckBox*>(QStringLiteral("tile-exact"))->isChecked());
}

void TestParameterPanel::aCompactModelHidesWhatItRefuses()
{
    Setup setup({tests::fakeMethodSpec(), otherMethod()});
    setup.panel.setCompact("other", true);
    const auto isOffered = [&] {
        return setup.panel.findChild<QCheckBox*>(QStringLiteral("reference"))->isVisible();
    };

    Q_EMIT setup.panel.findChild<QComboBox*>(QStringLiteral("method"))->activated(1);
    QVERIFY(!isOffered());

    setup.panel.setCompact("other", false);
    QVERIFY(isOffered());
}

void TestParameterPanel::whatACompactModelRefusesStaysOffWhenARunIsUndone()
{
    Setup setup({tests::fakeMethodSpec(), otherMethod()});
    auto& document = setup.session.document;
    Q_EMIT setup.panel.findChild<QComboBox*>(QStringLiteral("method"))->activated(1);
    auto* reference = setup.panel.findChild<QCheckBox*>(QStringLiteral("reference"));
    reference->toggle();
    setup.session.restore();
    QCOMPARE(document.restoration()->request.parameters.count("reference"), std::size_t{1});
    setup.panel.setCompact("other", true); // and nobody brings the model of then back

    document.history().undo();
    document.history().redo();

    QVERIFY(document.restoration());
    QCOMPARE(document.settings().parameters.count("reference"), std::size_t{0});
    QVERIFY(!reference->isChecked() && !reference->isVisible());
}

void TestParameterPanel::aParameterThatIsMovedGoesIntoTheSettings()
{
    Setup setup;
    auto* toggle = setup.panel.findChild<QCheckBox*>(QStringLiteral("tile-exact"));
    const double before = toggle->isChecked() ? 1 : 0;

    QTest::mouseClick(toggle, Qt::LeftButton, {}, {8, toggle->height() / 2});
    setup.row(QStringLiteral("steps")).setValue(9);

    const auto& settings = setup.session.document.settings();
    QCOMPARE(settings.parameters.at("tile-exact"), 1 - before);
    QCOMPARE(settings.steps, 9);
}

void TestParameterPanel::aParameterSetBackToItsDefaultLeavesTheSettings()
{
    Setup setup;
    auto* toggle = setup.panel.findChild<QCheckBox*>(QStringLiteral("tile-exact"));

    toggle->toggle();
    toggle->toggle();

    QVERIFY(setup.session.document.settings().parameters.empty());
}

void TestParameterPanel::strengthIsLiveAndStartsNothing()
{
    Setup setup;
    setup.row(QStringLiteral("resultStrength")).setValue(40);

    QCOMPARE(setup.session.document.strength(), 0.4F);
    QVERIFY(!setup.session.document.job().active());
}

void TestParameterPanel::settingsFromElsewhereAreShownAndStay()
{
    Setup setup({tests::fakeMethodSpec(), otherMethod()});
    setup.row(QStringLiteral("strength")).setValue(0.5);
    auto& document = setup.session.document;
    const auto first = document.settings();
    const ui::RunSettings second{
        .method = "other", .steps = 9, .seed = 11, .parameters = {{"reference", 1.0}}};

    document.setSettings(second);
    QVERIFY(document.settings() == second);
    QCOMPARE(setup.panel.findChild<QComboBox*>(QStringLiteral("method"))->currentIndex(), 1);
    QCOMPARE(setup.row(QStringLiteral("steps")).value(), 9.0);
    QCOMPARE(setup.row(QStringLiteral("strength")).value(), 0.85);
    QVERIFY(setup.panel.findChild<QCheckBox*>(QStringLiteral("reference"))->isChecked());

    document.setSettings(first);
    QVERIFY(document.settings() == first);
    QCOMPARE(setup.row(QStringLiteral("strength")).value(), 0.5);
    QVERIFY(!setup.panel.findChild<QCheckBox*>(QStringLiteral("reference")));
}

void TestParameterPanel::strengthFromElsewhereIsShown()
{
    Setup setup;

    setup.session.document.setStrength(0.333F);

    QCOMPARE(setup.row(QStringLiteral("resultStrength")).value(), 33.0);
    QCOMPARE(setup.session.document.strength(), 0.333F); // and not what the slider can show of it
}

void TestParameterPanel::diceGiveAnotherSeed()
{
    Setup setup;
    auto* dice = setup.panel.findChild<QToolButton*>(QStringLiteral("dice"));
    std::set<std::uint64_t> seeds;

    for (int i = 0; i < 4; ++i) {
        QTest::mouseClick(dice, Qt::LeftButton);
        seeds.insert(setup.session.document.settings().seed);
    }

    QVERIFY(seeds.size() > 1);
}

void TestParameterPanel::anUnlockedSeedIsNewForEveryRun()
{
    Setup setup;
    auto* lock = setup.panel.findChild<QToolButton*>(QStringLiteral("lock"));
    QVERIFY(lock->isChecked());
    std::set<std::uint64_t> seeds;

    lock->click();
    for (int i = 0; i < 3; ++i) {
        setup.session.restore();
        seeds.insert(setup.session.document.restoration()->request.seed);
    }

    QVERIFY(seeds.size() > 1);
    QCOMPARE(setup.panel.findChild<QSpinBox*>(QStringLiteral("seed"))->value(),
             static_cast<int>(setup.session.document.settings().seed));
}

void TestParameterPanel::wholePhotoForgetsTheRegion()
{
    Setup setup;
    setup.session.document.setRegion(region::Region{.rect = {4, 4, 20, 10}});
    const auto* extent = setup.panel.findChild<QLabel*>(QStringLiteral("extent"));
    QVERIFY(extent->text().contains(QStringLiteral("20 × 10")));

    QTest::mouseClick(setup.panel.findChild<QPushButton*>(QStringLiteral("wholePhoto")),
                      Qt::LeftButton);

    QVERIFY(!setup.session.document.region());
}

QTEST_MAIN(TestParameterPanel)
#include "tst_parameter_panel.moc"
