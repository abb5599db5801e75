// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/view/pictures.h"
#include "ui/view/photo_canvas.h"

#include <QTest>

using namespace limpid;
using namespace limpid::ui;

namespace {

constexpr Size pictureSize{1700, 1300};

Viewport viewportOf(QSize pane, double zoom)
{
    Viewport viewport;
    viewport.setPane(pane, 20);
    viewport.setPicture(pictureSize);
    viewport.zoomTo(zoom, viewport.middle());
    return viewport;
}

QImage painted(PhotoCanvas& canvas, const Viewport& viewport, QRect clip = {})
{
    QImage result(viewport.pane(), QImage::Format_RGB32);
    result.fill(Qt::black);
    QPainter painter(&result);
    canvas.paint(painter, QPoint(0, 0), clip.isNull() ? result.rect() : clip, viewport);
    return result;
}

/// By a canvas that has kept nothing.
QImage paintedAfresh(const Pyramid& pyramid, const Viewport& viewport)
{
    PhotoCanvas canvas;
    canvas.setPyramid(pyramid, wholeOf(pyramid.size()));
    return painted(canvas, viewport);
}

} // namespace

class TestPhotoCanvas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { pyramid_ = Pyramid::complete(variedImage(pictureSize)); }
    void aPanEqualsAFreshPainting_data();
    void aPanEqualsAFreshPainting();
    void aChangeIsShownWhereItIs_data();
    void aChangeIsShownWhereItIs();
    void paintsOnlyWhatIsAskedFor();
    void surroundsThePictureWithItsColor();
    void aDraftIsReplacedByAFinePainting();

private:
    Pyramid pyramid_;
};

void TestPhotoCanvas::aPanEqualsAFreshPainting_data()
{
    QTest::addColumn<double>("zoom");
    QTest::addColumn<QPointF>("pan");
    QTest::newRow("a little") << 1.0 << QPointF(13, -7);
    QTest::newRow("half a pixel") << 1.0 << QPointF(0.5, 0.5);
    QTest::newRow("reduced") << 0.6 << QPointF(-31, 22);
    QTest::newRow("enlarged") << 3.0 << QPointF(50, 101);
    QTest::newRow("out of sight") << 2.0 << QPointF(600, 900);
    QTest::newRow("to the border") << 1.0 << QPointF(-1e5, -1e5);
}

void TestPhotoCanvas::aPanEqualsAFreshPainting()
{
    QFETCH(double, zoom);
    QFETCH(QPointF, pan);
    Viewport viewport = viewportOf({400, 300}, zoom);
    PhotoCanvas canvas;
    canvas.setPyramid(pyramid_, wholeOf(pictureSize));
    painted(canvas, viewport);

    viewport.panBy(pan);

    QVERIFY(largestDifference(painted(canvas, viewport), paintedAfresh(pyramid_, viewport)) <= 1);
}

void TestPhotoCanvas::aChangeIsShownWhereItIs_data()
{
    QTest::addColumn<double>("zoom");
    QTest::newRow("small") << 0.2;
    QTest::newRow("reduced") << 0.7;
    QTest::newRow("100 %") << 1.0;
    QTest::newRow("smoothed") << 1.6;
    QTest::newRow("enlarged") << 6.0;
}

void TestPhotoCanvas::aChangeIsShownWhereItIs()
{
    QFETCH(double, zoom);
    const Viewport viewport = viewportOf({400, 300}, zoom);
    PhotoCanvas canvas;
    canvas.setPyramid(pyramid_, wholeOf(pictureSize));
    painted(canvas, viewport);
    const Rect area{831, 633, 41, 29};

    const Pyramid changed = pyramid_.patched({area, plainImage(area.size(), 1.0F, 0.0F, 1.0F)});
    canvas.setPyramid(changed, area);

    const QImage shown = painted(canvas, viewport);
    QVERIFY(largestDifference(shown, paintedAfresh(changed, viewport)) <= 1);
    QVERIFY(largestDifference(shown, paintedAfresh(pyramid_, viewport)) > 1);
}

void TestPhotoCanvas::paintsOnlyWhatIsAskedFor()
{
    const Viewport viewport = viewportOf({400, 300}, 1.0);
    const QImage whole = paintedAfresh(pyramid_, viewport);
    PhotoCanvas canvas;
    canvas.setPyramid(pyramid_, wholeOf(pictureSize));

    const QImage left = painted(canvas, viewport, QRect(0, 0, 150, 300));

    QCOMPARE(left.copy(0, 0, 150, 300), whole.copy(0, 0, 150, 300));
    QCOMPARE(left.pixelColor(150, 100), QColor(Qt::black));
    QCOMPARE(painted(canvas, viewport), whole);
}

void TestPhotoCanvas::surroundsThePictureWithItsColor()
{
    Viewport viewport = viewportOf({400, 300}, 1.0);
    viewport.fit();
    PhotoCanvas canvas;
    canvas.setSurround(Qt::yellow);
    QCOMPARE(painted(canvas, viewport).pixelColor(200, 150), QColor(Qt::yellow));

    canvas.setPyramid(pyramid_, wholeOf(pictureSize));
    const QImage shown = painted(canvas, viewport);
    QCOMPARE(shown.pixelColor(5, 150), QColor(Qt::yellow));
    QVERIFY(shown.pixelColor(200, 150) != QColor(Qt::yellow));

    canvas.setSurround(Qt::cyan);
    QCOMPARE(painted(canvas, viewport).pixelColor(5, 150), QColor(Qt::cyan));
}

void TestPhotoCanvas::aDraftIsReplacedByAFinePainting()
{
    const Viewport viewport = viewportOf({1900, 1200}, 0.7);
    PhotoCanvas canvas;
    canvas.setPyramid(pyramid_, wholeOf(pictureSize));

    canvas.setQuality(Quality::Draft);
    const QImage draft = painted(canvas, viewport);
    canvas.setQuality(Quality::Fine);

    const QImage fine = paintedAfresh(pyramid_, viewport);
    QVERIFY(draft != fine);
    QCOMPARE(painted(canvas, viewport), fine);
}

QTEST_GUILESS_MAIN(TestPhotoCanvas)
#include "tst_photo_canvas.moc"
