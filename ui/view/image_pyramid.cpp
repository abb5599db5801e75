// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/image_pyramid.h"

#include <QFutureWatcher>
#include <QtConcurrent/QtConcurrentRun>

#include <exception>
#include <type_traits>
#include <utility>

namespace limpid::ui {

namespace {

/// Runs `make` in the pool and hands what it made, or nothing when memory ran out, to `done` in the
/// owner's thread, unless the owner is gone. A watcher, since Qt 6.4's QFuture::then(context, …)
/// asserts that the context lives longer than the job.
template<class Make, class Done>
void runInPool(QObject* owner, Make make, Done done)
{
    using Made = std::optional<std::invoke_result_t<Make>>;
    auto* watcher = new QFutureWatcher<Made>(owner);
    QObject::connect(watcher, &QFutureWatcherBase::finished, owner, [watcher, done] {
        watcher->deleteLater();
        done(watcher->result());
    });
    watcher->setFuture(QtConcurrent::run([make]() -> Made {
        try {
            return make();
        } catch (const std::exception&) {
            return std::nullopt;
        }
    }));
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
    if (look == FirstLook::Coarse)
        adoptWhole({}); // never the picture before, in this one's place
    const auto current = [this, generation = generation_] {
        return generation == generation_;
    };
    if (look == FirstLook::Coarse && image.size().area() > Pyramid::quickPixels)
        runInPool(
            this, [image] { return Pyramid::quick(image); },
            [this, current](const std::optional<Pyramid>& coarse) {
                if (coarse && current() && building_)
                    adoptWhole(*coarse);
            });
    runInPool(
        this, [image] { return Pyramid::complete(image); },
        [this, current](const std::optional<Pyramid>& complete) {
            if (!current())
                return;
            running_ = building_ = false;
            if (complete)
                adoptWhole(*complete);
            else
                Q_EMIT failed();
            startNext();
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
    runInPool(
        this,
        [start, make = step.make] {
            const region::Patch patch = make();
            return Patched{start.patched(patch), patch.area};
        },
        [this, current, fromBase = step.fromBase](const std::optional<Patched>& made) {
            if (!current())
                return;
            running_ = false;
            if (made)
                adopt(*made, fromBase);
            else
                Q_EMIT failed();
            startNext();
        });
}

void ImagePyramid::adopt(const Patched& made, bool fromBase)
{
    const Rect whole = wholeOf(made.pyramid.size());
    const bool sameBase = follows_ && patchedArea_.has_value();
    const Rect before = fromBase && sameBase ? *patchedArea_ : Rect{};
    const Rect area = fromBase && !sameBase ? whole : before.united(made.area);
    if (fromBase) {
        follows_ = true;
        patchedArea_ = made.area;
    } else if (patchedArea_) {
        patchedArea_ = patchedArea_->united(made.area);
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
