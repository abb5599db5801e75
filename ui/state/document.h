// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/photo.h"
#include "ui/state/restoration_run.h"
#include "ui/state/step_scrubber.h"

#include <QObject>
#include <QUndoStack>

#include <optional>

namespace limpid::ui {

/// The open photo and all that is decided about it: region, settings, strength, and what was
/// restored, the newest on top. Only a job that finished, or a step that the user keeps, changes
/// the restoration; a cancelled or failed job leaves everything as it was. Every job starts from
/// the untouched photo: nothing is restored twice. A restoration that undo, redo or bringBack()
/// shows brings the settings that made it along, but for the device. GUI thread; has no widgets.
class Document : public QObject {
    Q_OBJECT
public:
    explicit Document(EngineBridge& bridge, QObject* parent = nullptr);
    ~Document() override;

    /// Another photo: its job, region, restoration and undo history are gone; settings stay.
    void setPhoto(image::Photo photo);
    const image::Photo* photo() const { return photo_ ? &*photo_ : nullptr; }

    const std::optional<region::Region>& region() const { return state_.region; }
    /// Clipped to the photo; one that lies outside of it counts as none. Can be undone; changes
    /// that follow closely become one step.
    void setRegion(const std::optional<region::Region>& region);

    int featherPixels() const { return feather_; }
    /// For the region there is and for those to come.
    void setFeatherPixels(int pixels);

    const RunSettings& settings() const { return settings_; }
    void setSettings(const RunSettings& settings);

    /// The model that a method uses, by catalog id; empty: its default.
    void setModel(const std::string& method, const std::string& id);

    /// Locked: every run uses the seed of the settings. Unlocked: every run draws a new one.
    bool isSeedLocked() const { return seedLocked_; }
    void setSeedLocked(bool locked) { seedLocked_ = locked; }

    float strength() const { return strength_; } ///< 0…1, blended live; never needs a new run.
    void setStrength(float strength);

    bool canRun() const { return photo_ && !run_.active(); }
    void run();
    RestorationRun& job() { return run_; }
    const RestorationRun& job() const { return run_; }
    StepScrubber& steps() { return steps_; }

    /// The newest one, which knows those of other regions beneath it.
    RestorationPtr restoration() const { return state_.restoration; }
    /// The same with the full picture of the step that the scrubber shows, where that is there.
    RestorationPtr shownRestoration() const;
    /// True when region or settings are no longer those that made the newest restoration. A region
    /// apart from it is a place still to be restored, which makes nothing stale.
    bool isStale() const;
    /// Takes up what was restored on this very photo before, as one edit. The region is clipped.
    void bringBack(const RestorationPtr& restoration, const std::optional<region::Region>& region,
                   float strength);
    /// Makes the step shown by the scrubber the restoration, which needs its full picture, or the
    /// partial result of a run that was cancelled.
    bool canKeepStep() const;
    void keepStep();

    QUndoStack& history() { return history_; }

Q_SIGNALS:
    void photoChanged();
    void regionChanged();
    void settingsChanged();
    void strengthChanged();
    void restorationChanged();
    /// A restoration is shown again that was made with this model, not the method's current one.
    /// Whoever knows the models answers with setModel() where that is still there.
    void modelRecalled(const std::string& method, const std::string& id);

private:
    friend class EditCommand;
    /// What undo brings back.
    struct Editable {
        std::optional<region::Region> region;
        RestorationPtr restoration;
    };

    engine::RestorationRequest request() const;
    void keepPartial(const PartialResult& partial);
    std::string modelOf(const std::string& method) const;
    std::optional<region::Region> inside(const std::optional<region::Region>& region) const;
    void edit(Editable next, const QString& name, int mergeId = -1);
    void apply(const Editable& next);
    void goTo(const Editable& next);
    void recall(const engine::RestorationRequest& made);

    std::optional<image::Photo> photo_;
    Editable state_;
    RunSettings settings_;
    std::map<std::string, std::string> models_; ///< By method; absent: the default.
    int feather_ = 16;
    float strength_ = 1.0F;
    bool seedLocked_ = true;
    RestorationRun run_;
    StepScrubber steps_;
    QUndoStack history_;
};

} // namespace limpid::ui
