// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/region.h"

#include <QTest>

#include <limits>

using namespace limpid;
using region::Region;

class TestRegion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clipsToThePicture_data();
    void clipsToThePicture();
    void refusesWhatCannotBeRestored_data();
    void refusesWhatCannotBeRestored();
    void reachesAsFarAsTheFeather_data();
    void reachesAsFarAsTheFeather();
    void namesTheRegionThatLiesOutside();
};

namespace {
constexpr Size picture{100, 80};
constexpr int huge = std::numeric_limits<int>::max();
} // namespace

void TestRegion::clipsToThePicture_data()
{
    QTest::addColumn<Rect>("rect");
    QTest::addColumn<Rect>("inside");
    QTest::newRow("inside") << Rect{10, 20, 30, 40} << Rect{10, 20, 30, 40};
    QTest::newRow("left and top") << Rect{-5, -6, 30, 40} << Rect{0, 0, 25, 34};
    QTest::newRow("right and bottom") << Rect{90, 70, 30, 40} << Rect{90, 70, 10, 10};
    QTest::newRow("larger") << Rect{-50, -50, 300, 300} << Rect{0, 0, 100, 80};
    QTest::newRow("corners beyond int") << Rect{90, 70, huge, huge} << Rect{90, 70, 10, 10};
}

void TestRegion::clipsToThePicture()
{
    QFETCH(Rect, rect);
    QFETCH(Rect, inside);

    const auto region = region::clipped({.rect = rect, .featherPixels = 7}, picture);

    QVERIFY(region.has_value());
    QVERIFY(region->rect == inside);
    QCOMPARE(region->featherPixels, 7);
}

void TestRegion::refusesWhatCannotBeRestored_data()
{
    QTest::addColumn<Rect>("rect");
    QTest::addColumn<int>("feather");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("no width") << Rect{10, 10, 0, 5} << 0 << ErrorCode::InvalidRequest;
    QTest::newRow("negative height") << Rect{10, 10, 5, -5} << 0 << ErrorCode::InvalidRequest;
    QTest::newRow("negative feather") << Rect{10, 10, 5, 5} << -1 << ErrorCode::InvalidRequest;
    QTest::newRow("to the right") << Rect{100, 10, 5, 5} << 9 << ErrorCode::RegionOutside;
    QTest::newRow("above") << Rect{10, -5, 5, 5} << 9 << ErrorCode::RegionOutside;
    QTest::newRow("beyond int") << Rect{huge, 10, huge, 5} << 0 << ErrorCode::RegionOutside;
}

void TestRegion::refusesWhatCannotBeRestored()
{
    QFETCH(Rect, rect);
    QFETCH(int, feather);
    QFETCH(ErrorCode, code);

    const auto region = region::clipped({.rect = rect, .featherPixels = feather}, picture);

    QVERIFY(!region.has_value());
    QCOMPARE(region.error().code, code);
}

void TestRegion::reachesAsFarAsTheFeather_data()
{
    QTest::addColumn<Rect>("rect");
    QTest::addColumn<int>("feather");
    QTest::addColumn<Rect>("reached");
    QTest::newRow("no feather") << Rect{10, 20, 30, 40} << 0 << Rect{10, 20, 30, 40};
    QTest::newRow("inside") << Rect{10, 20, 30, 40} << 5 << Rect{5, 15, 40, 50};
    QTest::newRow("clipped") << Rect{0, 20, 98, 40} << 30 << Rect{0, 0, 100, 80};
    QTest::newRow("huge feather") << Rect{10, 20, 30, 40} << huge << Rect{0, 0, 100, 80};
}

void TestRegion::reachesAsFarAsTheFeather()
{
    QFETCH(Rect, rect);
    QFETCH(int, feather);
    QFETCH(Rect, reached);

    QVERIFY(region::reach({.rect = rect, .featherPixels = feather}, picture) == reached);
}

void TestRegion::namesTheRegionThatLiesOutside()
{
    const auto region = region::clipped({.rect = {200, 10, 5, 6}, .featherPixels = 0}, picture);

    QCOMPARE(QByteArray::fromStdString(region.error().detail),
             QByteArray("region 5x6 at 200,10 outside a picture of 100x80"));
}

QTEST_APPLESS_MAIN(TestRegion)
#include "tst_region.moc"
