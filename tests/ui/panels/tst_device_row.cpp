// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "ui/panels/device_row.h"
#include "ui/state/device_list.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>

#include <thread>

using namespace limpid;

namespace {

const engine::DeviceInfo cpu{
    .id = "cpu", .name = "AMD EPYC 9R14 (2 threads, bf16)", .usable = true, .reason = {}};
const engine::DeviceInfo gpu{.id = "cuda:0", .name = "NVIDIA A100", .usable = true, .reason = {}};

engine::DeviceInfo unusable(const std::string& reason)
{
    return {.id = "cuda:0", .name = "GPU", .usable = false, .reason = reason};
}

struct Setup {
    Setup() { holder.show(); }

    QComboBox& choice() { return *row.findChild<QComboBox*>(QStringLiteral("device")); }
    QLabel& only() { return *row.findChild<QLabel*>(QStringLiteral("onlyDevice")); }
    QLabel& left() { return *row.findChild<QLabel*>(QStringLiteral("leftDevice")); }
    std::string device() const { return session.document.settings().device; }

    /// As it was chosen at a former start.
    void remember(const std::string& id)
    {
        auto settings = session.document.settings();
        settings.device = id;
        session.document.setSettings(settings);
    }

    /// As a user does.
    void choose(int index)
    {
        choice().setCurrentIndex(index);
        Q_EMIT choice().activated(index);
    }

    tests::FakeSession session;
    QWidget holder;
    ui::DeviceRow& row = *new ui::DeviceRow(session.document, &holder);
};

} // namespace

class TestDeviceRow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isHiddenWhileNothingIsKnown();
    void offersEveryDeviceThatCanBeUsed();
    void theChoiceIsForTheNextRun();
    void withoutAGraphicsCardItIsALineWithTheReason_data();
    void withoutAGraphicsCardItIsALineWithTheReason();
    void aCardThatCannotBeUsedIsShownWithItsReason();
    void aChosenCardThatFailsGivesWay();
    void aRememberedDeviceIsTakenUp();
    void aRememberedDeviceThatIsGoneIsSaidUntilAnotherIsChosen();
    void aRememberedCardThatFailsIsSaidWithItsReasonAndStaysRemembered();
    void theListIsToldByAnotherThread();
};

void TestDeviceRow::isHiddenWhileNothingIsKnown()
{
    Setup setup;

    QVERIFY(!setup.row.isVisible());
    setup.row.setDevices({});
    QVERIFY(!setup.row.isVisible());
}

void TestDeviceRow::offersEveryDeviceThatCanBeUsed()
{
    Setup setup;

    setup.row.setDevices({cpu, gpu});

    QVERIFY(setup.choice().isVisible());
    QVERIFY(!setup.only().isVisible());
    QCOMPARE(setup.choice().count(), 3);
    QCOMPARE(setup.choice().currentText(), QStringLiteral("Automatic (GPU 0: NVIDIA A100)"));
    QCOMPARE(setup.choice().itemText(1), QStringLiteral("CPU: AMD EPYC 9R14"));
    QCOMPARE(setup.choice().itemText(2), QStringLiteral("GPU 0: NVIDIA A100"));
}

void TestDeviceRow::theChoiceIsForTheNextRun()
{
    Setup setup;
    setup.row.setDevices({cpu, gpu});

    setup.choose(1);
    QCOMPARE(setup.device(), std::string("cpu"));
    setup.session.restore();
    QCOMPARE(setup.session.document.restoration()->request.device, std::string("cpu"));
    setup.choose(0);

    QCOMPARE(setup.device(), std::string("auto"));
}

void TestDeviceRow::withoutAGraphicsCardItIsALineWithTheReason_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* reason, const char* words) {
        QTest::newRow(reason) << QString::fromUtf8(reason) << QString::fromUtf8(words);
    };
    row("no NVIDIA GPU was found; others are not used", "no NVIDIA graphics card");
    row("there is an NVIDIA GPU, but no driver for it", "Install NVIDIA's driver");
    row("the NVIDIA driver is too old for this LibTorch: it knows CUDA 11.4", "too old");
    row("the NVIDIA driver does not start (CUDA error 999); restart the computer", "Restart");
    row("self-test failed: CUDA error: no kernel image is available", "failed a test");
    row("it failed before and can be used again after a restart of the program: CUDA error: x",
        "Start Limpid again");
}

void TestDeviceRow::withoutAGraphicsCardItIsALineWithTheReason()
{
    QFETCH(const QString, reason);
    QFETCH(const QString, words);
    Setup setup;

    setup.row.setDevices({cpu, unusable(reason.toStdString())});

    QVERIFY(setup.only().isVisible());
    QVERIFY(!setup.choice().isVisible());
    QCOMPARE(setup.only().text(), QStringLiteral("CPU: AMD EPYC 9R14"));
    QVERIFY2(setup.only().accessibleDescription().contains(words),
             qPrintable(setup.only().accessibleDescription()));
    QVERIFY(setup.row.toolTip().contains(words.toHtmlEscaped()));
}

void TestDeviceRow::aCardThatCannotBeUsedIsShownWithItsReason()
{
    auto second = gpu;
    second.id = "cuda:1";
    Setup setup;

    setup.row.setDevices({cpu, unusable("self-test failed: CUDA error: x"), second});

    QCOMPARE(setup.choice().currentText(), QStringLiteral("Automatic (GPU 1: NVIDIA A100)"));
    const auto index = setup.choice().model()->index(2, 0);
    QVERIFY(!(index.flags() & Qt::ItemIsEnabled));
    QVERIFY(index.data(Qt::ToolTipRole).toString().contains(QStringLiteral("failed a test")));
}

void TestDeviceRow::aChosenCardThatFailsGivesWay()
{
    Setup setup;
    setup.row.setDevices({cpu, gpu});
    setup.choose(2);
    QCOMPARE(setup.device(), std::string("cuda:0"));
    const QSignalSpy chosen(&setup.row, &ui::DeviceRow::chosen);

    setup.row.setDevices({cpu, unusable("it failed before: CUDA error: x")});

    QCOMPARE(setup.device(), std::string("auto"));
    QVERIFY(setup.only().isVisible());
    QCOMPARE(chosen.count(), 0); // a restart may help: it stays remembered
}

void TestDeviceRow::aRememberedDeviceIsTakenUp()
{
    Setup setup;
    setup.remember("cuda:0");

    setup.row.setDevices({}); // not known yet
    QCOMPARE(setup.device(), std::string("cuda:0"));
    setup.row.setDevices({cpu, gpu});

    QCOMPARE(setup.device(), std::string("cuda:0"));
    QCOMPARE(setup.choice().currentText(), QStringLiteral("GPU 0: NVIDIA A100"));
    QVERIFY(!setup.left().isVisible());
}

void TestDeviceRow::aRememberedDeviceThatIsGoneIsSaidUntilAnotherIsChosen()
{
    Setup setup;
    setup.remember("cuda:3");
    QStringList chosen;
    connect(&setup.row, &ui::DeviceRow::chosen, this,
            [&](const std::string& id) { chosen << QString::fromStdString(id); });

    setup.row.setDevices({cpu, gpu});
    QCOMPARE(setup.device(), std::string("auto"));
    QVERIFY(setup.left().isVisible());
    QVERIFY2(setup.left().text().contains(QStringLiteral("GPU 3")),
             qPrintable(setup.left().text()));

    setup.choose(1);
    QVERIFY(!setup.left().isVisible());
    QCOMPARE(chosen, QStringList({QStringLiteral("auto"), QStringLiteral("cpu")}));
}

void TestDeviceRow::aRememberedCardThatFailsIsSaidWithItsReasonAndStaysRemembered()
{
    Setup setup;
    setup.remember("cuda:0");
    const QSignalSpy chosen(&setup.row, &ui::DeviceRow::chosen);

    setup.row.setDevices({cpu, unusable("there is an NVIDIA GPU, but no driver for it")});

    QCOMPARE(setup.device(), std::string("auto"));
    QVERIFY(setup.left().isVisible());
    QVERIFY2(setup.left().text().contains(QStringLiteral("Install NVIDIA's driver")),
             qPrintable(setup.left().text()));
    QCOMPARE(chosen.count(), 0);
}

void TestDeviceRow::theListIsToldByAnotherThread()
{
    ui::DeviceList list;
    const QSignalSpy changes(&list, &ui::DeviceList::changed);

    std::thread([&] { list.report({cpu, gpu}); }).join();

    QVERIFY(list.devices().empty()); // not before the window's thread looks
    QTRY_COMPARE(changes.count(), 1);
    QCOMPARE(list.devices().size(), std::size_t{2});
}

QTEST_MAIN(TestDeviceRow)
#include "tst_device_row.moc"
