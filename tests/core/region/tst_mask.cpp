// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/mask.h"

#include <QTest>

#include <cmath>

using namespace limpid;
using region::Mask;
using region::Region;

class TestMask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isFullInsideAndNothingBeyondTheFeather_data();
    void isFullInsideAndNothingBeyondTheFeather();
    void fallsSteadilyOverTheFeather();
    void isHalfwayInTheMiddleOfTheFeather();
    void doesNotFadeAtTheBorderOfThePicture();
    void isRoundAtTheCorners();
};

namespace {
constexpr Size picture{64, 48};
} // namespace

void TestMask::isFullInsideAndNothingBeyondTheFeather_data()
{
    QTest::addColumn<Rect>("rect");
    QTest::addColumn<int>("feather");
    QTest::newRow("hard edge") << Rect{10, 12, 20, 16} << 0;
    QTest::newRow("one pixel") << Rect{10, 12, 1, 1} << 3;
    QTest::newRow("feathered") << Rect{10, 12, 20, 16} << 6;
    QTest::newRow("at the border") << Rect{0, 0, 8, 48} << 6;
    QTest::newRow("feather cut off") << Rect{2, 3, 8, 40} << 16;
    QTest::newRow("whole picture") << Rect{0, 0, 64, 48} << 16;
}

void TestMask::isFullInsideAndNothingBeyondTheFeather()
{
    QFETCH(Rect, rect);
    QFETCH(int, feather);

    const Mask mask = region::rasterize({.rect = rect, .featherPixels = feather}, picture);

    QVERIFY(mask.bounds == rect.grown(feather).intersected(wholeOf(picture)));
    QCOMPARE(std::int64_t(mask.coverage.size()), mask.bounds.size().area());
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const float value = mask.at({x, y});
            QVERIFY(value >= 0.0F && value <= 1.0F);
            QCOMPARE(value == 1.0F, rect.contains(Point{x, y}));
            QVERIFY(value == 0.0F || rect.grown(feather).contains(Point{x, y}));
        }
    }
}

void TestMask::fallsSteadilyOverTheFeather()
{
    const Mask mask = region::rasterize({.rect = {20, 20, 10, 10}, .featherPixels = 12}, picture);

    for (int step = 1; step <= 12; ++step) {
        const float value = mask.at({20 - step, 25});
        QVERIFY(value < mask.at({21 - step, 25}));
        QVERIFY(value > 0.0F);
        QCOMPARE(mask.at({29 + step, 25}), value);
        QCOMPARE(mask.at({25, 20 - step}), value);
        QCOMPARE(mask.at({25, 29 + step}), value);
    }
}

void TestMask::isHalfwayInTheMiddleOfTheFeather()
{
    const Mask mask = region::rasterize({.rect = {20, 20, 10, 10}, .featherPixels = 11}, picture);

    QVERIFY(std::abs(mask.at({20 - 6, 25}) - 0.5F) < 1e-6F);
}

void TestMask::doesNotFadeAtTheBorderOfThePicture()
{
    const Mask mask = region::rasterize({.rect = {-4, 30, 20, 100}, .featherPixels = 8}, picture);

    QCOMPARE(mask.at({0, 47}), 1.0F);
    QCOMPARE(mask.at({0, 30}), 1.0F);
    QCOMPARE(mask.at({15, 47}), 1.0F);
    QVERIFY(mask.at({0, 29}) < 1.0F);
    QVERIFY(mask.at({16, 47}) < 1.0F);
}

void TestMask::isRoundAtTheCorners()
{
    const Mask mask = region::rasterize({.rect = {20, 20, 10, 10}, .featherPixels = 9}, picture);

    QCOMPARE(mask.at({20 - 9, 20 - 9}), 0.0F);
    QCOMPARE(mask.at({20 - 3, 20 - 4}), mask.at({20 - 5, 20}));
}

QTEST_APPLESS_MAIN(TestMask)
#include "tst_mask.moc"
