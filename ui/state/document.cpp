// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/document.h"

#include "ui/state/edit_command.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cstdint>

namespace limpid::ui {

namespace {

constexpr int noMergeId = -1;
constexpr int featherMergeId = 1;
constexpr int changeMergeId = 2;
constexpr quint32 seedBound = 1'000'000; // short enough to be read and typed
constexpr std::int64_t undoBytes = std::int64_t{1} << 30;

// Every undone result keeps its pixels: fewer steps for larger photos.
int undoLimitFor(Size size)
{
    const std::int64_t patchBytes = size.area() * 3 * std::int64_t{sizeof(float)};
    return static_cast<int>(
        std::clamp<std::int64_t>(undoBytes / std::max<std::int64_t>(patchBytes, 1), 3, 50));
}

/// Changes that follow closely become one step, so that a few arrow keys do not push a restoration
/// out of the history.
int mergeIdOf(const std::optional<region::Region>& before,
              const std::optional<region::Region>& after)
{
    return before && after ? changeMergeId : noMergeId;
}

Rect areaOf(const std::optional<region::Region>& region, Size picture)
{
    return region ? region::reach(*region, picture) : wholeOf(picture);
}

} // namespace

Document::Document(EngineBridge& bridge, QObject* parent)
    : QObject(parent), run_(bridge), steps_(bridge)
{
    connect(&run_, &RestorationRun::submitted, this,
            [this](const Active& job) { steps_.begin(job.job, job.steps); });
    connect(&run_, &RestorationRun::frameArrived, &steps_, &StepScrubber::add);
    connect(&run_, &RestorationRun::broken, &steps_, &StepScrubber::discard);
    connect(&run_, &RestorationRun::stopped, &steps_, &StepScrubber::stop);
    connect(&run_, &RestorationRun::succeeded, this, [this](const RestorationPtr& restoration) {
        edit({state_.region, laidOver(state_.restoration, *restoration)}, tr("Restore"));
        steps_.finish();
    });
}

// QUndoStack clears itself and says so while it is destroyed: nobody shall listen any more.
Document::~Document()
{
    history_.blockSignals(true);
}

void Document::setPhoto(image::Photo photo)
{
    run_.abandon();
    steps_.clear();
    history_.clear();
    history_.setUndoLimit(undoLimitFor(photo.size()));
    photo_ = std::move(photo);
    state_ = {};
    Q_EMIT photoChanged();
    Q_EMIT regionChanged();
    Q_EMIT restorationChanged();
}

void Document::setRegion(const std::optional<region::Region>& region)
{
    if (!photo_)
        return;
    const auto wanted = inside(region);
    if (wanted == state_.region)
        return;
    if (wanted)
        feather_ = wanted->featherPixels;
    edit({wanted, state_.restoration}, wanted ? tr("Change region") : tr("Whole photo"),
         mergeIdOf(state_.region, wanted));
}

std::optional<region::Region> Document::inside(const std::optional<region::Region>& region) const
{
    if (region)
        if (const auto clip = region::clipped(*region, photo_->size()))
            return *clip;
    return std::nullopt;
}

void Document::setFeatherPixels(int pixels)
{
    if (pixels == feather_)
        return;
    feather_ = pixels;
    if (!state_.region) {
        Q_EMIT regionChanged();
        return;
    }
    auto region = state_.region;
    region->featherPixels = pixels;
    edit({region, state_.restoration}, tr("Change feather"), featherMergeId);
}

void Document::setSettings(const RunSettings& settings)
{
    if (settings == settings_)
        return;
    settings_ = settings;
    Q_EMIT settingsChanged();
}

void Document::setStrength(float strength)
{
    strength = std::clamp(strength, 0.0F, 1.0F);
    if (strength == strength_)
        return;
    strength_ = strength;
    Q_EMIT strengthChanged();
}

void Document::run()
{
    if (!canRun())
        return;
    if (!seedLocked_) {
        auto settings = settings_;
        settings.seed = QRandomGenerator::global()->bounded(seedBound);
        setSettings(settings);
    }
    steps_.withdrawPartial(); // it belongs to the request before
    run_.start(request());
}

RestorationPtr Document::shownRestoration() const
{
    if (!state_.restoration || !steps_.fullPicture())
        return state_.restoration;
    auto shown = std::make_shared<Restoration>(*state_.restoration);
    shown->patch = *steps_.fullPicture();
    shown->step = steps_.position();
    return shown;
}

bool Document::isStale() const
{
    if (!state_.restoration || !photo_)
        return false;
    auto made = state_.restoration->request;
    made.device = request().device; // the same result, wherever it is made
    const Rect shared =
        areaOf(made.region, photo_->size()).intersected(areaOf(state_.region, photo_->size()));
    return !shared.isEmpty() && !(made == request());
}

bool Document::canKeepStep() const
{
    return !run_.active() && (steps_.partial() || (state_.restoration && steps_.fullPicture()));
}

void Document::keepStep()
{
    if (!canKeepStep())
        return;
    if (const auto* partial = steps_.partial()) {
        keepPartial(*partial);
        return;
    }
    const auto kept = shownRestoration();
    edit({state_.region, kept}, tr("Keep step %1").arg(kept->step));
}

void Document::keepPartial(const PartialResult& partial)
{
    Restoration made{.job = partial.job,
                     .request = run_.request(),
                     .patch = partial.patch,
                     .mask = run_.mask(),
                     .elapsed = run_.worked(),
                     .step = partial.step};
    steps_.keepPartial(); // which ends the life of `partial`
    edit({state_.region, laidOver(state_.restoration, made)}, tr("Keep step %1").arg(made.step));
}

void Document::bringBack(const RestorationPtr& restoration,
                         const std::optional<region::Region>& region, float strength)
{
    setStrength(strength);
    recall(restoration->request);
    edit({inside(region), restoration}, tr("Bring back"));
}

void Document::setModel(const std::string& method, const std::string& id)
{
    if (id.empty())
        models_.erase(method);
    else
        models_[method] = id;
    Q_EMIT settingsChanged();
}

std::string Document::modelOf(const std::string& method) const
{
    const auto model = models_.find(method);
    return model == models_.end() ? std::string() : model->second;
}

engine::RestorationRequest Document::request() const
{
    return {.image = photo_->image,
            .region = state_.region,
            .method = settings_.method,
            .model = modelOf(settings_.method),
            .steps = settings_.steps,
            .seed = settings_.seed,
            .parameters = settings_.parameters,
            .texts = settings_.texts,
            .device = settings_.device};
}

void Document::edit(Editable next, const QString& name, int mergeId)
{
    history_.push(new EditCommand(*this, std::move(next), name, mergeId)); // the stack owns it
}

/// What undo and redo do. Not what an edit does at first: the settings may have changed during a
/// run.
void Document::goTo(const Editable& next)
{
    if (next.restoration && next.restoration != state_.restoration)
        recall(next.restoration->request);
    apply(next);
}

void Document::recall(const engine::RestorationRequest& made)
{
    if (modelOf(made.method) != made.model)
        Q_EMIT modelRecalled(made.method, made.model); // first: steps follow another model
    auto settings = settings_;
    settings.method = made.method;
    settings.steps = made.steps;
    settings.seed = made.seed;
    settings.parameters = made.parameters;
    settings.texts = made.texts;
    setSettings(settings);
}

void Document::apply(const Editable& next)
{
    const bool newRegion = !(next.region == state_.region);
    const bool newRestoration = next.restoration != state_.restoration;
    state_ = next;
    if (newRegion) {
        if (state_.region)
            feather_ = state_.region->featherPixels;
        Q_EMIT regionChanged();
    }
    if (newRestoration) {
        const auto& made = state_.restoration;
        steps_.rest(made ? made->job : engine::JobId::None, made ? made->step : 0);
        Q_EMIT restorationChanged();
    }
}

} // namespace limpid::ui
