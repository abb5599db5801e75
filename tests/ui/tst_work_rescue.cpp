// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/catalog.h"
#include "core/image/photo_reader.h"
#include "tests/ui/saved_work_sample.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/main_window.h"
#include "ui/panels/message_banner.h"
#include "ui/panels/slider_row.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>

using namespace limpid;
using ui::ActionId;

namespace {

const QStringList kept{QStringLiteral("work-of-before.limpid"),
                       QStringLiteral("work-of-before.limpid.view")};

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
            ui::WindowOptions{
                .methods = {tests::fakeMethodSpec()}, .models = models, .work = place});
        window->show();
        QTRY_VERIFY(banner().isVisible());
    }

    ui::MessageBanner& banner() { return *window->findChild<ui::MessageBanner*>(); }
    QString sentence() { return banner().findChild<QLabel*>(QStringLiteral("text"))->text(); }
    void accept() { banner().findChild<QPushButton*>(QStringLiteral("action"))->click(); }
    /// Models of the method; the first is the default.
    void addModels()
    {
        models.own = ui::toPath(remembered.path());
        for (const auto* id : {"fake-xs", "fake-s"}) {
            QFile file(ui::toText(models.own / (std::string(id) + ".safetensors")));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("weights!") == 8);
            QVERIFY(checkpoint::addToCatalog(models.own, {.id = id,
                                                          .method = "fake",
                                                          .architecture = "fake",
                                                          .file = std::string(id) + ".safetensors",
                                                          .bytes = 8,
                                                          .sha256 = std::string(64, '0'),
                                                          .license = "CC0-1.0"}));
        }
    }

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
    ui::ModelFolders models;
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
        QVERIFY(document.region() == setup.sample.work.view.region);
        QCOMPARE(document.strength(), 0.75F);
        QTRY_VERIFY(setup.files().isEmpty()); // as soon as the new file is written
        QVERIFY(setup.window->actions()[ActionId::Export].isEnabled());
    }

    void theSettingsOfTheRunComeBack()
    {
        Setup setup;
        setup.addModels();
        setup.start();
        setup.accept();
        QTRY_VERIFY(setup.window->document().restoration());

        const auto& settings = setup.window->document().settings();
        const auto& made = setup.sample.work.restoration->request;
        QVERIFY(settings.parameters == made.parameters && settings.texts == made.texts);
        QCOMPARE(settings.seed, made.seed);
        QCOMPARE(setup.settings.chosenModel(QStringLiteral("fake")), QStringLiteral("fake-s"));
        QVERIFY(!setup.window->document().isStale()); // so that a run would do the same
        const auto row = [&](const char* name) {
            return setup.window->findChild<ui::SliderRow*>(QLatin1String(name))->value();
        };
        QCOMPARE(row("steps"), 3.0);
        QCOMPARE(row("resultStrength"), 75.0);
    }

    void aModelThatIsGoneIsNotChosen_data()
    {
        QTest::addColumn<bool>("isListed");
        QTest::newRow("removed") << false;
        QTest::newRow("its file is deleted") << true;
    }

    void aModelThatIsGoneIsNotChosen()
    {
        QFETCH(const bool, isListed);
        Setup setup;
        if (isListed) {
            setup.addModels();
            QVERIFY(QFile::remove(ui::toText(setup.models.own / "fake-s.safetensors")));
        }
        setup.start();
        setup.accept();
        QTRY_VERIFY(setup.window->document().restoration());

        QCOMPARE(setup.settings.chosenModel(QStringLiteral("fake")), QString());
        QVERIFY(setup.window->document().isStale());
    }

    void anExportNamesTheSettingsOfTheRun()
    {
        Setup setup;
        setup.start();
        setup.accept();
        QTRY_VERIFY(setup.window->document().restoration());

        setup.window->actions()[ActionId::Export].trigger();
        auto* dialog = setup.window->findChild<ui::ExportDialog*>();
        QVERIFY(dialog);
        const auto target = dialog->plan().target();
        dialog->accept();
        QTRY_VERIFY(std::filesystem::exists(target));

        std::string recipe;
        for (const auto& field : image::readPhoto(target).value().metadata.fields())
            if (field.key.ends_with(":parameters"))
                recipe = field.value;
        const auto seed = std::to_string(setup.sample.work.restoration->request.seed);
        QVERIFY2(recipe.find("fake-s") != std::string::npos, recipe.c_str());
        QVERIFY2(recipe.find(seed) != std::string::npos, recipe.c_str());
    }

    void aPhotoGivenByARelativePathIsFoundFromElsewhere()
    {
        Setup setup;
        setup.start();
        const QString elsewhere = QDir::currentPath();
        QVERIFY(QDir::setCurrent(setup.sample.folder.path()));
        setup.window->open(setup.sample.photo.path.filename());
        QVERIFY(QDir::setCurrent(elsewhere));
        QTRY_VERIFY(setup.window->document().photo());
        const auto written = [&] {
            return QDir(setup.folder.path()).entryList({QStringLiteral("work-*-*-*.limpid")});
        };

        setup.control.allowAll();
        setup.window->document().run();
        QTRY_COMPARE(written().size(), 1);

        const auto photo = ui::photoOfWork(setup.place / written().front().toStdString());
        QVERIFY(photo.has_value());
        QVERIFY2(photo->is_absolute(), photo->c_str());
        QVERIFY(std::filesystem::equivalent(*photo, setup.sample.photo.path));
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

        QCOMPARE(setup.files(), kept);
    }

    void aPhotoThatHasChangedIsLeftAlone()
    {
        Setup setup;
        setup.sample.replacePhoto();
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

        QCOMPARE(setup.files(), kept);
    }

    void anExportedResultIsNotKept()
    {
        Setup setup;
        setup.start();
        setup.accept();
        QTRY_VERIFY(setup.window->document().restoration());
        const auto count = [&] {
            return QDir(setup.folder.path())
                .entryList({QStringLiteral("work-*.limpid")}, QDir::Files)
                .size();
        };
        QTRY_COMPARE(count(), 1);

        setup.window->actions()[ActionId::Export].trigger();
        auto* dialog = setup.window->findChild<ui::ExportDialog*>();
        QVERIFY(dialog);
        dialog->accept();

        QTRY_COMPARE(count(), 0);
    }
};

QTEST_MAIN(TestWorkRescue)
#include "tst_work_rescue.moc"
