// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/viewport.h"

#include <QTest>

using namespace limpid;
using limpid::ui::Viewport;

namespace {

Viewport viewportOf(Size picture, QSize pane, int margin = 0)
{
    Viewport viewport;
    viewport.setPane(pane, margin);
    viewport.setPicture(picture);
    return viewport;
}

bool near(QPointF a, QPointF b, double reach)
{
    return std::abs(a.x() - b.x()) <= reach && std::abs(a.y() - b.y()) <= reach;
}

} // namespace

class TestViewport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsThePictureIntoThePane_data();
    void fitsThePictureIntoThePane();
    void staysAtFitWhenThePaneChanges();
    void keepsTheMiddleWhenThePaneChanges();
    void keepsTheImagePointUnderThePointer_data();
    void keepsTheImagePointUnderThePointer();
    void drawsOnWholePixels();
    void convertsThereAndBack_data();
    void convertsThereAndBack();
    void centersAPictureSmallerThanThePane();
    void cannotPanThePictureOutOfThePane_data();
    void cannotPanThePictureOutOfThePane();
    void limitsTheZoom();
    void doesNotJumpOverWholePixels();
    void stepsThroughTheUsualFactors();
    void anotherSizeStartsAtFit();
    void survivesAnEmptyPictureAndPane();
};

void TestViewport::fitsThePictureIntoThePane_data()
{
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<double>("zoom");
    QTest::addColumn<QRect>("place");
    QTest::newRow("landscape") << QSize(2000, 1000) << 0.5 << QRect(10, 60, 1000, 500);
    QTest::newRow("portrait") << QSize(1200, 2400) << 0.25 << QRect(360, 10, 300, 600);
    QTest::newRow("tiny") << QSize(10, 10) << Viewport::maximumFitZoom << QRect(490, 290, 40, 40);
}

void TestViewport::fitsThePictureIntoThePane()
{
    QFETCH(QSize, picture);

    const Viewport viewport = viewportOf({picture.width(), picture.height()}, {1020, 620}, 10);

    QVERIFY(viewport.isFit());
    QTEST(viewport.zoom(), "zoom");
    QTEST(viewport.pictureRect(), "place");
}

void TestViewport::staysAtFitWhenThePaneChanges()
{
    Viewport viewport = viewportOf({1000, 1000}, {500, 500});

    viewport.setPane({250, 800}, 0);

    QVERIFY(viewport.isFit());
    QCOMPARE(viewport.zoom(), 0.25);
}

void TestViewport::keepsTheMiddleWhenThePaneChanges()
{
    Viewport viewport = viewportOf({4000, 3000}, {800, 600});
    viewport.zoomTo(2.0, {123, 456});
    const QPointF middle = viewport.toImage(viewport.middle());

    viewport.setPane({400, 600}, 0);

    QCOMPARE(viewport.zoom(), 2.0);
    QVERIFY(near(viewport.toImage(viewport.middle()), middle, 0.5));
}

void TestViewport::keepsTheImagePointUnderThePointer_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::addColumn<QPointF>("pointer");
    QTest::newRow("in from fit") << 0.2 << 1.0 << QPointF(400, 300);
    QTest::newRow("in near a corner") << 0.5 << 0.625 << QPointF(5, 595);
    QTest::newRow("far in") << 1.0 << 32.0 << QPointF(799, 1);
    QTest::newRow("out") << 4.0 << 1.3 << QPointF(217.5, 480.25);
}

void TestViewport::keepsTheImagePointUnderThePointer()
{
    QFETCH(double, from);
    QFETCH(double, to);
    QFETCH(QPointF, pointer);
    Viewport viewport = viewportOf({4000, 3000}, {800, 600});
    viewport.zoomTo(from, viewport.middle());
    const QPointF point = viewport.toImage(pointer);

    viewport.zoomTo(to, pointer);

    // Both places are rounded to whole device pixels: half a pixel before, half a pixel after.
    QVERIFY2(near(viewport.toPane(point), pointer, 0.5 * to / from + 0.51),
             qPrintable(QStringLiteral("%1 %2")
                            .arg(viewport.toPane(point).x())
                            .arg(viewport.toPane(point).y())));
}

void TestViewport::drawsOnWholePixels()
{
    Viewport viewport = viewportOf({4000, 3000}, {801, 599});
    viewport.zoomTo(1.0, {33.3, 44.4});

    viewport.panBy({0.4, 0.7});

    const QPointF corner = viewport.toPane(QPointF(1000, 1000));
    QCOMPARE(corner, QPointF(corner.toPoint()));
}

void TestViewport::convertsThereAndBack_data()
{
    QTest::addColumn<double>("zoom");
    QTest::newRow("a quarter") << 0.25;
    QTest::newRow("100 %") << 1.0;
    QTest::newRow("odd") << 3.7;
    QTest::newRow("3200 %") << 32.0;
}

void TestViewport::convertsThereAndBack()
{
    QFETCH(double, zoom);
    Viewport viewport = viewportOf({4000, 3000}, {800, 600});
    viewport.zoomTo(zoom, {100, 500});

    const QPointF point(1234.5, 678.25);

    QVERIFY(near(viewport.toImage(viewport.toPane(point)), point, 1e-6));
}

void TestViewport::centersAPictureSmallerThanThePane()
{
    Viewport viewport = viewportOf({400, 300}, {1000, 1000});
    viewport.zoomTo(1.0, {0, 0});

    viewport.panBy({300, -200});

    QCOMPARE(viewport.pictureRect(), QRect(300, 350, 400, 300));
}

void TestViewport::cannotPanThePictureOutOfThePane_data()
{
    QTest::addColumn<QPointF>("pan");
    QTest::addColumn<QPoint>("origin");
    QTest::newRow("right and down") << QPointF(1e6, 1e6) << QPoint(20, 20);
    QTest::newRow("left and up") << QPointF(-1e6, -1e6) << QPoint(800 - 20 - 4000, 600 - 20 - 3000);
}

void TestViewport::cannotPanThePictureOutOfThePane()
{
    QFETCH(QPointF, pan);
    Viewport viewport = viewportOf({4000, 3000}, {800, 600}, 20);
    viewport.zoomTo(1.0, viewport.middle());

    viewport.panBy(pan);

    QTEST(viewport.origin(), "origin");
}

void TestViewport::limitsTheZoom()
{
    Viewport viewport = viewportOf({4000, 3000}, {800, 600});

    viewport.zoomTo(1e9, viewport.middle());
    QCOMPARE(viewport.zoom(), Viewport::maximumZoom);

    viewport.zoomTo(1e-9, viewport.middle());
    QCOMPARE(viewport.zoom(), viewport.minimumZoom());
    QVERIFY(viewport.minimumZoom() < viewport.fitZoom());
}

void TestViewport::doesNotJumpOverWholePixels()
{
    Viewport viewport = viewportOf({4000, 3000}, {800, 600});
    viewport.zoomTo(0.9, viewport.middle());

    viewport.zoomBy(1.25, viewport.middle());
    QCOMPARE(viewport.zoom(), 1.0);

    viewport.zoomBy(1.25, viewport.middle());
    QCOMPARE(viewport.zoom(), 1.25);

    viewport.zoomTo(0.22, viewport.middle());
    viewport.zoomBy(0.8, viewport.middle());
    QVERIFY(viewport.isFit());
}

void TestViewport::stepsThroughTheUsualFactors()
{
    Viewport viewport = viewportOf({4000, 3000}, {800, 600});
    viewport.zoomTo(0.7, viewport.middle());

    viewport.zoomStep(+1, viewport.middle());
    QCOMPARE(viewport.zoom(), 1.0);

    viewport.zoomStep(+1, viewport.middle());
    QCOMPARE(viewport.zoom(), 1.5);

    viewport.zoomStep(-1, viewport.middle());
    viewport.zoomStep(-1, viewport.middle());
    QCOMPARE(viewport.zoom(), 2.0 / 3.0);
}

void TestViewport::anotherSizeStartsAtFit()
{
    Viewport viewport = viewportOf({4000, 3000}, {800, 600});
    viewport.zoomTo(2.0, {0, 0});

    viewport.setPicture({4000, 3000});
    QCOMPARE(viewport.zoom(), 2.0);

    viewport.setPicture({800, 600});
    QVERIFY(viewport.isFit());
    QCOMPARE(viewport.zoom(), 1.0);
}

void TestViewport::survivesAnEmptyPictureAndPane()
{
    Viewport viewport = viewportOf({}, {0, 0}, 10);

    viewport.zoomBy(1.25, {3, 4});
    viewport.panBy({5, 5});
    viewport.setPicture({100, 100});

    QVERIFY(viewport.zoom() > 0.0);
    QVERIFY(viewport.isFit());
}

QTEST_APPLESS_MAIN(TestViewport)
#include "tst_viewport.moc"
