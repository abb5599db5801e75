// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/panels/parameter_rows.h"

#include <QCheckBox>
#include <QComboBox>
#include <QToolButton>

using namespace limpid;

namespace {

using Kind = engine::ParameterSpec::Kind;

const std::vector<engine::ParameterSpec> specs{
    {.id = "sampler",
     .kind = Kind::Choice,
     .maximum = 2,
     .defaultValue = 1,
     .choices = {"ddpm", "ddim", "unipc"}},
    {.id = "hidden", .kind = Kind::Toggle, .advanced = true},
    {.id = "later", .kind = Kind::Toggle, .fromSteps = 2},
    {.id = "reference", .kind = Kind::Toggle},
};

struct Setup {
    Setup()
    {
        rows.build(specs);
        rows.show();
    }

    template<class Field>
    Field& field(const char* name)
    {
        return *rows.findChild<Field*>(QLatin1String(name));
    }

    tests::FakeSession session;
    ui::ParameterRows rows{session.document};
};

} // namespace

class TestParameterRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aChoiceStartsAtItsDefaultAndIsStoredAsItsIndex();
    void expertSettingsAppearWhenAskedFor();
    void settingsFromElsewhereAreShown();
    void whatChangesNothingIsDisabled();
    void whatCompactModelsRefuseIsHiddenAndOff();
};

void TestParameterRows::aChoiceStartsAtItsDefaultAndIsStoredAsItsIndex()
{
    Setup setup;
    auto& box = setup.field<QComboBox>("sampler");
    QCOMPARE(box.currentIndex(), 1);

    box.setCurrentIndex(2);
    QCOMPARE(setup.session.document.settings().parameters.at("sampler"), 2.0);

    box.setCurrentIndex(1);
    QVERIFY(setup.session.document.settings().parameters.empty());
}

void TestParameterRows::expertSettingsAppearWhenAskedFor()
{
    Setup setup;
    QVERIFY(!setup.field<QCheckBox>("hidden").isVisible());

    setup.field<QToolButton>("more").click();

    QVERIFY(setup.field<QCheckBox>("hidden").isVisible());
}

void TestParameterRows::whatChangesNothingIsDisabled()
{
    Setup setup;
    const auto choose = [&](int steps) {
        auto settings = setup.session.document.settings();
        settings.steps = steps;
        setup.session.document.setSettings(settings);
    };

    choose(1);
    QVERIFY(!setup.field<QCheckBox>("later").isEnabled());
    QVERIFY(setup.field<QComboBox>("sampler").isEnabled());

    choose(2);
    QVERIFY(setup.field<QCheckBox>("later").isEnabled());
}

void TestParameterRows::settingsFromElsewhereAreShown()
{
    Setup setup;
    auto settings = setup.session.document.settings();
    settings.parameters = {{"sampler", 0.0}, {"hidden", 1.0}};

    setup.session.document.setSettings(settings);

    QCOMPARE(setup.field<QComboBox>("sampler").currentIndex(), 0);
    QVERIFY(setup.field<QCheckBox>("hidden").isChecked());

    settings.parameters.clear(); // back at the defaults
    setup.session.document.setSettings(settings);
    QCOMPARE(setup.field<QComboBox>("sampler").currentIndex(), 1);
    QVERIFY(!setup.field<QCheckBox>("hidden").isChecked());
}

void TestParameterRows::whatCompactModelsRefuseIsHiddenAndOff()
{
    Setup setup;
    auto& reference = setup.field<QCheckBox>("reference");
    reference.setChecked(true);
    QVERIFY(setup.session.document.settings().parameters.contains("reference"));

    setup.rows.setCompact(true);
    QVERIFY(!reference.isVisible());
    QVERIFY(setup.field<QCheckBox>("later").isVisible());
    QVERIFY(!setup.session.document.settings().parameters.contains("reference"));

    setup.rows.setCompact(false);
    QVERIFY(reference.isVisible());
    QVERIFY(!reference.isChecked());
}

QTEST_MAIN(TestParameterRows)
#include "tst_parameter_rows.moc"
