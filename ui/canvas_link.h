// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/method_spec.h"
#include "ui/state/document.h"
#include "ui/view/compare_view.h"

#include <QObject>

#include <optional>
#include <string>
#include <vector>

namespace limpid::ui {

/// Keeps the canvas showing what the document holds, and the document holding the region that is
/// drawn on the canvas.
class CanvasLink : public QObject {
    Q_OBJECT
public:
    CanvasLink(Document& document, CompareView& view, QObject* parent);

    /// From these it learns what the method looks at around a region.
    void setMethods(std::vector<engine::MethodSpec> methods);

    /// Whether the decoded LKPN latent gets a pane when a run has one.
    void setKernelShown(bool shown);

private:
    /// What the canvas was last given as result: asking for it again would cost a pyramid.
    struct Shown {
        std::vector<region::Layer> layers;
        float strength = 1.0F;

        bool operator==(const Shown&) const = default;
    };

    void showPhoto();
    void showRegion();
    void showContext();
    void showPicture();
    void showKernel();
    void showResult();

    Document& document_;
    CompareView& view_;
    std::vector<engine::MethodSpec> methods_;
    std::optional<Shown> shown_;
    engine::FramePtr shownKernel_;
    std::string kernelMethod_; ///< Of the run that it came from.
    bool kernelWanted_ = true;
};

} // namespace limpid::ui
