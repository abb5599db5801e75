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
    pending_ = nullptr;
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
    pending_ = nullptr;
    follows_ = true;
    patchedArea_ = Rect{};
    adoptWhole(base_->pyramid());
}

void ImagePyramid::replace(MakePatches make)
{
    if (building_)
        dropRunning();
    pending_ = std::move(make);
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
    if (running_ || !pending_ || !base_->pyramid().isComplete())
        return;
    running_ = true;
    const auto current = [this, generation = generation_] {
        return generation == generation_;
    };
    runInPool(
        this,
        [start = base_->pyramid(), make = std::exchange(pending_, nullptr)] {
            Patched made{start, Rect{}};
            for (const region::Patch& patch : make()) {
                made.pyramid = made.pyramid.patched(patch);
                made.area = made.area.united(patch.area);
            }
            return made;
        },
        [this, current](const std::optional<Patched>& made) {
            if (!current())
                return;
            running_ = false;
            if (made)
                adopt(*made);
            else
                Q_EMIT failed();
            startNext();
        });
}

void ImagePyramid::adopt(const Patched& made)
{
    const bool sameBase = follows_ && patchedArea_.has_value();
    const Rect area = sameBase ? patchedArea_->united(made.area) : wholeOf(made.pyramid.size());
    follows_ = true;
    patchedArea_ = made.area;
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
