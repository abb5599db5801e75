// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/catalog.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace limpid;
using checkpoint::Catalog;
using checkpoint::ModelState;
using checkpoint::removeFromCatalog;

namespace {

const QByteArray weights("not really weights");

QByteArray entry(const QByteArray& id, const QByteArray& file, const QByteArray& sum)
{
    return "{\"id\":\"" + id + "\",\"method\":\"msg\",\"architecture\":\"msg\",\"file\":\"" + file +
           "\",\"bytes\":" + QByteArray::number(weights.size()) + ",\"sha256\":\"" + sum +
           "\",\"license\":\"CC0-1.0\"}";
}

QByteArray catalogOf(const QByteArray& models)
{
    return "{\"schema\":1,\"models\":[" + models + "]}";
}

QByteArray sumOf(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

checkpoint::CatalogEntry entryOf(const std::string& id)
{
    return {.id = id,
            .method = "msg",
            .architecture = "msg",
            .file = id + ".safetensors",
            .bytes = 18,
            .sha256 = std::string(64, 'a'),
            .license = "CC0-1.0",
            .precision = "fp16",
            .parameters = 7,
            .importedFrom = "model.ckpt"};
}

} // namespace

class TestCatalog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
    }

    void readsEntriesInOrder();
    void saysWhetherAModelIsThere_data();
    void saysWhetherAModelIsThere();
    void namesTheFileOfADamagedModel();
    void refusesDamagedCatalogs_data();
    void refusesDamagedCatalogs();
    void refusesAPipe();
    void addsToAFolderWithoutACatalog();
    void remembersTheStepsThatAModelPrefers();
    void ignoresStepsThatMakeNoSense();
    void findsTheFirstModelThatFits();
    void saysWhyNoModelFits();
    void replacesTheEntryOfTheSameId();
    void removesAModelAndItsFile();
    void removesOnlyWhatItLists();

private:
    void write(const char* name, const QByteArray& bytes)
    {
        QFile file(folder_->filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), qint64{bytes.size()});
    }

    Result<Catalog> read() const { return Catalog::read(folder_->path().toStdString()); }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestCatalog::readsEntriesInOrder()
{
    write("catalog.json", catalogOf(entry("first", "a", sumOf(weights)) + "," +
                                    entry("second", "b", sumOf(weights))));

    const auto catalog = read();

    QVERIFY(catalog);
    QCOMPARE(catalog->entries().size(), std::size_t{2});
    QCOMPARE(catalog->defaultFor("msg")->id, std::string("first"));
    QCOMPARE(catalog->entries()[1].license, std::string("CC0-1.0"));
    QCOMPARE(catalog->defaultFor("deblurdiff").error().code, ErrorCode::ModelMissing);
}

void TestCatalog::saysWhetherAModelIsThere_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ModelState>("state");
    QTest::newRow("installed") << weights << ModelState::Installed;
    QTest::newRow("missing") << QByteArray() << ModelState::Missing;
    QTest::newRow("another size") << weights + "!" << ModelState::WrongHash;
    QTest::newRow("same size, one bit off") << "N" + weights.mid(1) << ModelState::WrongHash;
}

void TestCatalog::saysWhetherAModelIsThere()
{
    QFETCH(const QByteArray, content);
    QFETCH(const ModelState, state);
    write("catalog.json", catalogOf(entry("m", "m.safetensors", sumOf(weights))));
    if (!content.isEmpty())
        write("m.safetensors", content);
    const auto catalog = read();
    QVERIFY(catalog);

    QCOMPARE(catalog->state(catalog->entries().front()), state);
}

void TestCatalog::namesTheFileOfADamagedModel()
{
    write("catalog.json", catalogOf(entry("m", "m.safetensors", sumOf("other"))));
    write("m.safetensors", weights);
    const auto catalog = read();
    QVERIFY(catalog);

    const auto path = catalog->verified(catalog->entries().front());

    QVERIFY(!path);
    QCOMPARE(path.error().code, ErrorCode::ModelDamaged);
    QCOMPARE(path.error().path, catalog->pathOf(catalog->entries().front()));
}

void TestCatalog::refusesDamagedCatalogs_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray sum = sumOf(weights);
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{]");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("another schema") << QByteArray("{\"schema\":2,\"models\":[]}");
    QTest::newRow("no models") << QByteArray("{\"schema\":1}");
    QTest::newRow("a number as model") << catalogOf("1");
    QTest::newRow("path out of the folder") << catalogOf(entry("m", "../m", sum));
    QTest::newRow("parent folder") << catalogOf(entry("m", "..", sum));
    QTest::newRow("absolute path") << catalogOf(entry("m", "/etc/passwd", sum));
    QTest::newRow("no file") << catalogOf(entry("m", "", sum));
    QTest::newRow("no id") << catalogOf(entry("", "m", sum));
    QTest::newRow("short checksum") << catalogOf(entry("m", "m", sum.left(63)));
    QTest::newRow("checksum in capitals") << catalogOf(entry("m", "m", sum.toUpper()));
    QTest::newRow("deep nesting") << QByteArray(200'000, '[');
}

void TestCatalog::refusesDamagedCatalogs()
{
    QFETCH(const QByteArray, text);
    write("catalog.json", text);

    const auto catalog = read();

    QVERIFY(!catalog);
    QCOMPARE(catalog.error().code, ErrorCode::ModelDamaged);
    QCOMPARE(catalog.error().path.filename().string(), std::string("catalog.json"));
}

void TestCatalog::refusesAPipe()
{
    QCOMPARE(
        ::mkfifo(folder_->filePath(QStringLiteral("catalog.json")).toLocal8Bit().constData(), 0600),
        0);

    QCOMPARE(read().error().code, ErrorCode::NotARegularFile);
}

void TestCatalog::addsToAFolderWithoutACatalog()
{
    QVERIFY(addToCatalog(folder_->path().toStdString(), entryOf("a")));

    const auto catalog = Catalog::read(folder_->path().toStdString());
    QVERIFY(catalog);
    QCOMPARE(catalog->entries().size(), std::size_t{1});
    QCOMPARE(catalog->entries().front().importedFrom, std::string("model.ckpt"));
    QCOMPARE(catalog->entries().front().parameters, std::uint64_t{7});
}

void TestCatalog::remembersTheStepsThatAModelPrefers()
{
    auto wanted = entryOf("a");
    wanted.steps = 8;

    QVERIFY(addToCatalog(folder_->path().toStdString(), wanted));
    QVERIFY(addToCatalog(folder_->path().toStdString(), entryOf("b")));

    QCOMPARE(read()->find("a")->steps, 8);
    QCOMPARE(read()->find("b")->steps, 0);
}

void TestCatalog::ignoresStepsThatMakeNoSense()
{
    auto text = catalogOf(entry("m", "m", sumOf(weights)));
    write("catalog.json", text.replace("\"id\"", "\"steps\":5000000000,\"id\""));

    QCOMPARE(read()->entries().front().steps, 0);
}

void TestCatalog::findsTheFirstModelThatFits()
{
    const QTemporaryDir second;
    const std::filesystem::path own = folder_->path().toStdString();
    const std::filesystem::path user = second.path().toStdString();
    QVERIFY(addToCatalog(own, entryOf("a")));
    QVERIFY(addToCatalog(user, entryOf("b")));

    QCOMPARE(checkpoint::findModel({own, user}, "msg", "")->entry.id, std::string("a"));
    const auto imported = checkpoint::findModel({own, user}, "msg", "b");
    QCOMPARE(imported->entry.id, std::string("b"));
    QCOMPARE(imported->catalog.pathOf(imported->entry), user / "b.safetensors");
}

void TestCatalog::saysWhyNoModelFits()
{
    const std::filesystem::path own = folder_->path().toStdString();
    QVERIFY(addToCatalog(own, entryOf("a")));

    const auto missing = checkpoint::findModel({own, own / "nowhere"}, "msg", "b");
    QCOMPARE(missing.error().code, ErrorCode::ModelMissing);
    QVERIFY(missing.error().detail.find("'b'") != std::string::npos);

    write("catalog.json", "not a catalog");
    QCOMPARE(checkpoint::findModel({own}, "msg", "").error().code, ErrorCode::ModelDamaged);
}

void TestCatalog::replacesTheEntryOfTheSameId()
{
    auto changed = entryOf("a");
    changed.license = "MIT";

    QVERIFY(addToCatalog(folder_->path().toStdString(), entryOf("a")));
    QVERIFY(addToCatalog(folder_->path().toStdString(), entryOf("b")));
    QVERIFY(addToCatalog(folder_->path().toStdString(), changed));

    const auto catalog = Catalog::read(folder_->path().toStdString());
    QCOMPARE(catalog->entries().size(), std::size_t{2});
    QCOMPARE(catalog->find("a")->license, std::string("MIT"));
}

void TestCatalog::removesAModelAndItsFile()
{
    const std::filesystem::path folder = folder_->path().toStdString();
    write("a.safetensors", weights);
    QVERIFY(addToCatalog(folder, entryOf("a")));
    QVERIFY(addToCatalog(folder, entryOf("b")));

    QVERIFY(removeFromCatalog(folder, "a"));

    QVERIFY(!std::filesystem::exists(folder / "a.safetensors"));
    const auto catalog = Catalog::read(folder);
    QCOMPARE(catalog->entries().size(), std::size_t{1});
    QVERIFY(!catalog->find("a"));
}

void TestCatalog::removesOnlyWhatItLists()
{
    const std::filesystem::path folder = folder_->path().toStdString();
    write("stranger.safetensors", weights);
    QVERIFY(addToCatalog(folder, entryOf("a")));

    const auto removed = removeFromCatalog(folder, "stranger");

    QVERIFY(!removed);
    QCOMPARE(removed.error().code, ErrorCode::ModelMissing);
    QVERIFY(std::filesystem::exists(folder / "stranger.safetensors"));
}

QTEST_APPLESS_MAIN(TestCatalog)
#include "tst_catalog.moc"
