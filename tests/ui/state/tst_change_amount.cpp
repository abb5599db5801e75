// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/region/mask.h"
#include "tests/support/fake_runner.h"
#include "ui/state/change_amount.h"

#include <QElapsedTimer>
#include <QTest>

using namespace limpid;

namespace {

image::Image plain(Size size, float value)
{
    return image::Image(size, std::vector<float>(static_cast<std::size_t>(size.area()) * 3, value));
}

/// A gray picture of which `area` became brighter by this many 8-bit levels.
ui::Restoration brightened(Size size, const Rect& area, float levels)
{
    ui::Restoration made;
    made.request.image = plain(size, 0.5F);
    made.patch = {area, plain(area.size(), 0.5F + levels / 255.0F)};
    return made;
}

} // namespace

class TestChangeAmount : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheChangeInLevels();
    void findsASmallPartThatChanged();
    void leavesOutWhatTheMaskHides();
    void measuresTinyRegions_data();
    void measuresTinyRegions();
    void isQuickForALargePhoto();
};

void TestChangeAmount::isTheChangeInLevels()
{
    const Size size{320, 200};

    QCOMPARE(ui::changeAmount(brightened(size, wholeOf(size), 0)), 0.0);
    QVERIFY(std::abs(ui::changeAmount(brightened(size, wholeOf(size), 3)) - 3.0) < 1e-3);
    QVERIFY(std::abs(ui::changeAmount(brightened(size, wholeOf(size), -3)) - 3.0) < 1e-3);
}

void TestChangeAmount::findsASmallPartThatChanged()
{
    const Size size{640, 480};
    auto made = brightened(size, wholeOf(size), 0);
    std::vector<float> pixels(made.patch.pixels.pixels().begin(), made.patch.pixels.pixels().end());
    for (int y = 100; y < 160; ++y) // a bird in the sky
        for (int i = 300 * 3; i < 380 * 3; ++i)
            pixels[static_cast<std::size_t>(y * size.width * 3 + i)] += 20.0F / 255.0F;
    made.patch.pixels = image::Image(size, std::move(pixels));

    QVERIFY(ui::changeAmount(made) > 10.0);
}

void TestChangeAmount::leavesOutWhatTheMaskHides()
{
    const Size size{200, 200};
    auto made = brightened(size, {50, 50, 100, 100}, 8);
    const region::Region elsewhere{.rect = {160, 160, 20, 20}, .featherPixels = 0};
    made.mask = std::make_shared<const region::Mask>(region::rasterize(elsewhere, size));
    QCOMPARE(ui::changeAmount(made), 0.0);

    const region::Region half{.rect = {50, 50, 50, 100}, .featherPixels = 0};
    made.mask = std::make_shared<const region::Mask>(region::rasterize(half, size));
    QVERIFY(std::abs(ui::changeAmount(made) - 8.0) < 1e-3);
}

void TestChangeAmount::measuresTinyRegions_data()
{
    QTest::addColumn<int>("side");
    for (const int side : {1, 2, 15, 17, 33})
        QTest::addRow("%d", side) << side;
}

void TestChangeAmount::measuresTinyRegions()
{
    QFETCH(int, side);

    const auto made = brightened({64, 64}, {64 - side, 0, side, side}, 5);

    QVERIFY(std::abs(ui::changeAmount(made) - 5.0) < 1e-3);
}

void TestChangeAmount::isQuickForALargePhoto()
{
    const Size size{6000, 4000};
    const auto made = brightened(size, wholeOf(size), 2);
    QElapsedTimer timer;
    timer.start();

    const double amount = ui::changeAmount(made);

    qInfo("24 megapixels in %d ms", int(timer.elapsed()));
    QVERIFY(std::abs(amount - 2.0) < 1e-3);
    QVERIFY(timer.elapsed() < 2000); // tens of milliseconds; busy machines may take more
}

QTEST_APPLESS_MAIN(TestChangeAmount)
#include "tst_change_amount.moc"
