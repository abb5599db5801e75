// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/sample_photo.h"
#include "ui/state/document.h"

#include <QTest>

namespace limpid::tests {

/// An open photo over a real engine with a fake runner that a test steps by hand.
struct FakeSession {
    FakeSession() : bridge(control.factory(), {.previewInterval = {}}), document(bridge)
    {
        document.setPhoto(samplePhoto());
        document.setSettings({.method = "fake", .steps = 4, .seed = 7});
    }

    /// Starts a run and lets it do this many steps, one by one, so that no preview is skipped.
    void runTo(int step)
    {
        document.run();
        for (int done = 1; done <= step; ++done) {
            control.allowSteps();
            QTRY_COMPARE(document.steps().last(), done);
        }
    }

    void restore()
    {
        control.allowAll();
        document.run();
        QTRY_VERIFY(document.restoration() && !document.job().active());
    }

    FakeControl control;
    ui::EngineBridge bridge;
    ui::Document document;
};

} // namespace limpid::tests
