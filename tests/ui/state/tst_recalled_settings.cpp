// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"

using namespace limpid;

namespace {

const ui::RunSettings firstSettings{
    .method = "fake", .steps = 2, .seed = 5, .parameters = {{"order", 1.0}}};
const ui::RunSettings secondSettings{.method = "fake", .steps = 3, .seed = 6};

/// Two results of the whole photo, made with different settings and models.
struct Setup {
    Setup()
    {
        QObject::connect(&document(), &ui::Document::modelRecalled, &document(),
                         &ui::Document::setModel);
        document().setSettings(firstSettings);
        session.restore();
        first = document().restoration();
        document().setSettings(secondSettings);
        document().setModel("fake", "fake-s");
        session.restore();
    }

    ui::Document& document() { return session.document; }

    tests::FakeSession session;
    ui::RestorationPtr first;
};

} // namespace

class TestRecalledSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoAndRedoBringTheSettingsOfTheRunAlong();
    void theDeviceStaysAsItIs();
    void aModelThatIsGoneLeavesTheResultStale();
    void changesDuringARunStay();
    void undoOfARegionAloneLeavesTheSettings();
    void whatIsBroughtBackBringsItsSettings();
};

void TestRecalledSettings::undoAndRedoBringTheSettingsOfTheRunAlong()
{
    Setup setup;
    auto& document = setup.document();

    document.history().undo();
    QVERIFY(document.restoration() == setup.first);
    QVERIFY(document.settings() == firstSettings);
    QVERIFY(!document.isStale()); // the model is that of then, too

    document.history().redo();
    QVERIFY(document.settings() == secondSettings);
    QVERIFY(!document.isStale());
}

void TestRecalledSettings::theDeviceStaysAsItIs()
{
    Setup setup;
    auto settings = setup.document().settings();
    settings.device = "cpu";
    setup.document().setSettings(settings);
    QVERIFY(!setup.document().isStale()); // made elsewhere it would be the same

    setup.document().history().undo();

    QVERIFY(!setup.document().isStale());
    QCOMPARE(setup.document().settings().device, std::string("cpu"));
    QCOMPARE(setup.document().settings().steps, firstSettings.steps);
}

void TestRecalledSettings::aModelThatIsGoneLeavesTheResultStale()
{
    Setup setup;
    setup.document().disconnect(&setup.document()); // nobody answers with the model

    setup.document().history().undo();

    QVERIFY(setup.document().settings() == firstSettings);
    QVERIFY(setup.document().isStale());
}

void TestRecalledSettings::changesDuringARunStay()
{
    tests::FakeSession session;
    session.document.run();
    session.document.setSettings(secondSettings);
    session.control.allowAll();
    QTRY_VERIFY(session.document.restoration());

    QVERIFY(session.document.settings() == secondSettings);
    QVERIFY(session.document.isStale());
}

void TestRecalledSettings::undoOfARegionAloneLeavesTheSettings()
{
    Setup setup;
    setup.document().setRegion(region::Region{.rect = {4, 4, 8, 8}});
    setup.document().setSettings(firstSettings);

    setup.document().history().undo();

    QVERIFY(!setup.document().region());
    QVERIFY(setup.document().settings() == firstSettings);
}

void TestRecalledSettings::whatIsBroughtBackBringsItsSettings()
{
    tests::FakeSession session;
    auto made = std::make_shared<ui::Restoration>();
    made->request = {.image = session.document.photo()->image,
                     .region = {},
                     .method = "fake",
                     .steps = 3,
                     .seed = std::uint64_t{1} << 60U,
                     .parameters = {{"order", 1.0}},
                     .texts = {{"prompt", "ein Blatt"}}};

    session.document.bringBack(made, region::Region{.rect = {50, 40, 400, 400}}, 0.5F);

    QVERIFY(session.document.settings().parameters == made->request.parameters);
    QCOMPARE(session.document.settings().seed, made->request.seed);
    QCOMPARE(session.document.region()->rect, (Rect{50, 40, 14, 8})); // a photo of 64 × 48
    session.document.setRegion(std::nullopt);
    QVERIFY(!session.document.isStale()); // nothing of the request is lost
}

QTEST_GUILESS_MAIN(TestRecalledSettings)
#include "tst_recalled_settings.moc"
