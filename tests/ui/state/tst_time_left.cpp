// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/time_left.h"

#include <QTest>

using namespace limpid;
using namespace std::chrono_literals;

class TestTimeLeft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingBeforeTheFirstStep();
    void extendsThePaceOfTheFirstStep();
    void followsTheRecentPace();
    void nothingIsLeftAfterTheLastStep();
};

void TestTimeLeft::knowsNothingBeforeTheFirstStep()
{
    QVERIFY(!ui::TimeLeft{}.until(10));
}

void TestTimeLeft::extendsThePaceOfTheFirstStep()
{
    ui::TimeLeft left;

    left.add(1, 2s);

    QCOMPARE(left.until(6)->count(), 10'000);
}

void TestTimeLeft::followsTheRecentPace()
{
    ui::TimeLeft left;
    for (int step = 1; step <= 10; ++step)
        left.add(step, step * 10s); // slow …
    for (int step = 11; step <= 20; ++step)
        left.add(step, 100s + (step - 10) * 1s); // … then ten times as fast

    QCOMPARE(left.until(30)->count(), 10'000);
}

void TestTimeLeft::nothingIsLeftAfterTheLastStep()
{
    ui::TimeLeft left;

    left.add(4, 8s);

    QCOMPARE(left.until(4)->count(), 0);
}

QTEST_APPLESS_MAIN(TestTimeLeft)
#include "tst_time_left.moc"
