// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/view/view_bench.h"

#include <QWheelEvent>

using namespace limpid;
using namespace limpid::ui;

namespace {

void wheel(CompareView& view, QPoint position, int notches)
{
    QWheelEvent event(position, view.mapToGlobal(position), {}, QPoint(0, 120 * notches),
                      Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &event);
}

} // namespace

class TestCompareViewInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { bench_ = std::make_unique<ViewBench>(); }
    void cleanup() { bench_.reset(); }
    void drawsARegionOnTheRightPixels_data();
    void drawsARegionOnTheRightPixels();
    void tellsOfARegionWhileAndAfterDragging();
    void escapeRestoresTheRegion();
    void anotherButtonDoesNotEndADrag();
    void aLockedRegionCannotBeChanged();
    void keysReachTheRegionBeforeTheWindow();
    void aRegionCanBeMadeByKeysAlone();
    void theSplitLineMovesByKeys();
    void theWheelKeepsThePointUnderThePointer();
    void theMiddleButtonPans();
    void spaceTurnsTheRectangleIntoAHand();
    void bothPanesShowTheSamePlace();
    void anEmptyViewTakesEveryInput();
    void tellsThePixelUnderThePointer();

private:
    std::unique_ptr<ViewBench> bench_;
};

void TestCompareViewInput::drawsARegionOnTheRightPixels_data()
{
    QTest::addColumn<double>("zoom");
    QTest::newRow("half") << 0.5;
    QTest::newRow("100 %") << 1.0;
    QTest::newRow("300 %") << 3.0;
}

void TestCompareViewInput::drawsARegionOnTheRightPixels()
{
    QFETCH(double, zoom);
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setTool(Tool::Rectangle);
    bench_->view().zoomTo(zoom * bench_->view().devicePixelRatioF());

    bench_->drag(bench_->at(380, 290), bench_->at(440, 330));

    const auto region = bench_->view().region();
    QVERIFY(region);
    QCOMPARE(region->rect, (Rect{380, 290, 60, 40}));
}

void TestCompareViewInput::tellsOfARegionWhileAndAfterDragging()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setTool(Tool::Rectangle);
    QSignalSpy dragged(&bench_->view(), &CompareView::regionDragged);
    QSignalSpy changed(&bench_->view(), &CompareView::regionChanged);

    bench_->drag(bench_->at(100, 100), bench_->at(300, 200));

    QVERIFY(dragged.count() >= 2);
    QCOMPARE(changed.count(), 1);
    const auto last = qvariant_cast<std::optional<region::Region>>(changed[0][0]);
    QCOMPARE(last, bench_->view().region());

    QTest::mouseClick(&bench_->view(), Qt::LeftButton, {}, bench_->at(700, 500));
    QCOMPARE(changed.count(), 1);
    QTest::keyClick(&bench_->view(), Qt::Key_Delete);
    QCOMPARE(changed.count(), 2);
    QVERIFY(!bench_->view().region());
}

void TestCompareViewInput::escapeRestoresTheRegion()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setTool(Tool::Rectangle);
    const region::Region region{{200, 200, 300, 200}, 10};
    bench_->view().setRegion(region);
    QSignalSpy changed(&bench_->view(), &CompareView::regionChanged);

    QTest::mousePress(&bench_->view(), Qt::LeftButton, {}, bench_->at(200, 200));
    QTest::mouseMove(&bench_->view(), bench_->at(100, 100));
    QVERIFY(bench_->view().region() != region);
    QTest::keyClick(&bench_->view(), Qt::Key_Escape);
    QCOMPARE(bench_->view().region(), std::optional(region));
    QTest::mouseRelease(&bench_->view(), Qt::LeftButton, {}, bench_->at(100, 100));

    QCOMPARE(bench_->view().region(), std::optional(region));
    QCOMPARE(changed.count(), 0);
}

void TestCompareViewInput::anotherButtonDoesNotEndADrag()
{
    auto& view = bench_->view();
    view.setBefore(variedImage(ViewBench::pictureSize));
    view.setTool(Tool::Rectangle);
    QSignalSpy changed(&view, &CompareView::regionChanged);

    QTest::mousePress(&view, Qt::LeftButton, {}, bench_->at(100, 100));
    QTest::mouseMove(&view, bench_->at(200, 200));
    QTest::mousePress(&view, Qt::RightButton, {}, bench_->at(200, 200));
    QTest::mouseRelease(&view, Qt::RightButton, {}, bench_->at(200, 200));
    QCOMPARE(changed.count(), 0);
    QTest::mouseMove(&view, bench_->at(300, 200));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, bench_->at(300, 200));

    QCOMPARE(changed.count(), 1);
    QVERIFY(view.region()->rect.width > 150);
}

void TestCompareViewInput::aLockedRegionCannotBeChanged()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setTool(Tool::Rectangle);
    const region::Region region{{200, 200, 300, 200}, 10};
    bench_->view().setRegion(region);
    bench_->view().setRegionLocked(true);

    bench_->drag(bench_->at(350, 300), bench_->at(400, 350));
    QTest::keyClick(&bench_->view(), Qt::Key_Delete);

    QCOMPARE(bench_->view().region(), std::optional(region));
}

void TestCompareViewInput::aRegionCanBeMadeByKeysAlone()
{
    auto& view = bench_->view();
    view.setBefore(variedImage(ViewBench::pictureSize));
    view.setTool(Tool::Rectangle);
    QSignalSpy changed(&view, &CompareView::regionChanged);

    QTest::keyClick(&view, Qt::Key_Return);
    QVERIFY(view.region());
    QCOMPARE(view.region()->rect, (Rect{200, 150, 400, 300}));
    QTest::keyClick(&view, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_Left);

    QCOMPARE(view.region()->rect, (Rect{199, 150, 400, 310}));
    QCOMPARE(changed.count(), 3);
}

void TestCompareViewInput::theSplitLineMovesByKeys()
{
    auto& view = bench_->view();
    view.setBefore(variedImage(ViewBench::pictureSize));
    view.setMode(CompareMode::Split);
    view.setSplitPosition(0.5);

    QTest::keyClick(&view, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(view.splitPosition(), 0.48);
    QTest::keyClick(&view, Qt::Key_Right, Qt::AltModifier);
    QTest::keyClick(&view, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(view.splitPosition(), 0.52);

    view.setMode(CompareMode::SideBySide);
    QTest::keyClick(&view, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(view.splitPosition(), 0.52);
}

void TestCompareViewInput::keysReachTheRegionBeforeTheWindow()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setTool(Tool::Rectangle);
    QKeyEvent remove(QEvent::ShortcutOverride, Qt::Key_Delete, Qt::NoModifier);

    remove.ignore();
    QApplication::sendEvent(&bench_->view(), &remove);
    QVERIFY(!remove.isAccepted());

    bench_->view().setRegion(region::Region{{200, 200, 300, 200}, 10});
    QApplication::sendEvent(&bench_->view(), &remove);
    QVERIFY(remove.isAccepted());
}

void TestCompareViewInput::theWheelKeepsThePointUnderThePointer()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    const QPoint pointer(400, 170);
    const QPointF before = bench_->imageUnder(pointer);
    QSignalSpy zoomed(&bench_->view(), &CompareView::zoomChanged);

    for (int i = 0; i < 10; ++i)
        wheel(bench_->view(), pointer, +1);

    QVERIFY(bench_->view().zoom() > 4.0);
    QCOMPARE(zoomed.constLast().constFirst().toDouble(), bench_->view().zoom());
    const QPointF way = bench_->imageUnder(pointer) - before;
    QVERIFY(std::abs(way.x()) <= 1.0 && std::abs(way.y()) <= 1.0);
}

void TestCompareViewInput::theMiddleButtonPans()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setTool(Tool::Rectangle);
    bench_->view().zoomTo(2.0);
    const QPointF before = bench_->imageUnder({320, 240});

    bench_->drag({320, 240}, {360, 220}, Qt::MiddleButton);

    const double ratio = bench_->view().devicePixelRatioF();
    QCOMPARE(bench_->imageUnder({320, 240}), before + QPointF(-20 * ratio, 10 * ratio));
    QVERIFY(!bench_->view().region());
}

void TestCompareViewInput::spaceTurnsTheRectangleIntoAHand()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setTool(Tool::Rectangle);
    bench_->view().zoomTo(2.0);
    const QPointF before = bench_->imageUnder({320, 240});

    QTest::keyPress(&bench_->view(), Qt::Key_Space);
    bench_->drag({320, 240}, {360, 240});
    QTest::keyRelease(&bench_->view(), Qt::Key_Space);
    QVERIFY(!bench_->view().region());
    QVERIFY(bench_->imageUnder({320, 240}).x() < before.x());

    bench_->drag({320, 240}, {360, 280});
    QVERIFY(bench_->view().region());
}

void TestCompareViewInput::bothPanesShowTheSamePlace()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().setMode(CompareMode::SideBySide);
    bench_->view().zoomTo(3.0);
    bench_->drag({100, 100}, {137, 91});

    // The panes are 319 wide with 2 between them; with half pixels that rounds by one.
    const QPointF way = bench_->imageUnder({100 + 321, 200}) - bench_->imageUnder({100, 200});
    QVERIFY(way.manhattanLength() <= 1.0);
    QCOMPARE(way.y(), 0.0);
}

void TestCompareViewInput::anEmptyViewTakesEveryInput()
{
    bench_->view().setTool(Tool::Rectangle);
    bench_->view().setMode(CompareMode::SideBySide);
    bench_->view().setLiveFrame(nullptr, nullptr, 1.0F);
    bench_->view().setRegion(region::Region{{0, 0, 10, 10}, 0});

    bench_->drag({100, 100}, {200, 200});
    wheel(bench_->view(), {100, 100}, 3);
    QTest::mouseDClick(&bench_->view(), Qt::LeftButton, {}, {50, 50});
    QTest::keyClick(&bench_->view(), Qt::Key_Delete);

    QVERIFY(!bench_->view().region());
    QVERIFY(!bench_->view().grab().isNull());
}

void TestCompareViewInput::tellsThePixelUnderThePointer()
{
    bench_->view().setBefore(variedImage(ViewBench::pictureSize));
    bench_->view().zoomTo(4.0 * bench_->view().devicePixelRatioF());

    QCOMPARE(bench_->imageUnder(bench_->at(400.5, 300.5)), QPointF(400, 300));

    bench_->view().zoomToFit();
    QCOMPARE(bench_->imageUnder({2, 2}), QPointF(-1, -1));
}

QTEST_MAIN(TestCompareViewInput)
#include "tst_compare_view_input.moc"
