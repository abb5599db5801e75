// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/identify.h"
#include "core/checkpoint/safetensors.h"
#include "ui/state/model_store.h"
#include "ui/state/model_text.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace limpid;
using checkpoint::ImportPrecision;

namespace {

/// An import that goes on until it is cancelled.
Result<checkpoint::ImportReport> importForever(const std::filesystem::path&,
                                               const checkpoint::ImportOptions& options)
{
    options.progress({.stage = checkpoint::ImportStage::Writing, .done = 30, .total = 60});
    for (;;) {
        options.token.throwIfRequested();
        std::this_thread::yield();
    }
}

struct Setup {
    explicit Setup(ui::ModelStore::Import import = {})
        : store({.own = path("own"), .user = path("user")}, settings, std::move(import))
    {
        const std::vector<float> values{1.0F, 2.0F};
        const checkpoint::TensorBytes tensor{.shape = {2},
                                             .bytes = std::as_bytes(std::span(values))};
        QVERIFY(checkpoint::writeSafetensors(path("in.safetensors"), {{"w", tensor}},
                                             {{"architecture", "msg"}}));
    }

    std::filesystem::path path(const char* name) const
    {
        return folder.filePath(QLatin1String(name)).toStdString();
    }

    std::string importOne(ImportPrecision precision = ImportPrecision::Keep)
    {
        QSignalSpy imported(&store, &ui::ModelStore::imported);
        store.import(path("in.safetensors"), precision);
        return imported.count() == 1 || imported.wait() ? store.models().back().entry.id
                                                        : std::string();
    }

    QTemporaryDir folder;
    QSettings ini{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{ini};
    ui::ModelStore store;
};

} // namespace

class TestModelStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isEmptyWithoutFolders();
    void listsTheProgramsModelsBeforeTheUsers();
    void importsInTheBackground();
    void tellsWhyAnImportFailed();
    void cancelsAnImport();
    void showsHowFarAnImportIs();
    void endsTheImportOfADyingStore();
    void remembersWhichModelAMethodUses();
    void knowsTheStepsThatAModelPrefers();
    void hasNoModelWhoseFileIsGone();
    void forgetsAModelThatIsRemoved();
    void knowsEverySentenceOfTheCore_data();
    void knowsEverySentenceOfTheCore();
    void knowsWhatIsDownloadedInPlaceOfACheckpoint_data();
    void knowsWhatIsDownloadedInPlaceOfACheckpoint();
};

void TestModelStore::isEmptyWithoutFolders()
{
    QTemporaryDir folder;
    QSettings values(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    ui::Settings settings(values);
    const ui::ModelStore store({}, settings);

    QVERIFY(store.models().empty());
    QVERIFY(!store.canImport());
}

void TestModelStore::listsTheProgramsModelsBeforeTheUsers()
{
    Setup setup;
    const auto own = checkpoint::importCheckpoint(
        setup.path("in.safetensors"),
        {.folder = setup.path("own"), .precision = ImportPrecision::Fp16});
    QVERIFY(own);
    const auto id = setup.importOne();

    const auto& models = setup.store.models();
    QCOMPARE(models.size(), std::size_t{2});
    QCOMPARE(models[0].entry.id, own->entry->id);
    QVERIFY(!models[0].isImported);
    QCOMPARE(models[1].entry.id, id);
    QVERIFY(models[1].isImported);
    QCOMPARE(models[1].state, checkpoint::ModelState::Installed);
}

void TestModelStore::importsInTheBackground()
{
    Setup setup;
    QSignalSpy imported(&setup.store, &ui::ModelStore::imported);

    setup.store.import(setup.path("in.safetensors"), ImportPrecision::Bf16);

    QVERIFY(setup.store.importing()); // at once, before anything is done
    QVERIFY(!setup.store.canImport());
    QTRY_COMPARE(imported.count(), 1);
    QVERIFY(!setup.store.importing());
    QVERIFY(setup.store.canImport());
    QCOMPARE(setup.store.models().front().entry.precision, std::string("bf16"));
}

void TestModelStore::tellsWhyAnImportFailed()
{
    Setup setup;
    std::filesystem::resize_file(setup.path("in.safetensors"), 30);
    QSignalSpy failed(&setup.store, &ui::ModelStore::importFailed);

    setup.store.import(setup.path("in.safetensors"), ImportPrecision::Keep);

    QTRY_COMPARE(failed.count(), 1);
    const auto error = failed.front().front().value<Error>();
    QCOMPARE(error.code, ErrorCode::ModelDamaged);
    QVERIFY(ui::describeImport(error).reason.contains(QStringLiteral("in.safetensors")));
    QVERIFY(setup.store.models().empty());
}

void TestModelStore::cancelsAnImport()
{
    Setup setup(importForever);
    QSignalSpy imported(&setup.store, &ui::ModelStore::imported);
    QSignalSpy failed(&setup.store, &ui::ModelStore::importFailed);
    setup.store.import(setup.path("in.safetensors"), ImportPrecision::Keep);

    setup.store.cancelImport();

    QVERIFY(setup.store.importing()->cancelling);
    QTRY_VERIFY(!setup.store.importing());
    QCOMPARE(imported.count() + failed.count(), 0);
}

void TestModelStore::showsHowFarAnImportIs()
{
    Setup setup(importForever);

    setup.store.import(setup.path("in.safetensors"), ImportPrecision::Keep);

    QTRY_COMPARE(setup.store.importing()->percent, 50);
    QCOMPARE(setup.store.importing()->stage, checkpoint::ImportStage::Writing);
    setup.store.cancelImport();
    QTRY_VERIFY(!setup.store.importing());
}

void TestModelStore::endsTheImportOfADyingStore()
{
    std::atomic<bool> ended = false;
    {
        Setup setup([&ended](const auto& source, const auto& options) {
            try {
                return importForever(source, options);
            } catch (const Cancelled&) {
                ended = true;
                throw;
            }
        });
        setup.store.import(setup.path("in.safetensors"), ImportPrecision::Keep);
    }
    QTRY_VERIFY(ended);
}

void TestModelStore::remembersWhichModelAMethodUses()
{
    Setup setup;
    const auto id = setup.importOne();
    QSignalSpy chosen(&setup.store, &ui::ModelStore::chosenChanged);
    QCOMPARE(setup.store.chosen("msg"), std::string());
    QCOMPARE(setup.store.inUse("msg"), id);

    setup.store.choose("msg", id);

    QCOMPARE(chosen.count(), 1);
    QCOMPARE(setup.store.chosen("msg"), id);
    const ui::ModelStore later({.user = setup.path("user")}, setup.settings);
    QCOMPARE(later.chosen("msg"), id);
    const ui::ModelStore elsewhere({.user = setup.path("other")}, setup.settings);
    QCOMPARE(elsewhere.chosen("msg"), std::string());
}

void TestModelStore::knowsTheStepsThatAModelPrefers()
{
    Setup setup;
    const auto plain = setup.importOne();
    auto eager = setup.store.models().back().entry;
    eager.id = "eager";
    eager.steps = 8;
    QVERIFY(checkpoint::addToCatalog(setup.path("user"), eager));
    setup.store.refresh();

    QVERIFY(!setup.store.preferredSteps("msg"));
    setup.store.choose("msg", "eager");
    QCOMPARE(setup.store.preferredSteps("msg"), std::optional(8));
    QVERIFY(!setup.store.preferredSteps("deblurdiff"));
}

void TestModelStore::hasNoModelWhoseFileIsGone()
{
    Setup setup;
    const auto id = setup.importOne();
    QVERIFY(setup.store.has("msg", id));
    QVERIFY(!setup.store.has("deblurdiff", id));

    std::filesystem::remove(setup.path("user") / (id + ".safetensors"));
    setup.store.refresh();

    QCOMPARE(setup.store.models().size(), std::size_t{1}); // so that the dialog shows what is wrong
    QVERIFY(!setup.store.has("msg", id));
}

void TestModelStore::forgetsAModelThatIsRemoved()
{
    Setup setup;
    const auto id = setup.importOne();
    setup.store.choose("msg", id);

    setup.store.remove(id);

    QVERIFY(setup.store.models().empty());
    QCOMPARE(setup.store.chosen("msg"), std::string());
    QVERIFY(std::filesystem::exists(setup.path("in.safetensors")));
    QVERIFY(!std::filesystem::exists(setup.path("user") / (id + ".safetensors")));
}

void TestModelStore::knowsEverySentenceOfTheCore_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::newRow("base model") << QByteArray("unet.a vae.a clip.a");
    QTest::newRow("ControlNet") << QByteArray("controlnet.a");
    QTest::newRow("kernel network") << QByteArray("kpn.a");
    QTest::newRow("autoencoder") << QByteArray("vae.a");
}

/// What the core says about a file is looked up by its English, so it has to stand in the table.
void TestModelStore::knowsEverySentenceOfTheCore()
{
    QFETCH(const QByteArray, names);
    checkpoint::TensorIndex index;
    for (const QByteArray& name : names.split(' '))
        index.tensors[name.toStdString()] = {};
    const std::string sentence = checkpoint::identify(index).sentence;
    QFile table(QStringLiteral(LIMPID_SOURCE_DIR "/translations/limpid_de.ts"));
    QVERIFY(table.open(QIODevice::ReadOnly));

    QVERIFY2(table.readAll().contains(("<source>" + sentence + "</source>").c_str()),
             sentence.c_str());
    const auto words = ui::describeImport({ErrorCode::ModelMismatch, sentence, "c.pth"});
    QVERIFY(words.reason.contains(QStringLiteral("“c.pth”")));
    QVERIFY(words.reason.contains(QString::fromStdString(sentence)));
}

void TestModelStore::knowsWhatIsDownloadedInPlaceOfACheckpoint_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("pointer") << QByteArray("version https://git-lfs.github.com/spec/v1");
    QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html></html>");
    QTest::newRow("GGUF") << QByteArray("GGUF with something behind it");
    QTest::newRow("text") << QByteArray("nothing of this kind");
}

void TestModelStore::knowsWhatIsDownloadedInPlaceOfACheckpoint()
{
    QFETCH(const QByteArray, content);
    const QTemporaryDir folder;
    QFile download(folder.filePath(QStringLiteral("c.ckpt")));
    QVERIFY(download.open(QIODevice::WriteOnly));
    download.write(content);
    download.close();
    const auto opened = checkpoint::CheckpointFile::open(download.fileName().toStdString());
    QVERIFY(!opened);
    QFile table(QStringLiteral(LIMPID_SOURCE_DIR "/translations/limpid_de.ts"));
    QVERIFY(table.open(QIODevice::ReadOnly));

    const std::string& sentence = opened.error().detail;

    QVERIFY2(table.readAll().contains(("<source>" + sentence + "</source>").c_str()),
             sentence.c_str());
}

QTEST_GUILESS_MAIN(TestModelStore)
#include "tst_model_store.moc"
