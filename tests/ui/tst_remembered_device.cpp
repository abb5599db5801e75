// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_runner.h"
#include "ui/main_window.h"
#include "ui/state/device_list.h"

#include <QComboBox>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;

namespace {

const engine::DeviceInfo cpu{.id = "cpu", .name = "one core", .usable = true, .reason = {}};
const engine::DeviceInfo gpu{.id = "cuda:0", .name = "A100", .usable = true, .reason = {}};

/// What stays between the starts of the program.
struct Remembered {
    QTemporaryDir folder;
    QSettings store{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{store};
};

/// One start of the program on a computer with these devices.
struct Start {
    Start(Remembered& remembered, const std::vector<engine::DeviceInfo>& found)
        : window(bridge, remembered.settings, theme,
                 {.methods = {tests::fakeMethodSpec()}, .devices = &devices})
    {
        window.show();
        early = device();
        devices.report(found);
        [&] {
            QTRY_VERIFY(!devices.devices().empty());
        }();
    }

    std::string device() { return window.document().settings().device; }
    void choose(int index)
    {
        auto* choice = window.findChild<QComboBox*>(QStringLiteral("device"));
        choice->setCurrentIndex(index);
        Q_EMIT choice->activated(index);
    }
    bool saysThatItIsNotUsed()
    {
        return !window.findChild<QLabel*>(QStringLiteral("leftDevice"))->isHidden();
    }

    ui::ThemeSwitch theme{*qApp};
    tests::FakeControl control;
    ui::EngineBridge bridge{control.factory(), {.previewInterval = {}}};
    ui::DeviceList devices;
    ui::MainWindow window;
    std::string early; ///< Before the devices were known.
};

} // namespace

class TestRememberedDevice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isUsedAtTheNextStart()
    {
        Remembered remembered;
        Start(remembered, {cpu, gpu}).choose(2);

        Start next(remembered, {cpu, gpu});

        QCOMPARE(next.early,
                 std::string("auto")); // a run before must not fail on a card that is gone
        QCOMPARE(next.device(), std::string("cuda:0"));
        QVERIFY(!next.saysThatItIsNotUsed());
    }

    void whenItCannotBeUsedTheChoiceIsAutomaticAtThisStart()
    {
        Remembered remembered;
        Start(remembered, {cpu, gpu}).choose(2);
        {
            auto failing = gpu;
            failing.usable = false;
            failing.reason = "self-test failed: CUDA error: x";
            Start without(remembered, {cpu, failing});
            QCOMPARE(without.device(), std::string("auto"));
            QVERIFY(without.saysThatItIsNotUsed());
        }

        Start again(remembered, {cpu, gpu});

        QCOMPARE(again.device(), std::string("cuda:0"));
    }

    void whenItIsGoneTheChoiceIsAutomaticFromThenOn()
    {
        Remembered remembered;
        Start(remembered, {cpu, gpu}).choose(2);
        {
            Start without(remembered, {cpu});
            QCOMPARE(without.device(), std::string("auto"));
            QVERIFY(without.saysThatItIsNotUsed());
        }

        Start again(remembered, {cpu, gpu});

        QCOMPARE(again.device(), std::string("auto"));
        QVERIFY(!again.saysThatItIsNotUsed());
    }
};

QTEST_MAIN(TestRememberedDevice)
#include "tst_remembered_device.moc"
