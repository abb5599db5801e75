// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/saved_work_sample.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/main_window.h"
#include "ui/panels/message_banner.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>

using namespace limpid;
using ui::ActionId;

namespace {

/// A window, started after another has crashed that had restored a photo in two places.
struct Setup {
    Setup()
    {
        [&] {
            QVERIFY(ui::writeWork(sample.work, place / "work-of-before.limpid").has_value());
        }();
    }

    void start()
    {
        window = std::make_unique<ui::MainWindow>(
            bridge, settings, theme,
            ui::WindowOptions{.methods = {tests::fakeMethodSpec()}, .work = place});
        window->show();
        QTRY_VERIFY(banner().isVisible());
    }

    ui::MessageBanner& banner() { return *window->findChild<ui::MessageBanner*>(); }
    QString sentence() { return banner().findChild<QLabel*>(QStringLiteral("text"))->text(); }
    void accept() { banner().findChild<QPushButton*>(QStringLiteral("action"))->click(); }
    QStringList files() const
    {
        return QDir(folder.path()).entryList({QStringLiteral("work-of-before*")}, QDir::Files);
    }

    QTemporaryDir folder;
    std::filesystem::path place = ui::toPath(folder.path());
    tests::SavedWorkSample sample;
    QTemporaryDir remembered;
    QSettings store{remembered.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{store};
    ui::ThemeSwitch theme{*qApp};
    tests::FakeControl control;
    ui::EngineBridge bridge{control.factory(), {.previewInterval = {}}};
    std::unique_ptr<ui::MainWindow> window;
};

} // namespace

class TestWorkRescue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bringsBackWhatWasRestored()
    {
        Setup setup;
        setup.start();
        QVERIFY2(setup.sentence().contains(QStringLiteral("holiday.png")),
                 qPrintable(setup.sentence()));

        setup.accept();
        QTRY_VERIFY(setup.window->document().restoration());

        const auto& document = setup.window->document();
        QCOMPARE(document.photo()->path, setup.sample.photo.path);
        QCOMPARE(ui::layersOf(document.restoration()).size(), std::size_t{2});
        QVERIFY(document.region() == setup.sample.work.region);
        QCOMPARE(document.strength(), 0.75F);
        QTRY_VERIFY(setup.files().isEmpty()); // as soon as the new file is written
        QVERIFY(setup.window->actions()[ActionId::Export].isEnabled());
    }

    void isOfferedOnceMoreOverAPhotoAndKeptForTheNextStart()
    {
        Setup setup;
        setup.start();
        const QString sentence = setup.sentence();

        setup.window->open(setup.sample.photo.path);
        QTRY_VERIFY(setup.window->document().photo());
        QVERIFY(setup.banner().isVisible());
        QCOMPARE(setup.sentence(), sentence);
        setup.window.reset();

        QCOMPARE(setup.files(), QStringList{QStringLiteral("work-of-before.limpid")});
    }

    void aPhotoThatHasChangedIsLeftAlone()
    {
        Setup setup;
        QImage other(40, 32, QImage::Format_RGB888);
        other.fill(Qt::black);
        QVERIFY(other.save(ui::toText(setup.sample.photo.path)));
        setup.start();
        const QString offer = setup.sentence();

        setup.accept();
        QTRY_VERIFY(setup.banner().isVisible() && setup.sentence() != offer);

        QVERIFY(!setup.window->document().restoration());
        QVERIFY(setup.files().isEmpty());
    }

    void aDamagedFileIsThrownAway_data()
    {
        QTest::addColumn<qint64>("left");
        QTest::addColumn<bool>("isOffered");
        QTest::newRow("cut off at once") << qint64(9) << false;
        QTest::newRow("cut off in its pixels") << qint64(2000) << true;
    }

    void aDamagedFileIsThrownAway()
    {
        QFETCH(qint64, left);
        QFETCH(bool, isOffered);
        Setup setup;
        QFile file(ui::toText(setup.place / "work-of-before.limpid"));
        QVERIFY(file.size() > left);
        QVERIFY(file.resize(left));

        setup.window = std::make_unique<ui::MainWindow>(
            setup.bridge, setup.settings, setup.theme,
            ui::WindowOptions{.methods = {tests::fakeMethodSpec()}, .work = setup.place});
        setup.window->show();
        QCOMPARE(setup.banner().isVisible(), isOffered);
        if (isOffered)
            setup.accept();

        QTRY_VERIFY(setup.files().isEmpty());
        QVERIFY(!setup.window->document().restoration());
    }

    void whatCannotBeReadNowIsKept()
    {
        Setup setup;
        setup.start();
        QVERIFY(QFile::remove(ui::toText(setup.sample.photo.path)));
        const QString offer = setup.sentence();

        setup.accept();
        QTRY_VERIFY(setup.sentence() != offer); // the photo is gone
        setup.window.reset();

        QCOMPARE(setup.files(), QStringList{QStringLiteral("work-of-before.limpid")});
    }

    void anExportedResultIsNotKept()
    {
        Setup setup;
        setup.start();
        setup.accept();
        QTRY_VERIFY(setup.window->document().restoration());
        const auto kept = [&] {
            return QDir(setup.folder.path())
                .entryList({QStringLiteral("work-*.limpid")}, QDir::Files)
                .size();
        };
        QTRY_COMPARE(kept(), 1);

        setup.window->actions()[ActionId::Export].trigger();
        auto* dialog = setup.window->findChild<ui::ExportDialog*>();
        QVERIFY(dialog);
        dialog->accept();

        QTRY_COMPARE(kept(), 0);
    }
};

QTEST_MAIN(TestWorkRescue)
#include "tst_work_rescue.moc"
