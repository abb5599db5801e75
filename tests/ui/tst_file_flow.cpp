// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "tests/ui/fake_session.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/file_flow.h"
#include "ui/main_window.h"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace limpid;

namespace {

/// Answers the export dialog that is open: this folder, this name.
std::filesystem::path answer(const QWidget& window, const QTemporaryDir& folder,
                             const QString& name = QStringLiteral("out.jpg"))
{
    auto* dialog = window.findChild<ui::ExportDialog*>();
    dialog->findChild<QLineEdit*>(QStringLiteral("folder"))->setText(folder.path());
    auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("name"));
    field->selectAll();
    QTest::keyClicks(field, name);
    const auto target = dialog->plan().target();
    dialog->findChild<QPushButton*>(QStringLiteral("export"))->click();
    return target;
}

/// What a file says of how it was made.
std::string recipeIn(const std::filesystem::path& path)
{
    for (const auto& field : image::readPhoto(path).value().metadata.fields())
        if (field.key.ends_with(":parameters"))
            return field.value;
    return {};
}

/// A result of four steps over an open photo, and the flow of files around it.
struct Setup {
    Setup()
    {
        session.runTo(4);
        QTRY_VERIFY(session.document.restoration() && !session.document.job().active());
    }

    QString note() const
    {
        return window.findChild<ui::ExportDialog*>()
            ->findChild<QLabel*>(QStringLiteral("picture"))
            ->text();
    }

    tests::FakeSession session;
    QTemporaryDir folder;
    QSettings store{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{store};
    QWidget window;
    ui::FileFlow& files{*new ui::FileFlow(session.document, settings, {}, window)}; // the window's
};

} // namespace

class TestFileFlow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exportsTheResult();
    void exportsTheStepThatIsShown();
    void saysWhatItTakesInPlaceOfAPreview();
    void aResultThatIsBeingExportedIsNotLost();
    void aFailedExportLeavesTheResultToBeLost();
    void anotherPhotoWaitsForTheExport_data();
    void anotherPhotoWaitsForTheExport();
    void closingWaitsForTheExport();
};

void TestFileFlow::exportsTheResult()
{
    Setup setup;
    QSignalSpy exported(&setup.files, &ui::FileFlow::exported);
    QVERIFY(setup.files.wouldLoseWork());
    setup.files.setDefaultModel([](const std::string&) { return std::string("plain"); });

    setup.files.exportWithDialog();
    QVERIFY(setup.note().isEmpty());
    const auto target = answer(setup.window, setup.folder);
    QTRY_COMPARE(exported.count(), 1);

    QVERIFY(!setup.files.wouldLoseWork());
    const std::string recipe = recipeIn(target);
    QVERIFY2(recipe.find("method fake, model plain, step 4 of 4, seed 7") != recipe.npos,
             recipe.c_str());
}

void TestFileFlow::exportsTheStepThatIsShown()
{
    Setup setup;
    auto& steps = setup.session.document.steps();
    QSignalSpy exported(&setup.files, &ui::FileFlow::exported);
    steps.show(2);
    QTRY_VERIFY(steps.fullPicture());

    setup.files.exportWithDialog();
    QVERIFY2(setup.note().contains(QStringLiteral("step 2 of 4")), qPrintable(setup.note()));
    const auto target = answer(setup.window, setup.folder);
    QTRY_COMPARE(exported.count(), 1);

    QVERIFY(recipeIn(target).find("step 2 of 4") != std::string::npos);
    QVERIFY(setup.files.wouldLoseWork()); // the last step is nowhere yet
    setup.session.document.keepStep();
    QVERIFY(!setup.files.wouldLoseWork());
}

void TestFileFlow::saysWhatItTakesInPlaceOfAPreview()
{
    Setup setup;
    auto& steps = setup.session.document.steps();
    steps.show(2);
    QVERIFY(steps.frame() && !steps.fullPicture());

    setup.files.exportWithDialog();

    QVERIFY2(setup.note().contains(QStringLiteral("step 4 of 4")), qPrintable(setup.note()));
}

void TestFileFlow::aResultThatIsBeingExportedIsNotLost()
{
    Setup setup;
    QSignalSpy exported(&setup.files, &ui::FileFlow::exported);
    bool proceeded = false;
    setup.files.exportWithDialog();

    answer(setup.window, setup.folder);
    QVERIFY(setup.files.isExporting());
    setup.files.whenNothingIsLost([&proceeded] { proceeded = true; });

    QVERIFY(proceeded);
    QVERIFY(!setup.window.findChild<QMessageBox*>());
    QTRY_COMPARE(exported.count(), 1);
}

void TestFileFlow::aFailedExportLeavesTheResultToBeLost()
{
    Setup setup;
    bool written = false;
    setup.files.exportWithDialog();
    answer(setup.window, setup.folder, QString(300, u'x')); // no file can be called so
    QVERIFY(setup.files.isExporting() && !setup.files.wouldLoseWork());
    setup.files.whenExported([&written] { written = true; });

    QTRY_VERIFY(!setup.files.isExporting());

    QTRY_VERIFY(setup.files.wouldLoseWork());
    QVERIFY(!written);
}

void TestFileFlow::anotherPhotoWaitsForTheExport_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("opens");
    QTest::newRow("which succeeds") << QStringLiteral("out.jpg") << true;
    QTest::newRow("which fails") << QString(300, u'x') << false; // no file can be called so
}

void TestFileFlow::anotherPhotoWaitsForTheExport()
{
    QFETCH(QString, name);
    QFETCH(bool, opens);
    Setup setup;
    const QString other = setup.folder.filePath(QStringLiteral("other.png"));
    QVERIFY(QImage(20, 10, QImage::Format_RGB888).save(other));
    QSignalSpy said(&setup.files, &ui::FileFlow::said);
    setup.files.exportWithDialog();
    answer(setup.window, setup.folder, name);
    QVERIFY(setup.files.isExporting());

    setup.files.open(other.toStdString());
    QCOMPARE(said.count(), 1);
    QVERIFY(setup.session.document.restoration());
    QTRY_COMPARE(said.count(), 2); // how the export ended

    QTRY_COMPARE(setup.session.document.photo()->size() == (Size{20, 10}), opens);
    QCOMPARE(setup.session.document.restoration() == nullptr, opens);
}

void TestFileFlow::closingWaitsForTheExport()
{
    const QTemporaryDir folder;
    QSettings store(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    ui::Settings settings(store);
    ui::ThemeSwitch theme(*qApp);
    const tests::FakeControl control({.byHand = false});
    ui::EngineBridge bridge(control.factory(), {.previewInterval = {}});
    ui::MainWindow window(bridge, settings, theme, {.methods = {tests::fakeMethodSpec()}});
    window.show();
    window.document().setPhoto(tests::samplePhoto());
    window.document().setSettings({.method = "fake", .steps = 2});
    window.document().run();
    QTRY_VERIFY(window.document().restoration());
    window.findChild<ui::FileFlow*>()->exportWithDialog();
    const auto target = answer(window, folder);

    window.close();
    QVERIFY(window.isVisible());
    QVERIFY(!window.findChild<QMessageBox*>());

    QTRY_VERIFY(!window.isVisible());
    QVERIFY(image::readPhoto(target).has_value());
}

QTEST_MAIN(TestFileFlow)
#include "tst_file_flow.moc"
