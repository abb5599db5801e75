// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/sample_photo.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/state/file_path.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;

namespace {

/// The dialog for a photo in a folder of its own.
struct Setup {
    Setup()
    {
        auto photo = tests::samplePhoto();
        photo.path = ui::toPath(file(QStringLiteral("holiday.jpg")));
        touch(QStringLiteral("holiday.jpg"));
        dialog = std::make_unique<ui::ExportDialog>(photo, settings);
        dialog->show();
    }

    /// As a person would: by arrow keys.
    void chooseMetadata(int steps) const
    {
        auto* levels = dialog->findChild<QComboBox*>(QStringLiteral("metadata"));
        for (int i = 0; i < steps; ++i)
            QTest::keyClick(levels, Qt::Key_Down);
    }
    QCheckBox& statesAi() const
    {
        return *dialog->findChild<QCheckBox*>(QStringLiteral("statesAi"));
    }

    QString file(const QString& name) const { return folder.filePath(name); }
    void touch(const QString& name) const
    {
        QFile made(file(name));
        QVERIFY(made.open(QIODevice::WriteOnly));
    }

    /// As a person would: replaces the name by keys.
    void type(const QString& name) const
    {
        auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("name"));
        field->selectAll();
        QTest::keyClicks(field, name);
    }

    QPushButton& button() const
    {
        return *dialog->findChild<QPushButton*>(QStringLiteral("export"));
    }
    QLabel& label(const QString& name) const { return *dialog->findChild<QLabel*>(name); }

    QTemporaryDir folder;
    QSettings store{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{store};
    std::unique_ptr<ui::ExportDialog> dialog;
};

} // namespace

class TestExportDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsWhereItWillWrite();
    void refusesTheTypedNameOfTheSource();
    void asksOnceBeforeItReplaces();
    void anotherNameAsksAgain();
    void saysWhatAFormatCannotHold();
    void saysHowLongASideMayBe();
    void remembersWhatGoesWithTheFile();
    void saysWhatGoesWithTheFile_data();
    void saysWhatGoesWithTheFile();
};

void TestExportDialog::showsWhereItWillWrite()
{
    Setup setup;

    setup.type(QStringLiteral("sharp.png"));

    QVERIFY(setup.label(QStringLiteral("example"))
                .text()
                .contains(setup.file(QStringLiteral("sharp.png"))));
    QCOMPARE(setup.dialog->findChild<QComboBox*>(QStringLiteral("format"))->currentText(),
             QStringLiteral("PNG"));
}

void TestExportDialog::refusesTheTypedNameOfTheSource()
{
    Setup setup;
    QSignalSpy accepted(setup.dialog.get(), &QDialog::accepted);

    setup.type(QStringLiteral("holiday.jpg"));
    QVERIFY(!setup.button().isEnabled());
    QVERIFY(setup.label(QStringLiteral("problem")).isVisible());
    QTest::keyClick(setup.dialog.get(), Qt::Key_Return);

    QCOMPARE(accepted.count(), 0);
}

void TestExportDialog::asksOnceBeforeItReplaces()
{
    Setup setup;
    setup.touch(QStringLiteral("taken.jpg"));
    QSignalSpy accepted(setup.dialog.get(), &QDialog::accepted);
    setup.type(QStringLiteral("taken.jpg"));

    QTest::mouseClick(&setup.button(), Qt::LeftButton);
    QCOMPARE(accepted.count(), 0);
    QVERIFY(setup.label(QStringLiteral("problem")).text().contains(QStringLiteral("taken.jpg")));
    QTest::mouseClick(&setup.button(), Qt::LeftButton);

    QCOMPARE(accepted.count(), 1);
}

void TestExportDialog::anotherNameAsksAgain()
{
    Setup setup;
    setup.touch(QStringLiteral("a.jpg"));
    setup.touch(QStringLiteral("b.jpg"));
    QSignalSpy accepted(setup.dialog.get(), &QDialog::accepted);
    setup.type(QStringLiteral("a.jpg"));
    QTest::mouseClick(&setup.button(), Qt::LeftButton);

    setup.type(QStringLiteral("b.jpg"));
    QTest::mouseClick(&setup.button(), Qt::LeftButton);

    QCOMPARE(accepted.count(), 0);
}

void TestExportDialog::saysWhatAFormatCannotHold()
{
    Setup setup;
    auto photo = tests::samplePhoto();
    photo.path = ui::toPath(setup.file(QStringLiteral("holiday.jpg")));
    const std::vector<std::uint8_t> bytes(64 * 48 * 4, 255);
    photo.original = image::Raster({64, 48}, 4, image::SampleDepth::U8, bytes);
    photo.format = image::FileFormat::Png;
    setup.dialog = std::make_unique<ui::ExportDialog>(photo, setup.settings);
    setup.dialog->show();

    setup.type(QStringLiteral("flat.jpg"));

    QVERIFY(setup.label(QStringLiteral("losses")).text().contains(QStringLiteral("Transparency")));
}

void TestExportDialog::saysHowLongASideMayBe()
{
    Setup setup;
    auto photo = tests::samplePhoto({20'000, 1});
    photo.path = ui::toPath(setup.file(QStringLiteral("holiday.jpg")));
    setup.dialog = std::make_unique<ui::ExportDialog>(photo, setup.settings);
    setup.dialog->show();

    setup.type(QStringLiteral("wide.webp"));

    QVERIFY(setup.label(QStringLiteral("problem")).text().contains(QStringLiteral("16383")));
    QVERIFY(!setup.button().isEnabled());
}

void TestExportDialog::remembersWhatGoesWithTheFile()
{
    Setup setup;
    const auto& options = setup.dialog->plan().options();
    QVERIFY(options.metadata == image::MetadataLevel::All && options.statesProvenance);
    QVERIFY(!setup.statesAi().toolTip().isEmpty());

    setup.chooseMetadata(2);
    setup.statesAi().click();
    QVERIFY(options.metadata == image::MetadataLevel::Basic && !options.statesProvenance);
    QTest::mouseClick(&setup.button(), Qt::LeftButton);
    const ui::ExportDialog next(tests::samplePhoto(), setup.settings);

    QVERIFY(next.plan().options().metadata == image::MetadataLevel::Basic);
    QVERIFY(!next.plan().options().statesProvenance);
    QVERIFY(!next.findChild<QCheckBox*>(QStringLiteral("statesAi"))->isChecked());
}

void TestExportDialog::saysWhatGoesWithTheFile_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("words");
    QTest::newRow("all") << 0 << QStringLiteral("GPS");
    QTest::newRow("all but location") << 1 << QStringLiteral("but for positions");
    QTest::newRow("basic") << 2 << QStringLiteral("exposure, credits");
    QTest::newRow("none") << 3 << QStringLiteral("only the color profile");
}

void TestExportDialog::saysWhatGoesWithTheFile()
{
    QFETCH(int, steps);
    QFETCH(QString, words);
    Setup setup;

    setup.chooseMetadata(steps);

    const QString text = setup.label(QStringLiteral("losses")).text();
    QVERIFY2(text.contains(words), qPrintable(text));
}

QTEST_MAIN(TestExportDialog)
#include "tst_export_dialog.moc"
