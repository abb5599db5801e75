// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/step_trail.h"

#include <QTest>

using namespace limpid;

namespace {

engine::FramePtr frameOf(int step, std::size_t bytes = 10)
{
    engine::Frame frame;
    frame.step = step;
    frame.rgb.resize(bytes);
    return std::make_shared<const engine::Frame>(std::move(frame));
}

} // namespace

class TestStepTrail : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersWithTheNearestEarlierFrame();
    void keepsTheNewestFrameAndTheBudget();
};

void TestStepTrail::answersWithTheNearestEarlierFrame()
{
    ui::StepTrail trail;
    trail.add(frameOf(2));
    trail.add(frameOf(5));

    QVERIFY(!trail.at(1));
    QCOMPARE(trail.at(2)->step, 2);
    QCOMPARE(trail.at(4)->step, 2);
    QCOMPARE(trail.at(9)->step, 5);
}

void TestStepTrail::keepsTheNewestFrameAndTheBudget()
{
    ui::StepTrail trail(100);

    for (int step = 1; step <= 40; ++step)
        trail.add(frameOf(step));

    QVERIFY(trail.count() <= 10);
    QCOMPARE(trail.newest(), 40);
    QCOMPARE(trail.at(1)->step, 1);
}

QTEST_APPLESS_MAIN(TestStepTrail)
#include "tst_step_trail.moc"
