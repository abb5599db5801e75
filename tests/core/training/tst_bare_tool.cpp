// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest/QtTest>

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
};

QTEST_APPLESS_MAIN(TestBareTool)
#include "tst_bare_tool.moc"
