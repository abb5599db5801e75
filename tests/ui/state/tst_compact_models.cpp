// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/compact_models.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;

namespace {

/// One model that came with the program and one imported, both of "deblurdiff".
struct Setup {
    Setup()
    {
        QFile catalog(folder.filePath(QStringLiteral("catalog.json")));
        QVERIFY(catalog.open(QIODevice::WriteOnly));
        const QByteArray hash(64, 'a');
        catalog.write(R"({ "schema": 1, "models": [)");
        catalog.write(entry("small", {}));
        catalog.write(", ");
        catalog.write(entry("large", R"(, "imported_from": "published.ckpt")"));
        catalog.write("] }");
        catalog.close();
        store.refresh();
    }

    static QByteArray entry(const QByteArray& id, const QByteArray& more)
    {
        return R"({ "id": ")" + id +
               R"(", "method": "deblurdiff", "architecture": "x", "file": ")" + id +
               R"(.safetensors", "bytes": 7, "sha256": ")" + QByteArray(64, 'a') +
               R"(", "license": "CC0-1.0")" + more + " }";
    }

    QTemporaryDir folder;
    QSettings file{folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat};
    ui::Settings settings{file};
    ui::ModelStore store{{.own = folder.path().toStdString(), .user = {}}, settings};
};

} // namespace

class TestCompactModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasImportedIsNotCompact();
    void aMethodWithoutModelsUsesNone();
    void compactModelsDoNotRunTheAuthorsProgram();
};

void TestCompactModels::whatWasImportedIsNotCompact()
{
    Setup setup;
    QCOMPARE(setup.store.models().size(), std::size_t{2});
    QVERIFY(ui::usesCompactModel(setup.store, "deblurdiff")); // the first is the default

    setup.store.choose("deblurdiff", "large");
    QVERIFY(!ui::usesCompactModel(setup.store, "deblurdiff"));

    setup.store.choose("deblurdiff", "small");
    QVERIFY(ui::usesCompactModel(setup.store, "deblurdiff"));
}

void TestCompactModels::aMethodWithoutModelsUsesNone()
{
    Setup setup;

    QVERIFY(!ui::usesCompactModel(setup.store, "msg"));
}

void TestCompactModels::compactModelsDoNotRunTheAuthorsProgram()
{
    QVERIFY(!ui::servesCompactModels("reference"));
    QVERIFY(ui::servesCompactModels("control"));
}

QTEST_GUILESS_MAIN(TestCompactModels)
#include "tst_compact_models.moc"
