// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preview_mailbox.h"

#include <QTest>

#include <memory>
#include <utility>

using namespace limpid::engine;
using namespace std::chrono_literals;

class TestPreviewMailbox : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wantsTheFirstFrame();
    void wantsNoFrameWhileOneWaits();
    void wantsNoFrameBeforeTheIntervalHasPassed();
    void givesTheNewestFrameOnce();
    void keepsKindsApart();
    void forgetsAllWhenCleared();
};

namespace {

FramePtr frame(FrameKind kind, int step)
{
    Frame made;
    made.kind = kind;
    made.step = step;
    return std::make_shared<const Frame>(std::move(made));
}

} // namespace

void TestPreviewMailbox::wantsTheFirstFrame()
{
    const PreviewMailbox mailbox(1h);

    QVERIFY(mailbox.wants(FrameKind::Predicted));
}

void TestPreviewMailbox::wantsNoFrameWhileOneWaits()
{
    PreviewMailbox mailbox(0ms);
    mailbox.put(frame(FrameKind::Predicted, 1));

    QVERIFY(!mailbox.wants(FrameKind::Predicted));
    mailbox.take(FrameKind::Predicted);
    QVERIFY(mailbox.wants(FrameKind::Predicted));
}

void TestPreviewMailbox::wantsNoFrameBeforeTheIntervalHasPassed()
{
    PreviewMailbox mailbox(1h);
    mailbox.put(frame(FrameKind::Predicted, 1));
    mailbox.take(FrameKind::Predicted);

    QVERIFY(!mailbox.wants(FrameKind::Predicted));
}

void TestPreviewMailbox::givesTheNewestFrameOnce()
{
    PreviewMailbox mailbox(0ms);
    mailbox.put(frame(FrameKind::Predicted, 1));
    mailbox.put(frame(FrameKind::Predicted, 2));

    const FramePtr taken = mailbox.take(FrameKind::Predicted);

    QCOMPARE(taken->step, 2);
    QVERIFY(!mailbox.take(FrameKind::Predicted));
}

void TestPreviewMailbox::keepsKindsApart()
{
    PreviewMailbox mailbox(1h);
    mailbox.put(frame(FrameKind::Guidance, 0));

    QVERIFY(mailbox.wants(FrameKind::Predicted));
    QVERIFY(!mailbox.take(FrameKind::Kernel));
    QVERIFY(mailbox.take(FrameKind::Guidance));
}

void TestPreviewMailbox::forgetsAllWhenCleared()
{
    PreviewMailbox mailbox(1h);
    mailbox.put(frame(FrameKind::Kernel, 3));

    mailbox.clear();

    QVERIFY(!mailbox.take(FrameKind::Kernel));
    QVERIFY(mailbox.wants(FrameKind::Kernel));
}

QTEST_APPLESS_MAIN(TestPreviewMailbox)
#include "tst_preview_mailbox.moc"
