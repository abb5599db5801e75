// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/qt_image.h"

#include "core/base/round_up.h"

#include <algorithm>
#include <cassert>

namespace limpid::ui {

namespace {

/// The negated comparison sends NaN to 0.
inline QRgb toByte(float value)
{
    if (!(value > 0.0F))
        return 0;
    return static_cast<QRgb>(std::min(value, 1.0F) * 255.0F + 0.5F);
}

inline QRgb toRgb(const float* pixel)
{
    return 0xff000000U | toByte(pixel[0]) << 16U | toByte(pixel[1]) << 8U | toByte(pixel[2]);
}

void dropFrame(void* frame)
{
    delete static_cast<engine::FramePtr*>(frame);
}

} // namespace

QImage toQImage(const image::Image& image, const Rect& area)
{
    assert(wholeOf(image.size()).contains(area));
    QImage result(area.width, area.height, QImage::Format_RGB32);
    for (int y = 0; y < result.height(); ++y) {
        const float* source = image.row(area.y + y).data() + std::size_t{3} * area.x;
        auto* target = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < result.width(); ++x)
            target[x] = toRgb(source + std::size_t{3} * x);
    }
    return result;
}

QImage toQImage(const image::Image& image)
{
    return toQImage(image, wholeOf(image.size()));
}

QImage sampledQImage(const image::Image& image, int level)
{
    const int step = 1 << level;
    const auto [width, height] = image.size();
    QImage result(piecesFor(width, step), piecesFor(height, step), QImage::Format_RGB32);
    for (int y = 0; y < result.height(); ++y) {
        const float* source = image.row(std::min(y * step + step / 2, height - 1)).data();
        auto* target = reinterpret_cast<QRgb*>(result.scanLine(y));
        for (int x = 0; x < result.width(); ++x)
            target[x] = toRgb(source + std::size_t{3} * std::min(x * step + step / 2, width - 1));
    }
    return result;
}

QImage toQImage(const engine::FramePtr& frame)
{
    if (frame == nullptr || frame->size.isEmpty())
        return {};
    assert(frame->rgb.size() == static_cast<std::size_t>(frame->size.area()) * 3);
    return {frame->rgb.data(),          frame->size.width,
            frame->size.height,         qsizetype{3} * frame->size.width,
            QImage::Format_RGB888,      dropFrame,
            new engine::FramePtr(frame)};
}

} // namespace limpid::ui
