// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/engine_bridge.h"

#include <QSignalSpy>
#include <QTest>

#include <future>

using namespace limpid;

namespace {

constexpr int manySteps = 5000;

/// Says everything about its steps as fast as it can, then keeps its promise.
class BurstRunner : public engine::JobRunner {
public:
    explicit BurstRunner(std::promise<void>& done) : done_(done) {}

    Result<engine::RestorationResult> run(const engine::RestorationRequest&,
                                          engine::JobContext& context) override
    {
        context.stage(engine::Stage::Sampling);
        for (int step = 1; step <= manySteps; ++step) {
            context.stepDone(step, manySteps);
            context.publish(engine::Frame{});
        }
        done_.set_value();
        return engine::RestorationResult{};
    }

    Result<region::Patch> decodeStep(engine::JobId, int) override { return region::Patch{}; }

private:
    std::promise<void>& done_;
};

} // namespace

class TestEngineBridge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void staysSmallHoweverFastTheWorkerIs();
    void saysTheLastStepBeforeTheEnd();
    void survivesBeingDestroyedWithEventsWaiting();
};

void TestEngineBridge::staysSmallHoweverFastTheWorkerIs()
{
    std::promise<void> burst;
    ui::EngineBridge bridge([&] { return std::make_unique<BurstRunner>(burst); });
    QSignalSpy steps(&bridge, &ui::EngineBridge::stepDone);
    QSignalSpy frames(&bridge, &ui::EngineBridge::frameReady);
    QSignalSpy endings(&bridge, &ui::EngineBridge::finished);

    bridge.submit({});
    burst.get_future().wait(); // the event loop does not turn meanwhile: all of it piles up
    QTRY_COMPARE(endings.count(), 1);

    QVERIFY2(steps.count() <= 2, qPrintable(QString::number(steps.count())));
    QVERIFY2(frames.count() <= 2, qPrintable(QString::number(frames.count())));
}

void TestEngineBridge::saysTheLastStepBeforeTheEnd()
{
    std::promise<void> burst;
    ui::EngineBridge bridge([&] { return std::make_unique<BurstRunner>(burst); });
    int lastStep = 0;
    int stepAtTheEnd = 0;
    connect(&bridge, &ui::EngineBridge::stepDone, this,
            [&](const engine::StepDone& event) { lastStep = event.step; });
    connect(&bridge, &ui::EngineBridge::finished, this, [&] { stepAtTheEnd = lastStep; });

    bridge.submit({});

    QTRY_COMPARE(stepAtTheEnd, manySteps);
}

void TestEngineBridge::survivesBeingDestroyedWithEventsWaiting()
{
    std::promise<void> burst;
    auto bridge =
        std::make_unique<ui::EngineBridge>([&] { return std::make_unique<BurstRunner>(burst); });
    QSignalSpy endings(bridge.get(), &ui::EngineBridge::finished);

    bridge->submit({});
    burst.get_future().wait();
    bridge.reset();
    QCoreApplication::sendPostedEvents();

    QCOMPARE(endings.count(), 0);
}

QTEST_GUILESS_MAIN(TestEngineBridge)
#include "tst_engine_bridge.moc"
