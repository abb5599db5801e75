// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vector_drawing.h"

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QTest>

using namespace limpid;

class TestVectorDrawing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void paintsShapesInTheCurrentColor();
    void refusesWhatIsNotXml();
    void refusesPathsOutsideTheSubset();
};

void TestVectorDrawing::paintsShapesInTheCurrentColor()
{
    const auto drawing = ui::VectorDrawing::fromSvg(
        "<svg><path d=\"M0 0 H24 V12 H0 Z\" fill=\"currentColor\"/></svg>");
    QImage picture(24, 24, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::white);
    QPainter painter(&picture);

    drawing.paint(painter, QRectF(0, 0, 24, 24), Qt::red);
    painter.end();

    QCOMPARE(picture.pixelColor(12, 4), QColor(Qt::red));
    QCOMPARE(picture.pixelColor(12, 20), QColor(Qt::white));
}

void TestVectorDrawing::refusesWhatIsNotXml()
{
    QVERIFY(ui::VectorDrawing::fromSvg("<svg><path").isEmpty());
}

void TestVectorDrawing::refusesPathsOutsideTheSubset()
{
    QVERIFY(ui::VectorDrawing::fromSvg("<svg><path d=\"M0 0 a1 1 0 0 1 2 2\"/></svg>").isEmpty());
}

QTEST_MAIN(TestVectorDrawing)
#include "tst_vector_drawing.moc"
