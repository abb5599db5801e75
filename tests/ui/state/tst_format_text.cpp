// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/format_text.h"

#include <QTest>

using namespace limpid;

class TestFormatText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysDurationsAsPeopleDo_data();
    void saysDurationsAsPeopleDo();
    void namesDevices_data();
    void namesDevices();
};

void TestFormatText::saysDurationsAsPeopleDo_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("an instant") << 300 << QStringLiteral("under a second");
    QTest::newRow("rounded up") << 1500 << QStringLiteral("2 s");
    QTest::newRow("not sixty seconds") << 59'700 << QStringLiteral("1 min 0 s");
    QTest::newRow("minutes") << 200'000 << QStringLiteral("3 min 20 s");
}

void TestFormatText::saysDurationsAsPeopleDo()
{
    QFETCH(int, milliseconds);

    QTEST(ui::durationText(std::chrono::milliseconds(milliseconds)), "text");
}

void TestFormatText::namesDevices_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("text");
    QTest::newRow("cpu") << QStringLiteral("cpu") << QStringLiteral("CPU");
    QTest::newRow("second gpu") << QStringLiteral("cuda:1") << QStringLiteral("GPU 1");
    QTest::newRow("gpu") << QStringLiteral("cuda") << QStringLiteral("GPU");
    QTest::newRow("unknown") << QStringLiteral("tpu") << QStringLiteral("tpu");
}

void TestFormatText::namesDevices()
{
    QFETCH(QString, id);

    QTEST(ui::deviceText(id.toStdString()), "text");
}

QTEST_GUILESS_MAIN(TestFormatText)
#include "tst_format_text.moc"
