// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/photo_canvas.h"

#include <algorithm>

namespace limpid::ui {

namespace {

/// Smoothing reaches this far (in pixels of the coarsest level in use) beyond a changed area.
constexpr int smoothingReach = 2;

/// A smaller pane (device pixels) is painted well in a few milliseconds, so it needs no draft.
constexpr int draftPixels = 2'000'000;

} // namespace

void PhotoCanvas::setPyramid(const Pyramid& pyramid, const Rect& changed)
{
    const bool sameKind = pyramid.size() == pyramid_.size() &&
                          pyramid.isComplete() == pyramid_.isComplete() && !pyramid.isEmpty();
    pyramid_ = pyramid;
    if (!sameKind || viewport_.pane().isEmpty()) {
        valid_ = {};
        return;
    }
    const int reach = smoothingReach << pyramid_.levelFor(viewport_.zoom());
    valid_ -= viewport_.toPane(changed.grown(reach)).adjusted(-1, -1, 1, 1);
}

void PhotoCanvas::setSurround(const QColor& color)
{
    if (color == surround_)
        return;
    surround_ = color;
    valid_ = {};
}

void PhotoCanvas::setQuality(Quality quality)
{
    if (quality == Quality::Fine && drafted_) {
        drafted_ = false;
        valid_ = {};
    }
    quality_ = quality;
}

void PhotoCanvas::paint(QPainter& painter, QPoint pane, const QRect& clip, const Viewport& viewport)
{
    follow(viewport);
    const QRect part = clip.translated(-pane) & kept_.rect();
    if (part.isEmpty())
        return;
    for (const QRect& missing : QRegion(part) - valid_)
        render(missing);
    valid_ += part;
    painter.drawImage(part.topLeft() + pane, kept_, part);
}

/// Brings what is kept to the new place, as far as it can be used there.
void PhotoCanvas::follow(const Viewport& viewport)
{
    const bool samePlace = viewport.pane() == kept_.size() && viewport.zoom() == viewport_.zoom() &&
                           viewport.picture() == viewport_.picture();
    if (!samePlace) {
        if (viewport.pane() != kept_.size())
            kept_ = QImage(viewport.pane(), QImage::Format_RGB32);
        valid_ = {};
    } else if (const QPoint by = viewport.origin() - viewport_.origin(); !by.isNull()) {
        shift(by);
    }
    viewport_ = viewport;
}

void PhotoCanvas::shift(QPoint by)
{
    QImage moved(kept_.size(), QImage::Format_RGB32);
    QPainter painter(&moved);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.drawImage(by, kept_);
    painter.end();
    kept_ = moved;
    valid_ = valid_.translated(by) & kept_.rect();
}

void PhotoCanvas::render(const QRect& part)
{
    QPainter painter(&kept_);
    for (const QRect& around : QRegion(part) - viewport_.pictureRect())
        painter.fillRect(around, surround_);
    if (pyramid_.isEmpty())
        painter.fillRect(part, surround_);
    painter.end();
    const bool draft = quality_ == Quality::Draft && kept_.width() * kept_.height() > draftPixels;
    drafted_ = drafted_ || draft;
    drawPyramid(kept_, part, pyramid_, viewport_, draft ? Quality::Draft : Quality::Fine);
}

} // namespace limpid::ui
