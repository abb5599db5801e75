// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/compare_view.h"
#include "ui/view/invention_picture.h"
#include "ui/view/region_painter.h"

#include <QPainter>

namespace limpid::ui {

namespace {

const QColor gapColor(0x16, 0x16, 0x16);

/// Makes one unit one device pixel and puts the origin onto one, also where a fractional pixel
/// ratio has placed the widget between two.
void enterDevicePixels(QPainter& painter)
{
    const QTransform device = painter.deviceTransform();
    const QTransform wanted = QTransform::fromTranslate(qRound(device.dx()), qRound(device.dy()));
    painter.setTransform(wanted * device.inverted());
}

} // namespace

void CompareView::paintEvent(QPaintEvent* /*event*/)
{
    syncPane(); // A window on its way to another screen gets no event for the new pixel ratio.
    QPainter painter(this);
    enterDevicePixels(painter);
    const QRect view(QPoint(0, 0), deviceSize());
    const auto shown = panes();
    if (shown.front().clip != view)
        painter.fillRect(view, gapColor);
    for (const Pane& pane : shown)
        paintPane(painter, pane);
    painter.setClipping(false);
    if (showsSplit())
        splitLine().paint(painter,
                          drag_ == Drag::Split || (hovered_ && splitLine().isHit(pointer_)));
    if (failed_)
        paintNotice(painter, view, tr("There is not enough memory to show this picture."),
                    devicePixelRatioF());
}

void CompareView::paintPane(QPainter& painter, const Pane& pane)
{
    if (pane.clip.isEmpty())
        return;
    const bool isAfter = pane.side == Side::After;
    painter.setClipRect(pane.clip);
    if (isAfter && showsInvention())
        invention_.paint(painter, pane.rect.topLeft(), pane.clip, viewport_);
    else
        (isAfter ? afterCanvas_ : beforeCanvas_)
            .paint(painter, pane.rect.topLeft(), pane.clip, viewport_);
    if (isAfter)
        live_.paint(painter, pane.rect.topLeft(), pane.clip, viewport_);
    if (pane.side == Side::Companion)
        companion_.paint(painter, pane.rect.topLeft(), pane.clip, viewport_);
    if (const auto shown = rectangle_.region())
        paintRegion(painter, mapFor(pane), *shown,
                    {.handles = regionEditable(),
                     .dimmed = drag_ == Drag::Region,
                     .contextRule = contextRule_});
    if (!beforeImage_.isEmpty())
        paintPaneLabel(painter, pane);
}

/// A live picture is another one than what was measured.
bool CompareView::showsInvention() const
{
    return invention_.isReady() && !live_.isActive();
}

QString CompareView::afterLabel() const
{
    if (showsInvention())
        return tr("Invented detail");
    if (invention_.hasFailed())
        return tr("Not enough memory to look for invented detail");
    return invention_.isWanted() && !live_.isActive() ? tr("Looking for invented detail …")
                                                      : tr("After");
}

/// The after-picture alone in the view needs no name, unless it is marked.
void CompareView::paintPaneLabel(QPainter& painter, const Pane& pane)
{
    const bool isBefore = pane.side == Side::Before;
    const bool isAfter = pane.side == Side::After;
    if (mode_ == CompareMode::AfterOnly && isAfter && !companion_.isActive() &&
        !invention_.isWanted() && !invention_.hasFailed())
        return;
    const bool isRightHalf = showsSplit() && pane.side != Side::Companion && isBefore == swapped_;
    const QRect shown = viewport_.pictureRect().translated(pane.rect.topLeft()) & pane.clip;
    const QString after = isAfter ? afterLabel() : companionLabel_;
    paintLabel(painter, shown, isBefore ? tr("Before") : after,
               isRightHalf ? LabelCorner::TopRight : LabelCorner::TopLeft, devicePixelRatioF());
    if (isAfter && showsInvention())
        paintScale(painter, pane.clip, // small pictures are narrower than the scale
                   {.low = tr("from the photo"), .high = tr("invented"), .color = inventionColor},
                   isRightHalf ? ScaleCorner::BottomRight : ScaleCorner::BottomLeft,
                   devicePixelRatioF());
}

} // namespace limpid::ui
