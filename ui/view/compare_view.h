// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/frame.h"
#include "core/image/image.h"
#include "core/region/blend.h"
#include "core/region/context.h"
#include "core/region/mask.h"
#include "core/region/region.h"
#include "ui/view/image_pyramid.h"
#include "ui/view/invention_layer.h"
#include "ui/view/live_layer.h"
#include "ui/view/pane_layout.h"
#include "ui/view/photo_canvas.h"
#include "ui/view/rectangle_tool.h"
#include "ui/view/view_overlay.h"
#include "ui/view/viewport.h"

#include <QPoint>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace limpid::ui {

/// What the left mouse button does on the picture.
enum class Tool { Hand, Rectangle };

/// The photograph in the middle of the window: before and after under one camera, the region with
/// its handles, and the live picture of a running job. Conversions run in Qt's pool; pictures and
/// results may be set at any time and appear as soon as they are ready.
class CompareView : public QWidget {
    Q_OBJECT

public:
    explicit CompareView(QWidget* parent = nullptr);
    ~CompareView() override;

    /// Starts a new picture: the after-picture equals it, region and live frame are gone; the
    /// camera goes to fit when the size is another one. An empty image clears the view.
    void setBefore(const image::Image& before);

    /// After = before, with these layers laid in, the first one lowest. Rebuilds their area only,
    /// so it may follow a slider; an earlier result is replaced without flicker. The live frame
    /// stays until the result is painted.
    void setResult(const std::vector<region::Layer>& layers, float strength);
    /// After = before.
    void resetAfter();

    /// Painted in place on the after side while a job runs, with the feather of the mask; a null
    /// mask is 1 everywhere. Pass the same mask object for all frames of a job.
    void setLiveFrame(engine::FramePtr frame, std::shared_ptr<const region::Mask> mask,
                      float strength);
    void clearLiveFrame();

    /// A further picture of the same place in a pane of its own at the right, over the
    /// before-picture, with its name; null takes the pane away.
    void setCompanion(engine::FramePtr frame, const QString& label);

    /// While true the after-picture is gray with its invented detail in color, as soon as that is
    /// found, a live frame apart.
    void setInventionShown(bool shown);

    void setMode(CompareMode mode);
    CompareMode mode() const;
    void swapSides();
    /// Hold to see: while true every pane shows the before-picture.
    void setBeforePeek(bool held);
    /// 0…1 of the view's width; for remembering it between sessions.
    void setSplitPosition(double position);
    double splitPosition() const;

    /// 1.0 is 100 %: one image pixel on one pixel of the screen.
    void zoomTo(double factor);
    void zoomToFit();
    void zoomIn();
    void zoomOut();
    void toggleFit(); ///< Fit ↔ 100 % at the middle of the view.
    double zoom() const;
    bool isFit() const;

    void setRegion(std::optional<region::Region> region);
    std::optional<region::Region> region() const;
    /// For the region shown now and for those drawn later; emits nothing.
    void setFeather(int pixels);
    /// The area a network looks at, drawn faintly around the region.
    void setContextRule(const region::ContextRule& rule);
    const region::ContextRule& contextRule() const { return contextRule_; }
    /// While a job runs: the region is shown, but cannot be changed.
    void setRegionLocked(bool locked);
    void setTool(Tool tool);
    Tool tool() const;

Q_SIGNALS:
    void regionDragged(std::optional<limpid::region::Region> region); ///< While dragging.
    void regionChanged(std::optional<limpid::region::Region> region); ///< On release and by keys.
    void zoomChanged(double factor);
    void splitMoved(double position);
    void cursorMoved(QPoint imagePixel); ///< (-1, -1) when the pointer leaves the picture.
    void pictureReady();                 ///< The before-picture is shown at full resolution.

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    enum class Drag { None, Pan, Split, Region };

    // Geometry; positions are device pixels of the view.
    LayoutOptions layoutOptions() const;
    std::vector<Pane> panes() const;
    const Pane* paneAt(const std::vector<Pane>& panes, QPointF position) const;
    PaneMap mapFor(const Pane& pane) const;
    SplitLine splitLine() const;
    bool showsSplit() const;
    QSize deviceSize() const;
    QPointF toDevice(QPointF widget) const { return widget * devicePixelRatioF(); }
    void syncPane();
    void moveCamera(const std::function<void()>& change);

    void setQuality(Quality quality);

    // Pictures.
    void showBefore(const Rect& changed);
    void showAfter(const Rect& changed);
    void showFailure();
    void applyTheme();

    // Painting.
    void paintPane(QPainter& painter, const Pane& pane);
    void paintPaneLabel(QPainter& painter, const Pane& pane);
    bool showsInvention() const;
    QString afterLabel() const;

    // Input.
    bool wantsKey(const QKeyEvent& event) const;
    bool pans(Qt::MouseButton button) const;
    bool regionEditable() const;
    Drag dragFor(const QMouseEvent& event) const;
    void dragRegion(const QMouseEvent& event);
    void dragSplit(double x);
    void finishDrag(const QMouseEvent& event);
    void cancelDrag();
    void pressToolKey(const QKeyEvent& event);
    void zoomByGesture(double factor, QPointF widgetPosition);
    bool pinch(QEvent* event);
    void updateCursor();
    void reportCursor(QPointF position);

    image::Image beforeImage_;
    ImagePyramid before_;
    ImagePyramid after_{&before_};
    PhotoCanvas beforeCanvas_;
    PhotoCanvas afterCanvas_;
    InventionLayer invention_{before_};
    LiveLayer live_;
    LiveLayer companion_;
    QString companionLabel_;
    bool liveEndsWithResult_ = false;
    bool failed_ = false;

    Viewport viewport_;
    QTimer zoomRest_; ///< Runs while the zoom changes; at its end everything is painted well.
    CompareMode mode_ = CompareMode::AfterOnly;
    bool swapped_ = false;
    bool peek_ = false;
    double split_ = 0.5;

    Tool tool_ = Tool::Hand;
    RectangleTool rectangle_;
    region::ContextRule contextRule_;
    bool regionLocked_ = false;

    Drag drag_ = Drag::None;
    Qt::MouseButton dragButton_ = Qt::NoButton;      ///< Which ends it when it is released.
    Pane dragPane_;                                  ///< Where the drag began.
    QPointF pressed_;                                ///< Device pixels of the view.
    QPointF pointer_;                                ///< Likewise, the newest.
    std::optional<double> splitBeforeClick_;         ///< A double click takes its first click back.
    std::optional<region::Region> regionBeforeDrag_; ///< To tell whether it changed.
    bool spaceHeld_ = false;
    bool hovered_ = false;
};

} // namespace limpid::ui
