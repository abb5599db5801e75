// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "tests/ui/sample_photo.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/keys_dialog.h"
#include "ui/main_window.h"
#include "ui/panels/message_banner.h"
#include "ui/panels/parameter_panel.h"
#include "ui/panels/step_panel.h"
#include "ui/state/device_list.h"
#include "ui/view/compare_view.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;
using ui::ActionId;

namespace {

Result<image::Photo> readFake(const std::filesystem::path& path)
{
    if (path.filename() == "bad.jpg")
        return fail(ErrorCode::DamagedFile, "cut", path);
    auto photo = tests::samplePhoto();
    photo.path = path;
    return photo;
}

/// The whole window over a real engine with a fake runner that a test steps by hand.
struct Setup {
    Setup()
    {
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
    }

    void openPhoto()
    {
        window.open("/nowhere/holiday.jpg");
        QTRY_VERIFY(window.document().photo());
        view().setFocus();
    }

    ui::CompareView& view() { return *window.findChild<ui::CompareView*>(); }
    QAction& action(ActionId id) { return window.actions()[id]; }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view(), key, modifiers);
    }

    QTemporaryDir folder;
    QSettings store{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{store};
    ui::ThemeSwitch theme{*qApp};
    tests::FakeControl control;
    ui::EngineBridge bridge{control.factory(), {.previewInterval = {}}};
    ui::DeviceList devices;
    ui::MainWindow window{
        bridge,
        settings,
        theme,
        {.methods = {tests::fakeMethodSpec()}, .read = readFake, .devices = &devices}};
};

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensWithinTheScreenTitleBarAndAll();
    void showsHowFarTheMethodLooksAroundARegion();
    void showsWhereRunsCompute();
    void invitesUntilAPhotoIsOpen();
    void aFileThatCannotBeOpenedIsAMessageInTheWindow();
    void keysChooseHowToCompare();
    void holdingBackslashShowsBeforeForAsLong();
    void tappingBackslashSwitches();
    void runsAndCancelsByKeys();
    void exportOpensOnceThereIsAResult();
    void everyDialogOpens();
    void tabHidesThePanelsFromTheCanvas();
    void stepsMoveByCommaAndPeriod();
    void undoTakesTheRegionBack();
    void remembersTheFilesItOpened();
    void everyThemeCanBeChosen();
    void asksBeforeAResultIsLost();
    void asksBeforeARunIsLost();
    void exportsThePhotoThatTheDialogWasOpenedFor();
    void runsNothingWhileAnotherPhotoIsOpened();
    void letsGoOfBackslashWithTheWindow();
};

void TestMainWindow::opensWithinTheScreenTitleBarAndAll()
{
    const Setup setup;

    QVERIFY(setup.window.height() < setup.window.screen()->availableSize().height());
}

void TestMainWindow::showsHowFarTheMethodLooksAroundARegion()
{
    const Setup setup;

    const auto* view = setup.window.findChild<ui::CompareView*>();

    QVERIFY(view);
    QCOMPARE(view->contextRule().marginPixels, tests::fakeMethodSpec().context.marginPixels);
    QVERIFY(view->contextRule().marginPixels != region::ContextRule{}.marginPixels);
}

void TestMainWindow::showsWhereRunsCompute()
{
    Setup setup;
    const auto* line = setup.window.findChild<QLabel*>(QStringLiteral("onlyDevice"));

    setup.devices.report({{.id = "cpu", .name = "one core", .usable = true, .reason = {}}});

    QTRY_COMPARE(line->text(), QStringLiteral("CPU: one core"));
    QVERIFY(line->isVisible());
}

void TestMainWindow::invitesUntilAPhotoIsOpen()
{
    Setup setup;
    QVERIFY(!setup.view().isVisible());
    QVERIFY(!setup.action(ActionId::Run).isEnabled());

    setup.openPhoto();

    QVERIFY(setup.view().isVisible());
    QVERIFY(setup.action(ActionId::Run).isEnabled());
    QVERIFY(setup.window.windowTitle().contains(QStringLiteral("holiday.jpg")));
}

void TestMainWindow::aFileThatCannotBeOpenedIsAMessageInTheWindow()
{
    Setup setup;
    auto* banner = setup.window.findChild<ui::MessageBanner*>();

    setup.window.open("/nowhere/bad.jpg");

    QTRY_VERIFY(banner->isVisible());
    QVERIFY(banner->findChild<QLabel*>(QStringLiteral("text"))
                ->text()
                .contains(QStringLiteral("bad.jpg")));
    QVERIFY(!setup.window.document().photo());
}

void TestMainWindow::keysChooseHowToCompare()
{
    Setup setup;
    setup.openPhoto();

    setup.press(Qt::Key_Y);
    QCOMPARE(setup.view().mode(), ui::CompareMode::SideBySide);
    setup.press(Qt::Key_Y, Qt::AltModifier);
    QCOMPARE(setup.view().mode(), ui::CompareMode::TopBottom);
    setup.press(Qt::Key_Y, Qt::ShiftModifier);
    QCOMPARE(setup.view().mode(), ui::CompareMode::Split);
    setup.press(Qt::Key_R);
    QCOMPARE(setup.view().tool(), ui::Tool::Rectangle);
}

void TestMainWindow::holdingBackslashShowsBeforeForAsLong()
{
    Setup setup;
    setup.openPhoto();

    QTest::keyPress(&setup.view(), Qt::Key_Backslash);
    QVERIFY(setup.action(ActionId::Before).isChecked());
    QTest::qWait(300); // longer than a tap: time itself is what is tested
    QTest::keyRelease(&setup.view(), Qt::Key_Backslash);

    QVERIFY(!setup.action(ActionId::Before).isChecked());
}

void TestMainWindow::tappingBackslashSwitches()
{
    Setup setup;
    setup.openPhoto();

    setup.press(Qt::Key_Backslash);
    QVERIFY(setup.action(ActionId::Before).isChecked());
    setup.press(Qt::Key_Backslash);

    QVERIFY(!setup.action(ActionId::Before).isChecked());
}

void TestMainWindow::runsAndCancelsByKeys()
{
    Setup setup;
    setup.openPhoto();

    setup.press(Qt::Key_Return, Qt::ControlModifier);
    setup.control.allowSteps(2);
    QTRY_VERIFY(setup.window.document().job().active()->step == 2);
    setup.press(Qt::Key_Escape);
    QTRY_VERIFY(!setup.window.document().job().active());

    QVERIFY(!setup.window.document().restoration());
    QVERIFY(setup.action(ActionId::Run).isEnabled());
}

void TestMainWindow::exportOpensOnceThereIsAResult()
{
    Setup setup;
    setup.openPhoto();
    QVERIFY(!setup.action(ActionId::Export).isEnabled());
    setup.control.allowAll();
    setup.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(setup.window.document().restoration());

    setup.press(Qt::Key_E, Qt::ControlModifier);

    auto* dialog = setup.window.findChild<ui::ExportDialog*>();
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(dialog->plan().target() != setup.window.document().photo()->path);
}

void TestMainWindow::everyDialogOpens()
{
    Setup setup;

    setup.action(ActionId::About).trigger();
    QVERIFY(setup.window.findChild<ui::AboutDialog*>()->isVisible());
    setup.window.findChild<ui::AboutDialog*>()->close();
    setup.action(ActionId::Keys).trigger();
    QVERIFY(setup.window.findChild<ui::KeysDialog*>()->isVisible());
    setup.window.findChild<ui::KeysDialog*>()->close();
    setup.action(ActionId::Open).trigger();

    QVERIFY(setup.window.findChild<QFileDialog*>()->isVisible());
}

void TestMainWindow::tabHidesThePanelsFromTheCanvas()
{
    Setup setup;
    setup.openPhoto();
    auto* panel = setup.window.findChild<ui::ParameterPanel*>();
    QTRY_VERIFY(setup.view().hasFocus());

    setup.press(Qt::Key_Tab);
    QVERIFY(!panel->isVisible());
    setup.press(Qt::Key_Tab);

    QVERIFY(panel->isVisible());
}

void TestMainWindow::stepsMoveByCommaAndPeriod()
{
    Setup setup;
    setup.openPhoto();
    setup.control.allowAll();
    setup.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(setup.window.document().restoration());
    auto& steps = setup.window.document().steps();
    const int last = steps.position();

    setup.press(Qt::Key_Comma);
    QCOMPARE(steps.position(), last - 1);
    setup.press(Qt::Key_Period);

    QCOMPARE(steps.position(), last);
}

void TestMainWindow::undoTakesTheRegionBack()
{
    Setup setup;
    setup.openPhoto();
    const region::Region drawn{.rect = {8, 8, 16, 16}, .featherPixels = 4};
    Q_EMIT setup.view().regionChanged(drawn);
    QVERIFY(setup.window.document().region() == drawn);

    setup.press(Qt::Key_Z, Qt::ControlModifier);

    QVERIFY(!setup.window.document().region());
    QVERIFY(!setup.view().region());
}

void TestMainWindow::remembersTheFilesItOpened()
{
    Setup setup;

    setup.openPhoto();

    QCOMPARE(setup.settings.recentFiles(), QStringList{QStringLiteral("/nowhere/holiday.jpg")});
}

void TestMainWindow::everyThemeCanBeChosen()
{
    Setup setup;

    setup.action(ActionId::ThemeDark).trigger();
    QVERIFY(qApp->palette().color(QPalette::Window).lightness() < 128);
    setup.action(ActionId::ThemeLight).trigger();

    QVERIFY(qApp->palette().color(QPalette::Window).lightness() > 128);
    QCOMPARE(setup.settings.theme(), ui::Theme::Light);
}

void TestMainWindow::asksBeforeAResultIsLost()
{
    Setup setup;
    setup.openPhoto();
    setup.control.allowAll();
    setup.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(setup.window.document().restoration());

    setup.window.close();
    auto* question = setup.window.findChild<QMessageBox*>();
    QVERIFY(question && question->isVisible() && setup.window.isVisible());
    QTest::keyClick(question, Qt::Key_Escape);
    QVERIFY(setup.window.isVisible());
    setup.window.close();
    question = setup.window.findChildren<QMessageBox*>().last();
    for (auto* button : question->buttons())
        if (question->buttonRole(button) == QMessageBox::DestructiveRole)
            button->click();

    QTRY_VERIFY(!setup.window.isVisible());
}

void TestMainWindow::asksBeforeARunIsLost()
{
    Setup setup;
    setup.openPhoto();
    setup.press(Qt::Key_Return, Qt::ControlModifier);
    setup.control.allowSteps(1);
    QTRY_VERIFY(setup.window.document().job().active()->step == 1);

    setup.window.open("/nowhere/other.jpg");

    auto* question = setup.window.findChild<QMessageBox*>();
    QVERIFY(question && question->isVisible());
    QTest::keyClick(question, Qt::Key_Escape);
    QVERIFY(setup.window.document().job().active());
    setup.window.close();
    QVERIFY(setup.window.isVisible());
    QVERIFY(setup.window.document().job().active());
}

void TestMainWindow::exportsThePhotoThatTheDialogWasOpenedFor()
{
    Setup setup;
    setup.openPhoto();
    setup.control.allowAll();
    setup.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(setup.window.document().restoration());
    const Size restored = setup.window.document().photo()->size();
    setup.press(Qt::Key_E, Qt::ControlModifier);
    auto* dialog = setup.window.findChild<ui::ExportDialog*>();
    dialog->findChild<QLineEdit*>(QStringLiteral("folder"))->setText(setup.folder.path());
    const auto target = dialog->plan().target();

    setup.window.document().setPhoto(tests::samplePhoto({16, 16})); // as a file that took long
    dialog->findChild<QPushButton*>(QStringLiteral("export"))->click();

    QTRY_VERIFY(std::filesystem::exists(target));
    QCOMPARE(image::readPhoto(target)->size(), restored);
}

void TestMainWindow::runsNothingWhileAnotherPhotoIsOpened()
{
    Setup setup;
    setup.openPhoto();

    setup.window.open("/nowhere/other.jpg");
    QVERIFY(!setup.action(ActionId::Run).isEnabled());

    QTRY_VERIFY(setup.action(ActionId::Run).isEnabled());
    QVERIFY(setup.window.document().photo()->path == "/nowhere/other.jpg");
}

void TestMainWindow::letsGoOfBackslashWithTheWindow()
{
    Setup setup;
    setup.openPhoto();
    QTest::keyPress(&setup.view(), Qt::Key_Backslash);
    QVERIFY(setup.action(ActionId::Before).isChecked());

    QEvent away(QEvent::WindowDeactivate);
    QCoreApplication::sendEvent(&setup.window, &away);

    QVERIFY(!setup.action(ActionId::Before).isChecked());
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
