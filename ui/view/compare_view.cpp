// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/compare_view.h"

#include <QEvent>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace limpid::ui {

namespace {

// Device-independent pixels.
constexpr double pictureMargin = 16.0;
constexpr double paneGap = 2.0;

/// The zoom has come to rest when it has not changed for so long.
constexpr std::chrono::milliseconds zoomRestTime{80};

// Neutral grays, since a tint would change how colors are judged.
const QColor darkSurround(0x2b, 0x2b, 0x2b);
const QColor lightSurround(0xa0, 0xa0, 0xa0);

} // namespace

CompareView::CompareView(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(160, 120);
    grabGesture(Qt::PinchGesture);
    setAccessibleName(tr("Photo"));
    setAccessibleDescription(tr("The photo before and after its restoration"));
    connect(&before_, &ImagePyramid::changed, this, &CompareView::showBefore);
    connect(&after_, &ImagePyramid::changed, this, &CompareView::showAfter);
    connect(&before_, &ImagePyramid::failed, this, &CompareView::showFailure);
    connect(&after_, &ImagePyramid::failed, this, &CompareView::showFailure);
    connect(&invention_, &InventionLayer::changed, this, qOverload<>(&QWidget::update));
    zoomRest_.setSingleShot(true);
    zoomRest_.setInterval(zoomRestTime);
    connect(&zoomRest_, &QTimer::timeout, this, [this] { setQuality(Quality::Fine); });
    applyTheme();
}

CompareView::~CompareView() = default;

void CompareView::setBefore(const image::Image& before)
{
    cancelDrag();
    clearLiveFrame();
    setCompanion(nullptr, {});
    failed_ = false;
    beforeImage_ = before;
    rectangle_.setPicture(before.size());
    rectangle_.setRegion(std::nullopt);
    moveCamera([&] { viewport_.setPicture(before.size()); });
    before_.setImage(before, ImagePyramid::FirstLook::Coarse);
    resetAfter();
}

void CompareView::setResult(const std::vector<region::Layer>& layers, float strength)
{
    after_.replace([before = beforeImage_, layers, strength] {
        std::vector<region::Patch> patches;
        for (const Rect& area : region::touchedAreas(layers, before.size()))
            patches.push_back(region::blended(before, layers, strength, area));
        return patches;
    });
    invention_.setResult(beforeImage_, layers, strength);
    liveEndsWithResult_ = true;
}

void CompareView::resetAfter()
{
    after_.reset();
    invention_.clear();
}

void CompareView::setInventionShown(bool shown)
{
    invention_.setShown(shown);
}

void CompareView::setLiveFrame(engine::FramePtr frame, std::shared_ptr<const region::Mask> mask,
                               float strength)
{
    liveEndsWithResult_ = false;
    live_.set(std::move(frame), std::move(mask), strength);
    update();
}

void CompareView::clearLiveFrame()
{
    liveEndsWithResult_ = false;
    live_.clear();
    update();
}

void CompareView::setCompanion(engine::FramePtr frame, const QString& label)
{
    companionLabel_ = label;
    moveCamera([&] {
        companion_.set(std::move(frame), nullptr, 1.0F);
        syncPane();
    });
}

void CompareView::setMode(CompareMode mode)
{
    if (mode == mode_)
        return;
    cancelDrag();
    moveCamera([&] {
        mode_ = mode;
        syncPane();
    });
    updateCursor();
}

CompareMode CompareView::mode() const
{
    return mode_;
}

void CompareView::swapSides()
{
    swapped_ = !swapped_;
    update();
}

void CompareView::setBeforePeek(bool held)
{
    peek_ = held;
    update();
}

void CompareView::setSplitPosition(double position)
{
    const double inside = std::clamp(position, 0.0, 1.0);
    if (inside == split_)
        return;
    split_ = inside;
    update();
    Q_EMIT splitMoved(split_);
}

double CompareView::splitPosition() const
{
    return split_;
}

void CompareView::zoomTo(double factor)
{
    moveCamera([&] { viewport_.zoomTo(factor, viewport_.middle()); });
}

void CompareView::zoomToFit()
{
    moveCamera([&] { viewport_.fit(); });
}

void CompareView::zoomIn()
{
    moveCamera([&] { viewport_.zoomStep(+1, viewport_.middle()); });
}

void CompareView::zoomOut()
{
    moveCamera([&] { viewport_.zoomStep(-1, viewport_.middle()); });
}

void CompareView::toggleFit()
{
    if (isFit())
        zoomTo(1.0);
    else
        zoomToFit();
}

double CompareView::zoom() const
{
    return viewport_.zoom();
}

bool CompareView::isFit() const
{
    return viewport_.isFit();
}

void CompareView::setRegion(std::optional<region::Region> region)
{
    if (drag_ == Drag::Region)
        drag_ = Drag::None;
    if (region) {
        const auto inside = region::clipped(*region, beforeImage_.size());
        region = inside ? std::optional(*inside) : std::nullopt;
    }
    rectangle_.setRegion(region);
    updateCursor();
    update();
}

std::optional<region::Region> CompareView::region() const
{
    return rectangle_.region();
}

void CompareView::setFeather(int pixels)
{
    rectangle_.setFeather(pixels);
    update();
}

void CompareView::setContextRule(const region::ContextRule& rule)
{
    contextRule_ = rule;
    update();
}

void CompareView::setRegionLocked(bool locked)
{
    if (locked && drag_ == Drag::Region)
        cancelDrag();
    regionLocked_ = locked;
    updateCursor();
    update();
}

void CompareView::setTool(Tool tool)
{
    cancelDrag();
    tool_ = tool;
    updateCursor();
    update();
}

Tool CompareView::tool() const
{
    return tool_;
}

LayoutOptions CompareView::layoutOptions() const
{
    return {.mode = peek_ && mode_ == CompareMode::Split ? CompareMode::BeforeOnly : mode_,
            .swapped = swapped_,
            .splitPosition = split_,
            .gap = static_cast<int>(std::lround(paneGap * devicePixelRatioF())),
            .companion = companion_.isActive()};
}

std::vector<Pane> CompareView::panes() const
{
    auto result = layoutPanes(deviceSize(), layoutOptions());
    if (peek_)
        for (Pane& pane : result)
            pane.side = Side::Before;
    return result;
}

const Pane* CompareView::paneAt(const std::vector<Pane>& panes, QPointF position) const
{
    const QPoint pixel(static_cast<int>(std::floor(position.x())),
                       static_cast<int>(std::floor(position.y())));
    const auto found = std::find_if(panes.begin(), panes.end(),
                                    [&](const Pane& pane) { return pane.clip.contains(pixel); });
    return found == panes.end() ? nullptr : &*found;
}

PaneMap CompareView::mapFor(const Pane& pane) const
{
    return {viewport_, pane.rect.topLeft(), devicePixelRatioF()};
}

bool CompareView::showsSplit() const
{
    return mode_ == CompareMode::Split && !peek_ && !beforeImage_.isEmpty();
}

SplitLine CompareView::splitLine() const
{
    const QRect shared = comparisonRect(deviceSize(), layoutOptions());
    return {shared, static_cast<int>(std::lround(split_ * shared.width())), devicePixelRatioF()};
}

QSize CompareView::deviceSize() const
{
    return (QSizeF(size()) * devicePixelRatioF()).toSize();
}

/// All panes of a layout are equally large, so the first stands for the camera's pane.
void CompareView::syncPane()
{
    viewport_.setPane(panes().front().rect.size(),
                      static_cast<int>(std::lround(pictureMargin * devicePixelRatioF())));
}

void CompareView::moveCamera(const std::function<void()>& change)
{
    const double before = viewport_.zoom();
    change();
    update();
    if (viewport_.zoom() == before)
        return;
    setQuality(Quality::Draft);
    zoomRest_.start();
    Q_EMIT zoomChanged(viewport_.zoom());
}

void CompareView::setQuality(Quality quality)
{
    beforeCanvas_.setQuality(quality);
    afterCanvas_.setQuality(quality);
    invention_.setQuality(quality);
    update();
}

void CompareView::showBefore(const Rect& changed)
{
    beforeCanvas_.setPyramid(before_.pyramid(), changed);
    update();
    if (before_.pyramid().isComplete())
        Q_EMIT pictureReady();
}

void CompareView::showAfter(const Rect& changed)
{
    afterCanvas_.setPyramid(after_.pyramid(), changed);
    if (liveEndsWithResult_ && !after_.isBusy())
        clearLiveFrame();
    update();
}

void CompareView::showFailure()
{
    failed_ = true;
    update();
}

void CompareView::applyTheme()
{
    const bool dark = palette().color(QPalette::Window).lightness() < 128;
    const QColor surround = dark ? darkSurround : lightSurround;
    beforeCanvas_.setSurround(surround);
    afterCanvas_.setSurround(surround);
    invention_.setSurround(surround);
    update();
}

void CompareView::resizeEvent(QResizeEvent* /*event*/)
{
    moveCamera([this] { syncPane(); });
}

void CompareView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    QWidget::changeEvent(event);
}

} // namespace limpid::ui
