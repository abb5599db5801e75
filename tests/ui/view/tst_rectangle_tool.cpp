// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/rectangle_tool.h"

#include <QTest>

using namespace limpid;
using namespace limpid::ui;

namespace {

/// A picture of 400 × 300 whose pixels are device pixels of the view.
struct Desk {
    Viewport viewport;
    RectangleTool tool;

    Desk()
    {
        viewport.setPane({400, 300}, 0);
        viewport.setPicture({400, 300});
        tool.setPicture({400, 300});
        tool.setFeather(5);
    }

    PaneMap map() const { return {viewport, QPoint(0, 0), 1.0}; }

    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        tool.press(map(), {from, modifiers});
        tool.move(map(), {(from + to) / 2.0, modifiers});
        tool.move(map(), {to, modifiers});
        tool.release();
    }
};

QRect shape(const RectangleTool& tool)
{
    const Rect rect = tool.region() ? tool.region()->rect : Rect{};
    return {rect.x, rect.y, rect.width, rect.height};
}

} // namespace

class TestRectangleTool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draws_data();
    void draws();
    void changes_data();
    void changes();
    void aClickChangesNothing();
    void escapeBringsBackWhatWas();
    void keysMoveAndRemove_data();
    void keysMoveAndRemove();
    void keysDoNotMakeItSmallerThanCanBeHeld();
    void returnMakesOneInTheMiddleOfWhatIsSeen();
    void theCursorTellsWhatIsHeld_data();
    void theCursorTellsWhatIsHeld();
    void handlesAreAsLargeOnEveryScreen();
    void smallRectanglesCanStillBeMoved();
    void keepsTheFeather();
};

void TestRectangleTool::draws_data()
{
    QTest::addColumn<QPointF>("from");
    QTest::addColumn<QPointF>("to");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QRect>("expected");
    const int none = Qt::NoModifier;
    const int shift = Qt::ShiftModifier;
    const int alt = Qt::AltModifier;
    QTest::newRow("down right") << QPointF(10, 20) << QPointF(110, 80) << none
                                << QRect(10, 20, 100, 60);
    QTest::newRow("up left") << QPointF(110, 80) << QPointF(10, 20) << none
                             << QRect(10, 20, 100, 60);
    QTest::newRow("beyond the border")
        << QPointF(350, 250) << QPointF(900, 900) << none << QRect(350, 250, 50, 50);
    QTest::newRow("from outside") << QPointF(-30, -30) << QPointF(40, 50) << none
                                  << QRect(0, 0, 40, 50);
    QTest::newRow("square") << QPointF(10, 20) << QPointF(110, 50) << shift
                            << QRect(10, 20, 100, 100);
    QTest::newRow("square at the border")
        << QPointF(200, 250) << QPointF(350, 260) << shift << QRect(200, 250, 50, 50);
    QTest::newRow("from the center")
        << QPointF(100, 100) << QPointF(130, 120) << alt << QRect(70, 80, 60, 40);
    QTest::newRow("square from the center")
        << QPointF(100, 100) << QPointF(130, 110) << (alt | shift) << QRect(70, 70, 60, 60);
    QTest::newRow("never too small")
        << QPointF(100, 100) << QPointF(104, 101) << none << QRect(100, 100, 8, 8);
}

void TestRectangleTool::draws()
{
    QFETCH(QPointF, from);
    QFETCH(QPointF, to);
    QFETCH(int, modifiers);
    Desk desk;

    desk.drag(from, to, Qt::KeyboardModifiers(modifiers));

    QTEST(shape(desk.tool), "expected");
    QCOMPARE(desk.tool.region()->featherPixels, 5);
}

void TestRectangleTool::changes_data()
{
    QTest::addColumn<QPointF>("from");
    QTest::addColumn<QPointF>("to");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QRect>("expected");
    const int none = Qt::NoModifier;
    QTest::newRow("moved") << QPointF(200, 150) << QPointF(210, 145) << none
                           << QRect(110, 95, 200, 100);
    QTest::newRow("moved to the border")
        << QPointF(200, 150) << QPointF(-500, 900) << none << QRect(0, 200, 200, 100);
    QTest::newRow("left") << QPointF(100, 150) << QPointF(90, 200) << none
                          << QRect(90, 100, 210, 100);
    QTest::newRow("right") << QPointF(301, 150) << QPointF(321, 200) << none
                           << QRect(100, 100, 220, 100);
    QTest::newRow("top") << QPointF(200, 100) << QPointF(250, 70) << none
                         << QRect(100, 70, 200, 130);
    QTest::newRow("bottom") << QPointF(200, 200) << QPointF(250, 230) << none
                            << QRect(100, 100, 200, 130);
    QTest::newRow("top left") << QPointF(98, 98) << QPointF(78, 88) << none
                              << QRect(80, 90, 220, 110);
    QTest::newRow("bottom right") << QPointF(300, 200) << QPointF(260, 180) << none
                                  << QRect(100, 100, 160, 80);
    QTest::newRow("over the other side")
        << QPointF(300, 150) << QPointF(60, 150) << none << QRect(60, 100, 40, 100);
    QTest::newRow("both sides") << QPointF(300, 150) << QPointF(320, 150) << int(Qt::AltModifier)
                                << QRect(80, 100, 240, 100);
    QTest::newRow("square") << QPointF(300, 200) << QPointF(280, 210) << int(Qt::ShiftModifier)
                            << QRect(100, 100, 180, 180);
    QTest::newRow("a new one") << QPointF(20, 20) << QPointF(60, 50) << none
                               << QRect(20, 20, 40, 30);
}

void TestRectangleTool::changes()
{
    QFETCH(QPointF, from);
    QFETCH(QPointF, to);
    QFETCH(int, modifiers);
    Desk desk;
    desk.tool.setRegion(region::Region{{100, 100, 200, 100}, 12});

    desk.drag(from, to, Qt::KeyboardModifiers(modifiers));

    QTEST(shape(desk.tool), "expected");
    QCOMPARE(desk.tool.region()->featherPixels, 12);
}

void TestRectangleTool::aClickChangesNothing()
{
    Desk desk;

    desk.drag({50, 50}, {51, 51});
    QVERIFY(!desk.tool.region());

    const region::Region region{{100, 100, 200, 100}, 12};
    desk.tool.setRegion(region);
    desk.drag({20, 20}, {22, 21});
    QCOMPARE(desk.tool.region(), std::optional(region));
}

void TestRectangleTool::escapeBringsBackWhatWas()
{
    Desk desk;
    const region::Region region{{100, 100, 200, 100}, 12};
    desk.tool.setRegion(region);

    desk.tool.press(desk.map(), {{10, 10}, Qt::NoModifier});
    desk.tool.move(desk.map(), {{60, 60}, Qt::NoModifier});
    QCOMPARE(shape(desk.tool), QRect(10, 10, 50, 50));
    QVERIFY(desk.tool.wantsKey({Qt::Key_Escape, {}, {}}));
    desk.tool.pressKey({Qt::Key_Escape, {}, {}});

    QCOMPARE(desk.tool.region(), std::optional(region));
    QVERIFY(!desk.tool.isDragging());
    QVERIFY(!desk.tool.wantsKey({Qt::Key_Escape, {}, {}}));
}

void TestRectangleTool::keysMoveAndRemove_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<QRect>("expected");
    const int none = Qt::NoModifier;
    QTest::newRow("left") << int(Qt::Key_Left) << none << QRect(3, 100, 200, 100);
    QTest::newRow("down by ten") << int(Qt::Key_Down) << int(Qt::ShiftModifier)
                                 << QRect(4, 110, 200, 100);
    QTest::newRow("not over the border")
        << int(Qt::Key_Left) << int(Qt::ShiftModifier) << QRect(0, 100, 200, 100);
    QTest::newRow("wider") << int(Qt::Key_Right) << int(Qt::ControlModifier)
                           << QRect(4, 100, 201, 100);
    QTest::newRow("lower by ten") << int(Qt::Key_Up) << int(Qt::ControlModifier | Qt::ShiftModifier)
                                  << QRect(4, 100, 200, 90);
    QTest::newRow("delete") << int(Qt::Key_Delete) << none << QRect(0, 0, 0, 0);
}

void TestRectangleTool::keysMoveAndRemove()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    Desk desk;
    const ToolKey pressed{key, Qt::KeyboardModifiers(modifiers), {}};
    QVERIFY(!desk.tool.wantsKey(pressed));
    desk.tool.setRegion(region::Region{{4, 100, 200, 100}, 12});
    QVERIFY(desk.tool.wantsKey(pressed));

    desk.tool.pressKey(pressed);

    QTEST(shape(desk.tool), "expected");
}

void TestRectangleTool::keysDoNotMakeItSmallerThanCanBeHeld()
{
    Desk desk;
    desk.tool.setRegion(region::Region{{4, 100, 12, 100}, 12});

    desk.tool.pressKey({Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier, {}});

    QCOMPARE(shape(desk.tool), QRect(4, 100, RectangleTool::leastSide, 100));
}

void TestRectangleTool::returnMakesOneInTheMiddleOfWhatIsSeen()
{
    Desk desk;
    const ToolKey pressed{Qt::Key_Return, {}, {100, 40, 200, 80}};

    QVERIFY(desk.tool.wantsKey(pressed));
    desk.tool.pressKey(pressed);

    QCOMPARE(shape(desk.tool), QRect(150, 60, 100, 40));
    QVERIFY(!desk.tool.wantsKey(pressed)); // it may mean something else now
}

void TestRectangleTool::theCursorTellsWhatIsHeld_data()
{
    QTest::addColumn<QPointF>("position");
    QTest::addColumn<Qt::CursorShape>("cursor");
    QTest::newRow("outside") << QPointF(20, 20) << Qt::CrossCursor;
    QTest::newRow("inside") << QPointF(200, 150) << Qt::SizeAllCursor;
    QTest::newRow("left") << QPointF(95, 150) << Qt::SizeHorCursor;
    QTest::newRow("bottom") << QPointF(200, 204) << Qt::SizeVerCursor;
    QTest::newRow("top left") << QPointF(100, 100) << Qt::SizeFDiagCursor;
    QTest::newRow("top right") << QPointF(303, 97) << Qt::SizeBDiagCursor;
}

void TestRectangleTool::theCursorTellsWhatIsHeld()
{
    QFETCH(QPointF, position);
    Desk desk;
    desk.tool.setRegion(region::Region{{100, 100, 200, 100}, 12});

    QTEST(desk.tool.cursor(desk.map(), {position, Qt::NoModifier}), "cursor");
}

void TestRectangleTool::handlesAreAsLargeOnEveryScreen()
{
    const Desk desk;
    const Rect rect{100, 100, 200, 100};
    const PaneMap fine{desk.viewport, QPoint(0, 0), 2.0};

    QCOMPARE(gripAt(desk.map(), rect, {88, 150}), unsigned{GripOutside});
    QCOMPARE(gripAt(fine, rect, {88, 150}), unsigned{GripLeft});
}

void TestRectangleTool::smallRectanglesCanStillBeMoved()
{
    const Desk desk;

    QCOMPARE(gripAt(desk.map(), {100, 100, 9, 9}, {104.5, 104.5}), unsigned{GripInside});
}

void TestRectangleTool::keepsTheFeather()
{
    Desk desk;
    desk.drag({10, 10}, {50, 50});

    desk.tool.setFeather(33);
    QCOMPARE(desk.tool.region()->featherPixels, 33);

    desk.drag({100, 100}, {150, 150});
    QCOMPARE(desk.tool.region()->featherPixels, 33);
}

QTEST_APPLESS_MAIN(TestRectangleTool)
#include "tst_rectangle_tool.moc"
