// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"
#include "ui/dialogs/model_dialog.h"
#include "ui/state/file_path.h"

#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <fstream>
#include <thread>

using namespace limpid;
using checkpoint::ImportPrecision;

namespace {

Result<checkpoint::ImportReport> importForever(const std::filesystem::path&,
                                               const checkpoint::ImportOptions& options)
{
    for (;;) {
        options.token.throwIfRequested();
        std::this_thread::yield();
    }
}

/// The dialog over a folder of models that is empty at first, and a file to import.
struct Setup {
    explicit Setup(ui::ModelStore::Import import = {})
        : store({.user = path("user")}, settings, std::move(import)), dialog(store)
    {
        const std::vector<float> values{1.0F, 2.0F};
        const checkpoint::TensorBytes tensor{.shape = {2},
                                             .bytes = std::as_bytes(std::span(values))};
        QVERIFY(checkpoint::writeSafetensors(path("in.safetensors"), {{"w", tensor}},
                                             {{"architecture", "msg"}, {"license", "CC0-1.0"}}));
        dialog.show();
    }

    std::filesystem::path path(const char* name) const
    {
        return folder.filePath(QLatin1String(name)).toStdString();
    }
    template<class Widget>
    Widget& child(const char* name) const
    {
        return *dialog.findChild<Widget*>(QLatin1String(name));
    }
    QPushButton& button(const char* name) const { return child<QPushButton>(name); }
    QTreeWidget& list() const { return child<QTreeWidget>("models"); }
    QString message() const { return child<QLabel>("message").text(); }
    QString details() const { return child<QLabel>("details").text(); }

    /// As a person would: the button, then a file in the file dialog.
    void chooseFile(const char* name)
    {
        QTest::mouseClick(&button("import"), Qt::LeftButton);
        auto* files = dialog.findChild<QFileDialog*>();
        QVERIFY(files);
        Q_EMIT files->fileSelected(ui::toText(path(name)));
        files->close();
    }
    void importOne()
    {
        chooseFile("in.safetensors");
        QTRY_COMPARE(list().topLevelItemCount(), 1);
    }

    QTemporaryDir folder;
    QSettings ini{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{ini};
    ui::ModelStore store;
    ui::ModelDialog dialog;
};

} // namespace

class TestModelDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatThereAreNoModels();
    void importsAFileAndShowsWhatItIs();
    void explainsARefusal();
    void showsAndCancelsARunningImport();
    void closingDoesNotStopAnImport();
    void usesTheSelectedModel();
    void asksBeforeItRemoves();
    void showsNamesAsPlainText();
};

void TestModelDialog::saysThatThereAreNoModels()
{
    const Setup setup;

    QCOMPARE(setup.list().topLevelItemCount(), 0);
    QVERIFY(!setup.details().isEmpty());
    QVERIFY(!setup.button("use").isEnabled());
    QVERIFY(!setup.button("remove").isEnabled());
    QVERIFY(setup.button("import").isEnabled());
}

void TestModelDialog::importsAFileAndShowsWhatItIs()
{
    Setup setup;

    setup.importOne();

    const auto* row = setup.list().topLevelItem(0);
    QVERIFY(row->text(0).startsWith(QStringLiteral("msg-fp32-")));
    QCOMPARE(row->text(3), QStringLiteral("fp32"));
    QVERIFY(!row->text(2).isEmpty() && !row->text(4).isEmpty());
    QVERIFY(setup.details().contains(QStringLiteral("CC0-1.0")));
    QVERIFY(setup.details().contains(QStringLiteral("in.safetensors")));
    QVERIFY(setup.message().startsWith(QStringLiteral("msg-fp32-")));
}

void TestModelDialog::explainsARefusal()
{
    Setup setup;
    std::ofstream(setup.path("page.ckpt")) << "<!DOCTYPE html>";

    setup.chooseFile("page.ckpt");

    QTRY_VERIFY(setup.message().contains(QStringLiteral("page.ckpt")));
    QVERIFY(setup.message().contains(QStringLiteral(".safetensors")));
    QCOMPARE(setup.list().topLevelItemCount(), 0);
}

void TestModelDialog::showsAndCancelsARunningImport()
{
    Setup setup(importForever);

    setup.chooseFile("in.safetensors");

    QVERIFY(setup.button("cancelImport").isVisible());
    QVERIFY(!setup.button("import").isVisible());
    QTest::mouseClick(&setup.button("cancelImport"), Qt::LeftButton);
    QTRY_VERIFY(setup.button("import").isVisible());
    QVERIFY(!setup.button("cancelImport").isVisible());
}

void TestModelDialog::closingDoesNotStopAnImport()
{
    Setup setup(importForever);
    setup.chooseFile("in.safetensors");

    setup.dialog.close();

    QVERIFY(setup.store.importing() && !setup.store.importing()->cancelling);
    const ui::ModelDialog again(setup.store);
    QVERIFY(!again.findChild<QPushButton*>(QStringLiteral("cancelImport"))->isHidden());
}

void TestModelDialog::usesTheSelectedModel()
{
    Setup setup;
    setup.importOne();
    setup.store.import(setup.path("in.safetensors"), ImportPrecision::Fp16);
    QTRY_COMPARE(setup.list().topLevelItemCount(), 2);
    QVERIFY(setup.list().topLevelItem(0)->text(0).contains(QStringLiteral("in use"))); // default
    QVERIFY(!setup.button("use").isEnabled());
    QSignalSpy chosen(&setup.store, &ui::ModelStore::chosenChanged);

    setup.list().setCurrentItem(setup.list().topLevelItem(1));
    QTest::mouseClick(&setup.button("use"), Qt::LeftButton);

    QCOMPARE(chosen.count(), 1);
    QCOMPARE(setup.store.chosen("msg"), setup.store.models()[1].entry.id);
    QVERIFY(!setup.list().topLevelItem(0)->text(0).contains(QStringLiteral("in use")));
    QVERIFY(setup.list().topLevelItem(1)->text(0).contains(QStringLiteral("in use")));
}

void TestModelDialog::asksBeforeItRemoves()
{
    Setup setup;
    setup.importOne();

    QTest::mouseClick(&setup.button("remove"), Qt::LeftButton);
    auto* question = setup.dialog.findChild<QMessageBox*>();
    QVERIFY(question);
    QCOMPARE(setup.list().topLevelItemCount(), 1);
    for (auto* answer : question->buttons())
        if (question->buttonRole(answer) == QMessageBox::DestructiveRole)
            answer->click();

    QTRY_COMPARE(setup.list().topLevelItemCount(), 0);
    QVERIFY(std::filesystem::exists(setup.path("in.safetensors")));
}

void TestModelDialog::showsNamesAsPlainText()
{
    Setup setup;
    std::filesystem::rename(setup.path("in.safetensors"), setup.path("<b>in.ckpt"));

    setup.chooseFile("<b>in.ckpt");

    QTRY_COMPARE(setup.list().topLevelItemCount(), 1);
    QVERIFY(setup.details().contains(QStringLiteral("<b>in.ckpt")));
    QCOMPARE(setup.child<QLabel>("details").textFormat(), Qt::PlainText);
}

QTEST_MAIN(TestModelDialog)
#include "tst_model_dialog.moc"
