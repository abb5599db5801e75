// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/work_time.h"

#include <QTest>

using namespace limpid;
using namespace std::chrono_literals;

class TestWorkTime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsFromTheStart();
    void leavesPausesOut();
    void beginsAnewWithEachStart();
};

void TestWorkTime::countsFromTheStart()
{
    const ui::WorkTime::Moment noon{12h};
    ui::WorkTime work;

    work.start(noon);

    QVERIFY(work.until(noon + 31s) == 31s);
}

void TestWorkTime::leavesPausesOut()
{
    const ui::WorkTime::Moment noon{12h};
    ui::WorkTime work;
    work.start(noon);

    work.pause(noon + 10s);
    QVERIFY(work.until(noon + 1h) == 10s);
    work.resume(noon + 1h);

    QVERIFY(work.until(noon + 1h + 5s) == 15s);
}

void TestWorkTime::beginsAnewWithEachStart()
{
    const ui::WorkTime::Moment noon{12h};
    ui::WorkTime work;
    work.start(noon);
    work.pause(noon + 10s);

    work.start(noon + 1h);

    QVERIFY(work.until(noon + 1h + 2s) == 2s);
}

QTEST_APPLESS_MAIN(TestWorkTime)
#include "tst_work_time.moc"
