// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/geometry.h"

#include <QTest>

#include <limits>

using namespace limpid;

class TestGeometry : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void areaOfTheLargestSizeFits();
    void emptinessNeedsBothSides_data();
    void emptinessNeedsBothSides();
    void containsPointsHalfOpen_data();
    void containsPointsHalfOpen();
    void intersects_data();
    void intersects();
    void unites_data();
    void unites();
    void countsFromAnotherOrigin();
    void growsOnEverySide();
    void containsRectangles();
};

void TestGeometry::areaOfTheLargestSizeFits()
{
    constexpr int most = std::numeric_limits<int>::max();

    QCOMPARE((Size{most, most}.area()), std::int64_t{most} * most);
}

void TestGeometry::emptinessNeedsBothSides_data()
{
    QTest::addColumn<Size>("size");
    QTest::addColumn<bool>("empty");
    QTest::newRow("pixel") << Size{1, 1} << false;
    QTest::newRow("no height") << Size{5, 0} << true;
    QTest::newRow("no width") << Size{0, 5} << true;
    QTest::newRow("both negative") << Size{-2, -2} << true;
}

void TestGeometry::emptinessNeedsBothSides()
{
    QFETCH(Size, size);
    QFETCH(bool, empty);

    QCOMPARE(size.isEmpty(), empty);
    QCOMPARE(wholeOf(size).isEmpty(), empty);
}

void TestGeometry::containsPointsHalfOpen_data()
{
    QTest::addColumn<Point>("point");
    QTest::addColumn<bool>("inside");
    QTest::newRow("first") << Point{10, 20} << true;
    QTest::newRow("last") << Point{39, 59} << true;
    QTest::newRow("right edge") << Point{40, 20} << false;
    QTest::newRow("bottom edge") << Point{10, 60} << false;
    QTest::newRow("left of it") << Point{9, 20} << false;
}

void TestGeometry::containsPointsHalfOpen()
{
    QFETCH(Point, point);
    QFETCH(bool, inside);

    QCOMPARE((Rect{10, 20, 30, 40}.contains(point)), inside);
}

void TestGeometry::intersects_data()
{
    QTest::addColumn<Rect>("other");
    QTest::addColumn<Rect>("common");
    QTest::newRow("itself") << Rect{10, 20, 30, 40} << Rect{10, 20, 30, 40};
    QTest::newRow("corner") << Rect{35, 50, 30, 40} << Rect{35, 50, 5, 10};
    QTest::newRow("inside") << Rect{15, 25, 5, 6} << Rect{15, 25, 5, 6};
    QTest::newRow("touching") << Rect{40, 20, 5, 5} << Rect{};
    QTest::newRow("apart") << Rect{100, 200, 5, 5} << Rect{};
}

void TestGeometry::intersects()
{
    QFETCH(Rect, other);
    QFETCH(Rect, common);
    const Rect rect{10, 20, 30, 40};

    QVERIFY(rect.intersected(other) == common);
    QVERIFY(other.intersected(rect) == common);
}

void TestGeometry::unites_data()
{
    QTest::addColumn<Rect>("other");
    QTest::addColumn<Rect>("both");
    QTest::newRow("itself") << Rect{10, 20, 30, 40} << Rect{10, 20, 30, 40};
    QTest::newRow("apart") << Rect{-5, 100, 5, 5} << Rect{-5, 20, 45, 85};
    QTest::newRow("inside") << Rect{15, 25, 5, 6} << Rect{10, 20, 30, 40};
    QTest::newRow("empty, elsewhere") << Rect{100, 200, 0, 5} << Rect{10, 20, 30, 40};
}

void TestGeometry::unites()
{
    QFETCH(Rect, other);
    QFETCH(Rect, both);
    const Rect rect{10, 20, 30, 40};

    QVERIFY(rect.united(other) == both);
    QVERIFY(other.united(rect) == both);
}

void TestGeometry::countsFromAnotherOrigin()
{
    QVERIFY((Rect{10, 20, 30, 40}.relativeTo({4, 25})) == (Rect{6, -5, 30, 40}));
}

void TestGeometry::growsOnEverySide()
{
    QVERIFY((Rect{10, 20, 30, 40}.grown(5)) == (Rect{5, 15, 40, 50}));
    QVERIFY((Rect{10, 20, 30, 40}.grown(-15)).isEmpty());
}

void TestGeometry::containsRectangles()
{
    const Rect rect{10, 20, 30, 40};

    QVERIFY(rect.contains(rect));
    QVERIFY(!rect.contains(Rect{10, 20, 31, 40}));
    QVERIFY(!rect.contains(Rect{9, 20, 5, 5}));
}

QTEST_APPLESS_MAIN(TestGeometry)
#include "tst_geometry.moc"
