// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/context.h"

#include <QTest>

using namespace limpid;
using region::contextFor;
using region::Region;

class TestContext : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsTheRegionAndItsMargin_data();
    void holdsTheRegionAndItsMargin();
    void startsOnTheMultipleAwayFromTheBorder();
    void growsWithTheRegion();
    void isShiftedNotShrunkAtTheBorder();
    void takesAllOfASmallPicture();
};

void TestContext::holdsTheRegionAndItsMargin_data()
{
    QTest::addColumn<Region>("region");
    QTest::addColumn<Size>("picture");
    const Size large{2003, 1501};
    QTest::newRow("in the middle") << Region{{900, 700, 100, 90}, 16} << large;
    QTest::newRow("top left") << Region{{0, 0, 33, 17}, 0} << large;
    QTest::newRow("bottom right") << Region{{1990, 1490, 13, 11}, 24} << large;
    QTest::newRow("one pixel") << Region{{1001, 751, 1, 1}, 0} << large;
    QTest::newRow("a wide strip") << Region{{3, 700, 1997, 20}, 5} << large;
    QTest::newRow("whole picture") << Region{{0, 0, 2003, 1501}, 5} << large;
    QTest::newRow("prime picture") << Region{{40, 40, 9, 9}, 2} << Size{211, 199};
}

void TestContext::holdsTheRegionAndItsMargin()
{
    QFETCH(Region, region);
    QFETCH(Size, picture);

    const Rect context = contextFor(region, picture, {.marginPixels = 64, .multipleOf = 16});

    const Rect wanted = region::reach(region, picture).grown(64).intersected(wholeOf(picture));
    QVERIFY(context.contains(wanted));
    QVERIFY(wholeOf(picture).contains(context));
    QVERIFY(context.width % 16 == 0 || context.width == picture.width);
    QVERIFY(context.height % 16 == 0 || context.height == picture.height);
}

void TestContext::startsOnTheMultipleAwayFromTheBorder()
{
    const Rect context = contextFor({.rect = {901, 703, 100, 90}, .featherPixels = 0}, {4000, 3000},
                                    {.marginPixels = 64, .multipleOf = 16});

    QVERIFY(context == (Rect{832, 624, 240, 240}));
}

void TestContext::growsWithTheRegion()
{
    const Rect context = contextFor({.rect = {1600, 1200, 800, 400}, .featherPixels = 0},
                                    {4000, 3000}, {.marginPixels = 64, .multipleOf = 1});

    QVERIFY(context == (Rect{1300, 900, 1400, 1000}));
}

void TestContext::isShiftedNotShrunkAtTheBorder()
{
    const Rect context = contextFor({.rect = {990, 0, 10, 10}, .featherPixels = 0}, {1000, 1000},
                                    {.marginPixels = 60, .multipleOf = 32});

    QVERIFY(context == (Rect{1000 - 96, 0, 96, 96}));
}

void TestContext::takesAllOfASmallPicture()
{
    const Rect context = contextFor({.rect = {5, 5, 10, 10}, .featherPixels = 0}, {37, 600},
                                    {.marginPixels = 64, .multipleOf = 16});

    QCOMPARE(context.x, 0);
    QCOMPARE(context.width, 37);
    QCOMPARE(context.height % 16, 0);
}

QTEST_APPLESS_MAIN(TestContext)
#include "tst_context.moc"
