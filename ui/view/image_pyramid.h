// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/view/pyramid.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace limpid::ui {

/// Keeps the pyramid of a picture that changes: builds in Qt's pool, shows a coarse level first,
/// and is only touched by the GUI thread. With a base it equals the base until it is changed.
class ImagePyramid : public QObject {
    Q_OBJECT

public:
    /// Makes the pixels to put in, which do not overlap; called in the pool.
    using MakePatches = std::function<std::vector<region::Patch>()>;

    explicit ImagePyramid(const ImagePyramid* base = nullptr);

    const Pyramid& pyramid() const { return pyramid_; }
    /// True while something that was asked for is not shown yet.
    bool isBusy() const { return running_ || pending_; }

    enum class FirstLook {
        Coarse, ///< Another picture: show something of it at once.
        None,   ///< A better version: keep the old one until it is complete.
    };
    /// Forgets everything asked for before.
    void setImage(const image::Image& image, FirstLook look);
    /// Equals the base again, at once.
    void reset();
    /// The base with these patches and nothing else; the newest call wins, and the old content
    /// stays until then.
    void replace(MakePatches make);

Q_SIGNALS:
    void changed(limpid::Rect area); ///< In image pixels.
    void failed();                   ///< Not enough memory.

private:
    struct Patched {
        Pyramid pyramid;
        Rect area;
    };

    void followBase();
    void startNext();
    void adopt(const Patched& made);
    void adoptWhole(const Pyramid& pyramid);
    void dropRunning();

    const ImagePyramid* base_;
    Pyramid pyramid_;
    MakePatches pending_;             ///< Empty: nothing waits.
    std::optional<Rect> patchedArea_; ///< Where this differs from the base; null: unknown.
    bool follows_;
    bool running_ = false;
    bool building_ = false;   ///< What runs is a whole picture.
    unsigned generation_ = 0; ///< A job of an older generation has come too late.
};

} // namespace limpid::ui
