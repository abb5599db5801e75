// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models_folder.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

namespace fs = std::filesystem;

class TestModelsFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsTheFolderOfAProgram_data();
    void findsTheFolderOfAProgram();
};

void TestModelsFolder::findsTheFolderOfAProgram_data()
{
    QTest::addColumn<QByteArray>("executable");
    QTest::addColumn<QByteArray>("catalog");
    QTest::newRow("installed") << QByteArray("bin/limpid-cli") << QByteArray("share/limpid/models");
    QTest::newRow("built") << QByteArray("build/dev/bin/limpid-cli") << QByteArray("models");
    QTest::newRow("built elsewhere") << QByteArray("b/limpid-cli") << QByteArray("models");
}

void TestModelsFolder::findsTheFolderOfAProgram()
{
    QFETCH(const QByteArray, executable);
    QFETCH(const QByteArray, catalog);
    const QTemporaryDir root;
    const fs::path base = root.path().toStdString();
    const fs::path folder = base / catalog.toStdString();
    fs::create_directories(folder);
    std::ofstream(folder / "catalog.json") << "{}";

    QCOMPARE(limpid::app::modelsFolderOf(base / executable.toStdString()), folder);
}

QTEST_APPLESS_MAIN(TestModelsFolder)
#include "tst_models_folder.moc"
