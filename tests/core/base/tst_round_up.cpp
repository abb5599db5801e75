// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/round_up.h"

#include <QTest>

using namespace limpid;

class TestRoundUp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void holdsAll_data();
    void holdsAll();
};

void TestRoundUp::holdsAll_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("pieces");
    QTest::addColumn<int>("multiple");
    QTest::newRow("nothing") << 0 << 0 << 0;
    QTest::newRow("a part of a piece") << 1 << 1 << 16;
    QTest::newRow("one piece") << 16 << 1 << 16;
    QTest::newRow("a little more") << 17 << 2 << 32;
}

void TestRoundUp::holdsAll()
{
    QFETCH(int, length);
    QFETCH(int, pieces);
    QFETCH(int, multiple);

    QCOMPARE(piecesFor(length, 16), pieces);
    QCOMPARE(roundedUp(length, 16), multiple);
}

QTEST_APPLESS_MAIN(TestRoundUp)
#include "tst_round_up.moc"
