// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/view/view_bench.h"

using namespace limpid;
using namespace limpid::ui;

namespace {

const QColor red(255, 0, 0);
const QColor green(0, 255, 0);
const QColor blue(0, 0, 255);

engine::FramePtr blueFrame(const Rect& area, Size size)
{
    auto frame = std::make_shared<engine::Frame>();
    frame->area = area;
    frame->size = size;
    for (std::int64_t i = 0; i < size.area(); ++i)
        frame->rgb.insert(frame->rgb.end(), {0, 0, 255});
    return frame;
}

std::shared_ptr<const region::Mask> maskOf(const region::Region& region)
{
    return std::make_shared<const region::Mask>(region::rasterize(region, ViewBench::pictureSize));
}

} // namespace

class TestCompareView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { bench_ = std::make_unique<ViewBench>(); }
    void cleanup() { bench_.reset(); }
    void eachModeShowsItsPictures_data();
    void eachModeShowsItsPictures();
    void anotherPhotoNeverShowsTheOneBefore();
    void swappedSidesChangePlaces();
    void peekingShowsTheBeforePicture();
    void theSplitLineFollowsTheMouse();
    void aClickPlacesTheSplitLineAndADoubleClickDoesNot();
    void theLiveFrameFillsOnlyItsRegion();
    void theLiveFrameFadesWithTheFeather();
    void theLiveFrameStaysUntilTheResultIsShown();
    void aResultIsBlendedByMaskAndStrength();
    void inventedDetailIsMarkedWhereItIs();
    void aLiveFrameIsNotMarked();
    void aNewPictureStartsAfresh();

private:
    void showRedAndGreen();

    std::unique_ptr<ViewBench> bench_;
};

/// Before red, after green.
void TestCompareView::showRedAndGreen()
{
    bench_->view().setBefore(plainImage(ViewBench::pictureSize, 1.0F, 0.0F, 0.0F));
    bench_->view().setResult(
        {{{wholeOf(ViewBench::pictureSize), plainImage(ViewBench::pictureSize, 0.0F, 1.0F, 0.0F)}}},
        1.0F);
    // Each is made ready to draw in the background, in no order.
    bench_->view().setMode(CompareMode::BeforeOnly);
    QTRY_COMPARE(bench_->colorAt(400, 300), red);
    bench_->view().setMode(CompareMode::AfterOnly);
    QTRY_COMPARE(bench_->colorAt(400, 300), green);
}

void TestCompareView::eachModeShowsItsPictures_data()
{
    QTest::addColumn<CompareMode>("mode");
    QTest::addColumn<QColor>("left");
    QTest::addColumn<QColor>("right");
    QTest::addColumn<QColor>("bottom");
    QTest::newRow("after") << CompareMode::AfterOnly << green << green << green;
    QTest::newRow("before") << CompareMode::BeforeOnly << red << red << red;
    QTest::newRow("split") << CompareMode::Split << red << green << red;
    QTest::newRow("side by side") << CompareMode::SideBySide << red << green << red;
    QTest::newRow("top and bottom") << CompareMode::TopBottom << red << red << green;
}

void TestCompareView::eachModeShowsItsPictures()
{
    QFETCH(CompareMode, mode);
    showRedAndGreen();

    bench_->view().setMode(mode);
    bench_->view().zoomTo(2.0);

    QTEST(bench_->colorAtWidget({160, 120}), "left");
    QTEST(bench_->colorAtWidget({480, 120}), "right");
    QTEST(bench_->colorAtWidget({160, 400}), "bottom");
}

void TestCompareView::anotherPhotoNeverShowsTheOneBefore()
{
    showRedAndGreen();
    bench_->view().setMode(CompareMode::BeforeOnly);
    const auto other = plainImage({500, 300}, 0.0F, 1.0F, 0.0F);

    bench_->view().setBefore(other);

    QVERIFY(bench_->colorAtWidget({320, 240}) != red);
    QTRY_COMPARE(bench_->colorAtWidget({320, 240}), green);
}

void TestCompareView::swappedSidesChangePlaces()
{
    showRedAndGreen();
    bench_->view().setMode(CompareMode::Split);

    bench_->view().swapSides();

    QCOMPARE(bench_->colorAtWidget({160, 200}), green);
    QCOMPARE(bench_->colorAtWidget({480, 200}), red);
}

void TestCompareView::peekingShowsTheBeforePicture()
{
    showRedAndGreen();
    bench_->view().setMode(CompareMode::Split);

    bench_->view().setBeforePeek(true);
    QCOMPARE(bench_->colorAtWidget({480, 200}), red);

    bench_->view().setBeforePeek(false);
    QCOMPARE(bench_->colorAtWidget({480, 200}), green);
}

void TestCompareView::theSplitLineFollowsTheMouse()
{
    showRedAndGreen();
    bench_->view().setMode(CompareMode::Split);
    QSignalSpy moved(&bench_->view(), &CompareView::splitMoved);

    bench_->drag({322, 100}, {480, 130});

    QCOMPARE(bench_->view().splitPosition(), 0.75);
    QVERIFY(!moved.isEmpty());
    QCOMPARE(bench_->colorAtWidget({440, 200}), red);
    QCOMPARE(bench_->colorAtWidget({520, 200}), green);

    bench_->drag({480, 100}, {-50, 130});
    QCOMPARE(bench_->view().splitPosition(), 0.0);
    // The knob is still in sight there.
    bench_->drag({10, 240}, {320, 240});
    QCOMPARE(bench_->view().splitPosition(), 0.5);
}

void TestCompareView::aClickPlacesTheSplitLineAndADoubleClickDoesNot()
{
    showRedAndGreen();
    bench_->view().setMode(CompareMode::Split);

    QTest::mouseClick(&bench_->view(), Qt::LeftButton, {}, {160, 100});
    QCOMPARE(bench_->view().splitPosition(), 0.25);

    QVERIFY(bench_->view().isFit());
    QTest::mouseClick(&bench_->view(), Qt::LeftButton, {}, {400, 100});
    QTest::mouseDClick(&bench_->view(), Qt::LeftButton, {}, {400, 100});
    QCOMPARE(bench_->view().splitPosition(), 0.25);
    QCOMPARE(bench_->view().zoom(), 1.0);
}

void TestCompareView::theLiveFrameFillsOnlyItsRegion()
{
    showRedAndGreen();
    const region::Region region{{200, 150, 300, 200}, 0};

    bench_->view().setLiveFrame(blueFrame(region.rect, {30, 20}), maskOf(region), 1.0F);

    QCOMPARE(bench_->colorAt(350, 250), blue);
    QCOMPARE(bench_->colorAt(206, 156), blue);
    QCOMPARE(bench_->colorAt(494, 344), blue);
    QCOMPARE(bench_->colorAt(194, 156), green);
    QCOMPARE(bench_->colorAt(506, 250), green);

    bench_->view().setMode(CompareMode::BeforeOnly);
    QCOMPARE(bench_->colorAt(350, 250), red);
    bench_->view().setMode(CompareMode::AfterOnly);
    bench_->view().clearLiveFrame();
    QCOMPARE(bench_->colorAt(350, 250), green);
}

void TestCompareView::theLiveFrameFadesWithTheFeather()
{
    showRedAndGreen();
    const region::Region region{{200, 150, 300, 200}, 80};
    const Rect reach = region::reach(region, ViewBench::pictureSize);

    bench_->view().setLiveFrame(blueFrame(reach, {92, 72}), maskOf(region), 1.0F);

    QCOMPARE(bench_->colorAt(350, 250), blue);
    const QColor between = bench_->colorAt(160, 250); // The middle of the feather.
    QVERIFY(qAbs(between.blue() - 128) < 24);
    QVERIFY(qAbs(between.green() - 128) < 24);
    QCOMPARE(bench_->colorAt(110, 250), green);
}

void TestCompareView::theLiveFrameStaysUntilTheResultIsShown()
{
    showRedAndGreen();
    const Rect area{200, 150, 300, 200};
    bench_->view().setLiveFrame(blueFrame(area, {300, 200}), nullptr, 1.0F);

    bench_->view().setResult({{{area, plainImage(area.size(), 1.0F, 1.0F, 1.0F)}}}, 1.0F);

    QCOMPARE(bench_->colorAt(350, 250), blue);
    QTRY_COMPARE(bench_->colorAt(350, 250), QColor(255, 255, 255));
    QCOMPARE(bench_->colorAt(100, 250), red); // After is before again, but for the result.
}

void TestCompareView::aResultIsBlendedByMaskAndStrength()
{
    bench_->view().setBefore(plainImage(ViewBench::pictureSize, 1.0F, 0.0F, 0.0F));
    const Rect area{100, 100, 400, 300};
    const auto mask = maskOf({{200, 150, 200, 150}, 0});

    bench_->view().setResult({{{area, plainImage(area.size(), 0.0F, 0.0F, 1.0F)}, mask}}, 0.5F);

    QTRY_COMPARE(bench_->colorAt(300, 220), QColor(128, 0, 128));
    QCOMPARE(bench_->colorAt(150, 120), red);

    bench_->view().resetAfter();
    QCOMPARE(bench_->colorAt(300, 220), red);
}

/// Red as the photo in its upper half, checkered below.
region::Patch halfInvented(const Rect& area)
{
    std::vector<float> pixels;
    for (int y = 0; y < area.height; ++y)
        for (int x = 0; x < area.width; ++x) {
            const float detail = y >= area.height / 2 && (x + y) % 2 == 0 ? 0.4F : 0.0F;
            pixels.insert(pixels.end(), {1.0F - detail, detail, detail});
        }
    return {area, image::Image(area.size(), std::move(pixels))};
}

void TestCompareView::inventedDetailIsMarkedWhereItIs()
{
    bench_->view().setBefore(plainImage(ViewBench::pictureSize, 1.0F, 0.0F, 0.0F));
    bench_->view().setResult({{halfInvented({200, 100, 400, 400})}}, 1.0F);
    QTRY_VERIFY(bench_->colorAt(400, 450) != red);

    bench_->view().setInventionShown(true);

    const QColor gray(76, 76, 76); // the luma of red
    QTRY_COMPARE(bench_->colorAt(400, 150), gray);
    const QColor mark = bench_->colorAt(400, 420);
    QVERIFY2(mark.saturation() > 150, qPrintable(mark.name()));
    QCOMPARE(bench_->colorAt(100, 300), red); // not touched, so not gray

    bench_->view().setInventionShown(false);
    QCOMPARE(bench_->colorAt(400, 150), red);
}

void TestCompareView::aLiveFrameIsNotMarked()
{
    bench_->view().setBefore(plainImage(ViewBench::pictureSize, 1.0F, 0.0F, 0.0F));
    const Rect area{200, 100, 400, 400};
    bench_->view().setResult({{halfInvented(area)}}, 1.0F);
    bench_->view().setInventionShown(true);
    const QColor gray(76, 76, 76);
    QTRY_COMPARE(bench_->colorAt(400, 150), gray);

    bench_->view().setLiveFrame(blueFrame({200, 300, 400, 200}, {40, 20}), nullptr, 1.0F);
    QCOMPARE(bench_->colorAt(400, 150), red);
    QCOMPARE(bench_->colorAt(400, 420), blue);

    bench_->view().clearLiveFrame();
    QCOMPARE(bench_->colorAt(400, 150), gray);
}

void TestCompareView::aNewPictureStartsAfresh()
{
    showRedAndGreen();
    bench_->view().zoomTo(3.0);
    bench_->view().setRegion(region::Region{{200, 200, 300, 200}, 10});
    bench_->view().setLiveFrame(blueFrame({0, 0, 800, 600}, {8, 6}), nullptr, 1.0F);
    QSignalSpy ready(&bench_->view(), &CompareView::pictureReady);

    bench_->view().setBefore(plainImage({640, 480}, 1.0F, 1.0F, 1.0F));
    QVERIFY(ready.wait());

    QVERIFY(bench_->view().isFit());
    QVERIFY(!bench_->view().region());
    QCOMPARE(bench_->colorAtWidget({320, 240}), QColor(255, 255, 255));
}

QTEST_MAIN(TestCompareView)
#include "tst_compare_view.moc"
