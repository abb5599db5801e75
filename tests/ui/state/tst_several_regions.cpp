// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_runner.h"
#include "tests/ui/fake_session.h"
#include "ui/state/document.h"

#include <QTest>

using namespace limpid;

namespace {

// Of a photo of 64 × 48 pixels; they do not touch.
const region::Region middle{.rect = {16, 8, 32, 32}, .featherPixels = 4};
const region::Region corner{.rect = {0, 0, 8, 8}, .featherPixels = 2};

using Session = tests::FakeSession;

} // namespace

class TestSeveralRegions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aRegionApartMakesNothingStale();
    void anotherRegionIsRestoredBesideTheFirst();
    void theSameRegionIsRestoredAnew();
    void aRegionAroundAnotherTakesItsPlace();
    void theWholePhotoTakesThePlaceOfItsRegions();
};

void TestSeveralRegions::aRegionApartMakesNothingStale()
{
    Session session;
    session.document.setRegion(middle);
    session.restore();

    session.document.setRegion(corner);
    QVERIFY(!session.document.isStale());

    session.document.setRegion(middle);
    QVERIFY(!session.document.isStale());
}

void TestSeveralRegions::anotherRegionIsRestoredBesideTheFirst()
{
    Session session;
    session.document.setRegion(middle);
    session.restore();
    const auto first = session.document.restoration();
    session.document.setRegion(corner);
    session.restore();

    const auto made = session.document.restoration();
    const auto layers = ui::layersOf(made);

    QCOMPARE(layers.size(), std::size_t{2});
    QVERIFY(layers.front() == first->layer());
    QVERIFY(layers.back() == made->layer());
    QVERIFY(made->request.region == corner);
    QVERIFY(made->request.image == session.document.photo()->image); // nothing is restored twice
    session.document.history().undo();
    QCOMPARE(session.document.restoration(), first);
}

void TestSeveralRegions::theSameRegionIsRestoredAnew()
{
    Session session;
    session.document.setRegion(corner);
    session.restore();
    session.document.setRegion(middle);
    session.restore();
    const auto first = session.document.restoration();
    session.restore();
    session.document.setRegion(corner);
    session.restore();

    const auto layers = ui::layersOf(session.document.restoration());

    QCOMPARE(layers.size(), std::size_t{2});
    QVERIFY(layers.front().patch.area == first->patch.area);
    QVERIFY(!(layers.front() == first->layer()));
    QVERIFY(layers.back() == session.document.restoration()->layer());
}

void TestSeveralRegions::aRegionAroundAnotherTakesItsPlace()
{
    Session session;
    session.document.setRegion(middle);
    session.restore();
    auto around = middle;
    around.rect.width += 1;
    around.featherPixels = 0; // so that the rim of the first would be seen
    session.document.setRegion(around);
    session.restore();
    QCOMPARE(ui::layersOf(session.document.restoration()).size(), std::size_t{1});

    session.document.setRegion(middle);
    session.restore();

    QCOMPARE(ui::layersOf(session.document.restoration()).size(), std::size_t{2});
}

void TestSeveralRegions::theWholePhotoTakesThePlaceOfItsRegions()
{
    Session session;
    session.document.setRegion(middle);
    session.restore();
    session.document.setRegion(std::nullopt);
    session.restore();
    QCOMPARE(ui::layersOf(session.document.restoration()).size(), std::size_t{1});

    session.document.setRegion(middle);
    session.restore();

    QCOMPARE(ui::layersOf(session.document.restoration()).size(), std::size_t{2});
}

QTEST_GUILESS_MAIN(TestSeveralRegions)
#include "tst_several_regions.moc"
