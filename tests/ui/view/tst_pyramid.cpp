// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/view/pictures.h"
#include "ui/state/qt_image.h"
#include "ui/view/image_pyramid.h"
#include "ui/view/pyramid_painter.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace limpid;
using namespace limpid::ui;

namespace {

/// What halving means, pixel by pixel.
QImage halved(const QImage& image)
{
    QImage result((image.width() + 1) / 2, (image.height() + 1) / 2, QImage::Format_RGB32);
    const auto at = [&](int x, int y) {
        return image.pixel(std::min(x, image.width() - 1), std::min(y, image.height() - 1));
    };
    for (int y = 0; y < result.height(); ++y)
        for (int x = 0; x < result.width(); ++x) {
            const std::array four{at(2 * x, 2 * y), at(2 * x + 1, 2 * y), at(2 * x, 2 * y + 1),
                                  at(2 * x + 1, 2 * y + 1)};
            int red = 2, green = 2, blue = 2;
            for (const QRgb pixel : four) {
                red += qRed(pixel);
                green += qGreen(pixel);
                blue += qBlue(pixel);
            }
            result.setPixel(x, y, qRgb(red / 4, green / 4, blue / 4));
        }
    return result;
}

region::Patch patchAt(Point at, Size size)
{
    return {{at.x, at.y, size.width, size.height}, variedImage(size, 77)};
}

} // namespace

class TestPyramid : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clampsAndRoundsToEightBits();
    void levelsAreTheHalvedPicture_data();
    void levelsAreTheHalvedPicture();
    void aPatchEqualsACompleteRebuild_data();
    void aPatchEqualsACompleteRebuild();
    void sharesWhatAPatchDoesNotTouch();
    void choosesTheLevelForTheZoom();
    void theQuickLookHasOneLevelOfTheRightSize();
    void drawsPixelForPixelAtFullSize();
    void drawsSquaresWhenEnlarged();
    void partsDrawnAloneFitTogether_data();
    void partsDrawnAloneFitTogether();
    void showsABuiltPictureAndThenAPatch();
    void followsItsBase();
    void theNewestReplacementWins();
    void aNewPictureForgetsTheOldOne();
};

void TestPyramid::clampsAndRoundsToEightBits()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const image::Image image({3, 1}, {-0.5F, 0.0F, 0.4F, 1.0F, 7.0F, 0.5F, nan, 0.999F, 0.0019F});

    const QImage result = toQImage(image);

    QCOMPARE(result.pixel(0, 0), qRgb(0, 0, 102));
    QCOMPARE(result.pixel(1, 0), qRgb(255, 255, 128));
    QCOMPARE(result.pixel(2, 0), qRgb(0, 255, 0));
}

void TestPyramid::levelsAreTheHalvedPicture_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("one tile") << QSize(500, 300);
    QTest::newRow("odd sizes") << QSize(1231, 777);
    QTest::newRow("one pixel over a tile") << QSize(513, 1025);
    QTest::newRow("a thin line") << QSize(1, 1500);
}

void TestPyramid::levelsAreTheHalvedPicture()
{
    QFETCH(QSize, size);
    const image::Image image = variedImage({size.width(), size.height()});

    const Pyramid pyramid = Pyramid::complete(image);

    QImage expected = toQImage(image);
    for (int level = 0; level < pyramid.levelCount(); ++level) {
        QCOMPARE(pyramid.level(level), expected);
        expected = halved(expected);
    }
    const Size last = pyramid.levelSize(pyramid.levelCount() - 1);
    QVERIFY(last.width <= Pyramid::tileSide && last.height <= Pyramid::tileSide);
}

void TestPyramid::aPatchEqualsACompleteRebuild_data()
{
    QTest::addColumn<QRect>("area");
    QTest::newRow("inside a tile") << QRect(11, 23, 101, 57);
    QTest::newRow("over tile borders") << QRect(501, 499, 99, 200);
    QTest::newRow("one odd pixel") << QRect(777, 333, 1, 1);
    QTest::newRow("to the last pixel") << QRect(1200, 700, 31, 77);
    QTest::newRow("whole") << QRect(0, 0, 1231, 777);
}

void TestPyramid::aPatchEqualsACompleteRebuild()
{
    QFETCH(QRect, area);
    const image::Image image = variedImage({1231, 777});
    const region::Patch patch = patchAt({area.x(), area.y()}, {area.width(), area.height()});
    std::vector<float> pixels(image.pixels().begin(), image.pixels().end());
    for (int y = 0; y < area.height(); ++y)
        std::ranges::copy(patch.pixels.row(y),
                          pixels.begin() + 3 * (std::ptrdiff_t{1231} * (area.y() + y) + area.x()));

    const Pyramid patched = Pyramid::complete(image).patched(patch);

    const Pyramid rebuilt = Pyramid::complete(image::Image({1231, 777}, std::move(pixels)));
    for (int level = 0; level < rebuilt.levelCount(); ++level)
        QCOMPARE(patched.level(level), rebuilt.level(level));
}

void TestPyramid::sharesWhatAPatchDoesNotTouch()
{
    const Pyramid before = Pyramid::complete(variedImage({1600, 600}));

    const Pyramid after = before.patched(patchAt({10, 10}, {100, 100}));

    QVERIFY(after.tile(0, 0, 0).cacheKey() != before.tile(0, 0, 0).cacheKey());
    QCOMPARE(after.tile(0, 2, 0).cacheKey(), before.tile(0, 2, 0).cacheKey());
    QCOMPARE(after.tile(1, 1, 0).cacheKey(), before.tile(1, 1, 0).cacheKey());
}

void TestPyramid::choosesTheLevelForTheZoom()
{
    const Pyramid pyramid = Pyramid::complete(variedImage({2100, 300}));

    QCOMPARE(pyramid.levelFor(8.0), 0);
    QCOMPARE(pyramid.levelFor(1.0), 0);
    QCOMPARE(pyramid.levelFor(0.51), 0);
    QCOMPARE(pyramid.levelFor(0.5), 1);
    QCOMPARE(pyramid.levelFor(0.2), 2);
    QCOMPARE(pyramid.levelFor(0.001), pyramid.levelCount() - 1);
}

void TestPyramid::theQuickLookHasOneLevelOfTheRightSize()
{
    const image::Image image = plainImage({2501, 1801}, 1.0F, 0.0F, 0.0F);

    const Pyramid quick = Pyramid::quick(image);

    QVERIFY(!quick.isComplete());
    QCOMPARE(quick.size(), image.size());
    const int level = quick.levelFor(1.0);
    QCOMPARE(quick.levelFor(0.01), level);
    QCOMPARE(quick.level(level).size(), QSize(1251, 901));
    QCOMPARE(quick.level(level).pixel(1250, 900), qRgb(255, 0, 0));
}

void TestPyramid::drawsPixelForPixelAtFullSize()
{
    const image::Image image = variedImage({900, 700});
    Viewport viewport;
    viewport.setPane({300, 200}, 0);
    viewport.setPicture(image.size());
    viewport.zoomTo(1.0, {150, 100});
    QImage pane(300, 200, QImage::Format_RGB32);

    drawPyramid(pane, pane.rect(), Pyramid::complete(image), viewport);

    const QPoint at = -viewport.origin();
    QCOMPARE(pane, toQImage(image, {at.x(), at.y(), 300, 200}));
}

void TestPyramid::drawsSquaresWhenEnlarged()
{
    const image::Image image = variedImage({600, 600});
    Viewport viewport;
    viewport.setPane({160, 160}, 0);
    viewport.setPicture(image.size());
    viewport.zoomTo(16.0, viewport.middle());
    QImage pane(160, 160, QImage::Format_RGB32);

    drawPyramid(pane, pane.rect(), Pyramid::complete(image), viewport);

    const QPointF pixel = viewport.toImage(QPointF(83, 47));
    const QPoint corner = viewport.toPane(QPointF(int(pixel.x()), int(pixel.y()))).toPoint();
    const QRgb expected = toQImage(image).pixel(int(pixel.x()), int(pixel.y()));
    QCOMPARE(pane.pixel(corner), expected);
    QCOMPARE(pane.pixel(corner + QPoint(15, 15)), expected);
}

void TestPyramid::partsDrawnAloneFitTogether_data()
{
    QTest::addColumn<double>("zoom");
    QTest::newRow("small") << 0.31;
    QTest::newRow("100 %") << 1.0;
    QTest::newRow("odd and large") << 5.3;
}

void TestPyramid::partsDrawnAloneFitTogether()
{
    QFETCH(double, zoom);
    const Pyramid pyramid = Pyramid::complete(variedImage({2000, 1500}));
    Viewport viewport;
    viewport.setPane({400, 300}, 0);
    viewport.setPicture(pyramid.size());
    viewport.zoomTo(zoom, {17, 280});
    QImage whole(400, 300, QImage::Format_RGB32);
    QImage parts = whole;

    drawPyramid(whole, whole.rect(), pyramid, viewport);
    drawPyramid(parts, QRect(0, 0, 123, 300), pyramid, viewport);
    drawPyramid(parts, QRect(123, 0, 277, 150), pyramid, viewport);
    drawPyramid(parts, QRect(123, 150, 277, 150), pyramid, viewport);

    // QPainter's interpolation starts its fixed-point steps at the clip.
    QVERIFY(largestDifference(parts, whole) <= 1);
}

void TestPyramid::showsABuiltPictureAndThenAPatch()
{
    ImagePyramid before;
    ImagePyramid pyramid(&before);
    QSignalSpy changed(&pyramid, &ImagePyramid::changed);
    before.setImage(plainImage({1500, 1000}, 0.0F, 0.0F, 0.0F), ImagePyramid::FirstLook::Coarse);
    pyramid.replace([] {
        return std::vector<region::Patch>{
            {{40, 50, 10, 10}, plainImage({10, 10}, 1.0F, 1.0F, 1.0F)}};
    });

    QTRY_VERIFY(!pyramid.isBusy());

    QCOMPARE(qvariant_cast<Rect>(changed.constLast().constFirst()), (Rect{40, 50, 10, 10}));
    const QImage shown = pyramid.pyramid().level(0);
    QCOMPARE(shown.pixel(40, 50), qRgb(255, 255, 255));
    QCOMPARE(shown.pixel(39, 50), qRgb(0, 0, 0));
}

void TestPyramid::followsItsBase()
{
    ImagePyramid before;
    ImagePyramid after(&before);
    before.setImage(plainImage({300, 200}, 1.0F, 0.0F, 0.0F), ImagePyramid::FirstLook::None);

    QTRY_VERIFY(after.pyramid().isComplete());
    QCOMPARE(after.pyramid().tile(0, 0, 0).cacheKey(), before.pyramid().tile(0, 0, 0).cacheKey());

    after.setImage(plainImage({300, 200}, 0.0F, 1.0F, 0.0F), ImagePyramid::FirstLook::None);
    QTRY_COMPARE(after.pyramid().level(0).pixel(5, 5), qRgb(0, 255, 0));
    QCOMPARE(before.pyramid().level(0).pixel(5, 5), qRgb(255, 0, 0));

    after.reset();
    QCOMPARE(after.pyramid().level(0).pixel(5, 5), qRgb(255, 0, 0));
}

void TestPyramid::theNewestReplacementWins()
{
    ImagePyramid before;
    ImagePyramid after(&before);
    before.setImage(plainImage({300, 200}, 0.0F, 0.0F, 0.0F), ImagePyramid::FirstLook::None);
    const auto whiteAt = [](int x) {
        return [x] {
            return std::vector<region::Patch>{{{x, 0, 9, 9}, plainImage({9, 9}, 1.0F, 1.0F, 1.0F)}};
        };
    };

    after.replace(whiteAt(0));
    after.replace(whiteAt(100));
    after.replace(whiteAt(200));
    QTRY_VERIFY(!after.isBusy());

    const QImage shown = after.pyramid().level(0);
    QCOMPARE(shown.pixel(204, 4), qRgb(255, 255, 255));
    QCOMPARE(shown.pixel(4, 4), qRgb(0, 0, 0));
    QCOMPARE(shown.pixel(104, 4), qRgb(0, 0, 0));
}

void TestPyramid::aNewPictureForgetsTheOldOne()
{
    ImagePyramid pyramid;
    pyramid.setImage(plainImage({1500, 1200}, 1.0F, 0.0F, 0.0F), ImagePyramid::FirstLook::Coarse);
    pyramid.setImage(plainImage({700, 500}, 0.0F, 0.0F, 1.0F), ImagePyramid::FirstLook::Coarse);

    QTRY_VERIFY(!pyramid.isBusy());

    QCOMPARE(pyramid.pyramid().size(), (Size{700, 500}));
    QCOMPARE(pyramid.pyramid().level(0).pixel(699, 499), qRgb(0, 0, 255));
}

QTEST_GUILESS_MAIN(TestPyramid)
#include "tst_pyramid.moc"
