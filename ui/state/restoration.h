// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/event.h"
#include "core/engine/request.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace limpid::ui {

/// What the panel decides about the next run; the photo and the region come from the document.
struct RunSettings {
    std::string method = "msg";
    int steps = 6;
    std::uint64_t seed = 1;
    std::map<std::string, double> parameters{}; ///< As RestorationRequest::parameters.
    std::map<std::string, std::string> texts{}; ///< As RestorationRequest::texts.
    std::string device = "auto";

    friend bool operator==(const RunSettings&, const RunSettings&) = default;
};

/// Null stands for "everywhere".
using MaskPtr = std::shared_ptr<const region::Mask>;

struct Restoration;
using RestorationPtr = std::shared_ptr<const Restoration>;

/// A finished restoration: what was asked, what came out, where it belongs.
struct Restoration {
    engine::JobId job = engine::JobId::None;
    engine::RestorationRequest request{};
    region::Patch patch{};
    MaskPtr mask{};
    std::string device{};
    std::chrono::milliseconds elapsed{0};
    int step = 0; ///< Which step's picture this is; request.steps for the result proper.
    /// Those of other regions that it lies on, the lowest first; their own are empty.
    std::vector<RestorationPtr> beneath{};

    region::Layer layer() const { return {patch, mask}; }
};

/// `newer` on top of `older` and of what that lies on, but for what it takes the place of: those
/// whose rectangles lie inside its own. `older` may be null.
RestorationPtr laidOver(const RestorationPtr& older, Restoration newer);

/// Those beneath it and itself, the lowest first; none for null.
std::vector<RestorationPtr> allOf(const RestorationPtr& restoration);

/// Whether one of them, by its rectangle, holds all of this region (none: of the whole photo).
/// False for null.
bool isRestored(const RestorationPtr& restoration, const std::optional<region::Region>& region);

/// What the picture is made of, the lowest first; none for null.
std::vector<region::Layer> layersOf(const RestorationPtr& restoration);

/// Nothing was run yet.
struct Idle {};
/// A job is prepared, queued or running.
struct Active {
    engine::JobId job = engine::JobId::None; ///< None until it is submitted.
    engine::Stage stage = engine::Stage::LoadingModel;
    int step = 0; ///< Steps done.
    int steps = 0;
    double share = 0.0; ///< Of all work; 0 while nothing is known of it.
    bool paused = false;
    bool cancelling = false;
};
/// How the last job ended.
struct Succeeded {
    std::string device{};
    std::chrono::milliseconds elapsed{0};
};
struct Broken {
    Error error;
};
struct Stopped {};

using JobState = std::variant<Idle, Active, Succeeded, Broken, Stopped>;

} // namespace limpid::ui
