// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/live_layer.h"

#include "ui/state/qt_image.h"
#include "ui/view/pyramid_painter.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace limpid::ui {

namespace {

/// Image columns (or rows) under the pixels from … from + count - 1 of the pane.
std::vector<int> imagePositions(int from, int count, double origin, double zoom)
{
    std::vector<int> result(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        result[static_cast<std::size_t>(i)] =
            static_cast<int>(std::floor((from + i + 0.5 - origin) / zoom));
    return result;
}

} // namespace

void LiveLayer::set(engine::FramePtr frame, std::shared_ptr<const region::Mask> mask,
                    float strength)
{
    if (mask != mask_ || strength != strength_)
        coverage_ = {};
    frame_ = std::move(frame);
    mask_ = std::move(mask);
    strength_ = strength;
    picture_ = toQImage(frame_);
    blended_ = {};
}

void LiveLayer::clear()
{
    *this = LiveLayer();
}

void LiveLayer::paint(QPainter& painter, QPoint pane, const QRect& clip, const Viewport& viewport)
{
    if (picture_.isNull())
        return;
    const QRect part = viewport.toPane(frame_->area) & QRect(QPoint(0, 0), viewport.pane());
    const QRect seen = part & clip.translated(-pane);
    if (seen.isEmpty())
        return;
    prepare(part, viewport);
    painter.drawImage(seen.topLeft() + pane, blended_, seen.translated(-part.topLeft()));
}

void LiveLayer::prepare(const QRect& part, const Viewport& viewport)
{
    if (viewport != viewport_ || part != part_) {
        viewport_ = viewport;
        part_ = part;
        coverage_ = {};
        blended_ = {};
    }
    if (!blended_.isNull())
        return;
    if (coverage_.isNull())
        coverage_ = coverage(part);
    blended_ = scaledFrame(part);
    QPainter painter(&blended_);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationIn);
    painter.drawImage(0, 0, coverage_);
}

QImage LiveLayer::coverage(const QRect& part) const
{
    QImage result(part.size(), QImage::Format_Alpha8);
    if (mask_ == nullptr) {
        result.fill(std::lround(std::clamp(strength_, 0.0F, 1.0F) * 255.0F));
        return result;
    }
    const QPoint origin = viewport_.origin();
    const auto columns = imagePositions(part.left(), part.width(), origin.x(), viewport_.zoom());
    const auto rows = imagePositions(part.top(), part.height(), origin.y(), viewport_.zoom());
    for (int y = 0; y < part.height(); ++y) {
        uchar* line = result.scanLine(y);
        for (int x = 0; x < part.width(); ++x) {
            const Point at{columns[static_cast<std::size_t>(x)], rows[static_cast<std::size_t>(y)]};
            const float amount = std::clamp(mask_->at(at) * strength_, 0.0F, 1.0F);
            line[x] = static_cast<uchar>(std::lround(amount * 255.0F));
        }
    }
    return result;
}

QImage LiveLayer::scaledFrame(const QRect& part) const
{
    QImage result(part.size(), QImage::Format_ARGB32_Premultiplied);
    result.fill(Qt::transparent);
    const QRect target = viewport_.toPane(frame_->area).translated(-part.topLeft());
    const double scale = double(target.width()) / picture_.width();
    QPainter painter(&result);
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          scale < squarePixelsZoom || frame_->size != frame_->area.size());
    if (scale < 0.5)
        // Averages, where plain interpolation would skip pixels.
        painter.drawImage(target.topLeft(), picture_.scaled(target.size(), Qt::IgnoreAspectRatio,
                                                            Qt::SmoothTransformation));
    else
        painter.drawImage(target, picture_);
    return result;
}

} // namespace limpid::ui
