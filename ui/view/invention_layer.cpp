// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/invention_layer.h"

#include "ui/view/invention_picture.h"

namespace limpid::ui {

InventionLayer::InventionLayer(const ImagePyramid& before) : pyramid_(&before)
{
    connect(&pyramid_, &ImagePyramid::changed, this, [this](const Rect& area) {
        canvas_.setPyramid(pyramid_.pyramid(), area);
        Q_EMIT changed();
    });
    connect(&pyramid_, &ImagePyramid::failed, this, [this] {
        failed_ = stale_ = true;
        Q_EMIT changed();
    });
}

void InventionLayer::setShown(bool shown)
{
    shown_ = shown;
    failed_ = false;
    makeIfWanted();
    Q_EMIT changed();
}

void InventionLayer::setResult(const image::Image& before, const std::vector<region::Layer>& layers,
                               float strength)
{
    before_ = before;
    layers_ = layers;
    strength_ = strength;
    stale_ = true;
    failed_ = false;
    makeIfWanted();
}

void InventionLayer::clear()
{
    before_ = {};
    layers_.clear();
    stale_ = true;
    pyramid_.reset();
}

void InventionLayer::makeIfWanted()
{
    if (!isWanted() || !stale_)
        return;
    stale_ = false;
    pyramid_.replace([before = before_, layers = layers_, strength = strength_] {
        return inventionPicture(before, layers, strength);
    });
}

} // namespace limpid::ui
