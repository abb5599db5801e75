// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas_link.h"

#include <algorithm>

namespace limpid::ui {

CanvasLink::CanvasLink(Document& document, CompareView& view, QObject* parent)
    : QObject(parent), document_(document), view_(view)
{
    connect(&document_, &Document::photoChanged, this, &CanvasLink::showPhoto);
    connect(&document_, &Document::regionChanged, this, &CanvasLink::showRegion);
    connect(&document_, &Document::settingsChanged, this, &CanvasLink::showContext);
    connect(&document_, &Document::restorationChanged, this, &CanvasLink::showPicture);
    connect(&document_, &Document::strengthChanged, this, &CanvasLink::showPicture);
    connect(&document_.steps(), &StepScrubber::changed, this, &CanvasLink::showPicture);
    connect(&document_.steps(), &StepScrubber::changed, this, &CanvasLink::showKernel);
    connect(&document_.job(), &RestorationRun::stateChanged, this,
            [this] { view_.setRegionLocked(document_.job().active() != nullptr); });
    connect(&view_, &CompareView::regionChanged, &document_, &Document::setRegion);
    view_.setFeather(document_.featherPixels());
}

void CanvasLink::showPhoto()
{
    shown_.reset();
    view_.setBefore(document_.photo()->image);
}

void CanvasLink::showRegion()
{
    view_.setFeather(document_.featherPixels());
    if (view_.region() != document_.region())
        view_.setRegion(document_.region());
}

void CanvasLink::showPicture()
{
    const auto& steps = document_.steps();
    const auto made = document_.restoration();
    if (const auto frame = steps.frame()) {
        const auto& mask = steps.isRunning() || !made ? document_.job().mask() : made->mask;
        view_.setLiveFrame(frame, mask, document_.strength());
    } else if (made) {
        showResult();
    } else {
        shown_.reset();
        view_.clearLiveFrame();
        view_.resetAfter();
    }
}

void CanvasLink::setKernelShown(bool shown)
{
    kernelWanted_ = shown;
    showKernel();
}

void CanvasLink::setMethods(std::vector<engine::MethodSpec> methods)
{
    methods_ = std::move(methods);
    showContext();
}

void CanvasLink::showContext()
{
    const auto chosen =
        std::ranges::find(methods_, document_.settings().method, &engine::MethodSpec::id);
    if (chosen != methods_.end())
        view_.setContextRule(chosen->context);
}

void CanvasLink::showKernel()
{
    const auto frame = kernelWanted_ ? document_.steps().kernelFrame() : nullptr;
    // A run that has just begun keeps the pane open that its first step will fill.
    const bool awaited = kernelWanted_ && !frame && shownKernel_ && document_.steps().isRunning() &&
                         kernelMethod_ == document_.settings().method;
    if (frame == shownKernel_ || awaited)
        return;
    shownKernel_ = frame;
    kernelMethod_ = document_.settings().method;
    view_.setCompanion(frame, frame ? tr("LKPN latent, step %1").arg(frame->step) : QString());
}

void CanvasLink::showResult()
{
    const Shown wanted{layersOf(document_.shownRestoration()), document_.strength()};
    if (shown_ == wanted) {
        view_.clearLiveFrame();
        return;
    }
    shown_ = wanted;
    view_.setResult(wanted.layers, wanted.strength);
}

} // namespace limpid::ui
