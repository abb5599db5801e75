// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <torch/serialize/archive.h>
#include <torch/types.h>
#include <torch/utils.h>

// A build with sanitizers needs theirs, too, and only such a build may.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZERS "|libasan|libubsan|libtsan"
#else
#define SANITIZERS ""
#endif

/// limpid-train-bare as it is carried to a machine that has LibTorch and nothing else of ours.
class TestBareTool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void needsNoLibraryBesidesLibTorchAndTheSystems()
    {
        QProcess readelf;
        readelf.start(QStringLiteral("readelf"),
                      {QStringLiteral("-d"), QStringLiteral(LIMPID_TRAIN_BARE)});
        QVERIFY(readelf.waitForFinished());
        const QRegularExpression line(QStringLiteral("\\(NEEDED\\).*\\[(.*)\\]"));
        const QRegularExpression expected(QStringLiteral(
            "^(libtorch_cpu|libc10|libstdc\\+\\+|libm|libgcc_s|libc|libgomp|ld-linux-.*" SANITIZERS
            ")\\.so"));
        auto needed = line.globalMatch(QString::fromUtf8(readelf.readAllStandardOutput()));

        QVERIFY(needed.hasNext());
        while (needed.hasNext()) {
            const auto library = needed.next().captured(1);
            QVERIFY2(expected.match(library).hasMatch(), qPrintable(library));
        }
    }

    void saysThatItCannotDecodePhotographs()
    {
        const QTemporaryDir folder;
        QFile list(folder.filePath(QStringLiteral("held.txt")));
        QVERIFY(list.open(QIODevice::WriteOnly));
        list.close();
        QProcess tool;
        tool.start(QStringLiteral(LIMPID_TRAIN_BARE),
                   {QStringLiteral("msg"), QStringLiteral("--photos"), folder.path(),
                    QStringLiteral("--validation"), list.fileName(), QStringLiteral("--out"),
                    folder.filePath(QStringLiteral("run"))});
        QVERIFY(tool.waitForFinished());

        QCOMPARE(tool.exitCode(), 1);
        const auto said = QString::fromUtf8(tool.readAllStandardError());
        QVERIFY2(said.contains(QStringLiteral("limpid-train cache")), qPrintable(said));
    }

    void tellsAStateOfAnotherNetworkFromADamagedOne()
    {
        const QTemporaryDir folder;
        torch::serialize::OutputArchive network;
        network.write("weight", torch::zeros({1}));
        torch::serialize::OutputArchive state;
        state.write("average", network);
        state.save_to(folder.filePath(QStringLiteral("state.pt")).toStdString());
        QProcess tool;
        tool.start(QStringLiteral(LIMPID_TRAIN_BARE),
                   {QStringLiteral("export"), QStringLiteral("--out"), folder.path(),
                    folder.filePath(QStringLiteral("target.safetensors"))});
        QVERIFY(tool.waitForFinished());

        QCOMPARE(tool.exitCode(), 1);
        const auto said = QString::fromUtf8(tool.readAllStandardError());
        QVERIFY2(said.contains(QStringLiteral("state.pt: ")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("another kind of network")), qPrintable(said));
    }

    void offersNoFolderOfPhotographs()
    {
        QProcess tool;
        tool.start(QStringLiteral(LIMPID_TRAIN_BARE),
                   {QStringLiteral("msg"), QStringLiteral("--help")});
        QVERIFY(tool.waitForFinished());

        const auto help = QString::fromUtf8(tool.readAllStandardOutput());
        QVERIFY(help.contains(QStringLiteral("Cache of photographs")));
        QVERIFY(!help.contains(QStringLiteral("or a folder")));
    }
};

QTEST_APPLESS_MAIN(TestBareTool)
#include "tst_bare_tool.moc"
