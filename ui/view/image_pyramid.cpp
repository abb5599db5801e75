// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/image_pyramid.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <utility>

namespace limpid::ui {

namespace {

/// The smallest rectangle around both; an empty one does not count.
Rect united(const Rect& a, const Rect& b)
{
    if (a.isEmpty() || b.isEmpty())
        return a.isEmpty() ? b : a;
    const int left = std::min(a.x, b.x);
    const int top = std::min(a.y, b.y);
    return {left, top, std::max(a.right(), b.right()) - left,
            std::max(a.bottom(), b.bottom()) - top};
}

} // namespace

ImagePyramid::ImagePyramid(const ImagePyramid* base) : base_(base), follows_(base != nullptr)
{
    if (base_ != nullptr)
        connect(base_, &ImagePyramid::changed, this, &ImagePyramid::followBase);
}

void ImagePyramid::setImage(const image::Image& image, FirstLook look)
{
    dropRunning();
    pending_.clear();
    follows_ = false;
    running_ = building_ = true;
    const auto current = [this, generation = generation_] {
        return generation == generation_;
    };
    if (look == FirstLook::Coarse)
        QtConcurrent::run([image] { return Pyramid::quick(image); })
            .then(this,
                  [this, current](const Pyramid& coarse) {
                      if (current() && building_)
                          adoptWhole(coarse);
                  })
            .onFailed(this, [] {}); // The complete one says so.
    QtConcurrent::run([image] { return Pyramid::complete(image); })
        .then(this,
              [this, current](const Pyramid& complete) {
                  if (!current())
                      return;
                  running_ = building_ = false;
                  adoptWhole(complete);
                  startNext();
              })
        .onFailed(this, [this, current] {
            if (current())
                Q_EMIT failed();
        });
}

void ImagePyramid::reset()
{
    dropRunning();
    pending_.clear();
    follows_ = true;
    patchedArea_ = Rect{};
    adoptWhole(base_->pyramid());
}

void ImagePyramid::replace(MakePatch make)
{
    if (building_)
        dropRunning();
    pending_.clear();
    pending_.push_back({true, std::move(make)});
    startNext();
}

void ImagePyramid::paste(MakePatch make)
{
    pending_.push_back({false, std::move(make)});
    startNext();
}

/// A base changes only as a whole and while it is built, so nothing of ours is lost.
void ImagePyramid::followBase()
{
    if (follows_ && !running_) {
        patchedArea_ = Rect{};
        adoptWhole(base_->pyramid());
    }
    startNext();
}

void ImagePyramid::startNext()
{
    if (running_ || pending_.empty())
        return;
    const Pyramid start = pending_.front().fromBase ? base_->pyramid() : pyramid_;
    if (!start.isComplete())
        return;
    const Step step = std::move(pending_.front());
    pending_.erase(pending_.begin());
    running_ = true;
    const auto current = [this, generation = generation_] {
        return generation == generation_;
    };
    QtConcurrent::run([start, make = step.make] {
        const region::Patch patch = make();
        return Patched{start.patched(patch), patch.area};
    })
        .then(this,
              [this, current, fromBase = step.fromBase](const Patched& made) {
                  if (!current())
                      return;
                  running_ = false;
                  adopt(made, fromBase);
                  startNext();
              })
        .onFailed(this, [this, current] {
            if (!current())
                return;
            running_ = false;
            Q_EMIT failed();
            startNext();
        });
}

void ImagePyramid::adopt(const Patched& made, bool fromBase)
{
    const Rect whole = wholeOf(made.pyramid.size());
    const bool sameBase = follows_ && patchedArea_.has_value();
    const Rect before = fromBase && sameBase ? *patchedArea_ : Rect{};
    const Rect area = fromBase && !sameBase ? whole : united(before, made.area);
    if (fromBase) {
        follows_ = true;
        patchedArea_ = made.area;
    } else if (patchedArea_) {
        patchedArea_ = united(*patchedArea_, made.area);
    }
    pyramid_ = made.pyramid;
    Q_EMIT changed(area);
}

void ImagePyramid::adoptWhole(const Pyramid& pyramid)
{
    if (!follows_)
        patchedArea_.reset();
    pyramid_ = pyramid;
    Q_EMIT changed(wholeOf(pyramid_.size()));
}

void ImagePyramid::dropRunning()
{
    ++generation_;
    running_ = building_ = false;
}

} // namespace limpid::ui
