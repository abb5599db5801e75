// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_tree.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid::tests;

/// Other versions lay some code out in another way.
constexpr const char* clangFormatVersion = "version 14.";

class TestFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyFileIsFormatted();
    void refusesAnotherLayout();

private:
    QString program_;
};

namespace {

/// An installed clang-format of the right version; empty when there is none.
QString clangFormat()
{
    for (const char* name : {"clang-format-14", "clang-format"}) {
        const QString program = QStandardPaths::findExecutable(QString::fromLatin1(name));
        if (program.isEmpty())
            continue;
        QProcess process;
        process.start(program, {QStringLiteral("--version")});
        process.waitForFinished();
        if (process.readAllStandardOutput().contains(clangFormatVersion))
            return program;
    }
    return {};
}

/// What clang-format has to say about these files; empty when they are as it wants them.
QByteArray complaints(const QString& program, const QStringList& files)
{
    QProcess process;
    process.setWorkingDirectory(QString::fromUtf8(LIMPID_SOURCE_DIR));
    process.start(program, QStringList{QStringLiteral("--dry-run"), QStringLiteral("-Werror"),
                                       QStringLiteral("--style=file:.clang-format")} +
                               files);
    if (!process.waitForFinished(120'000))
        return "clang-format did not end";
    return process.exitCode() == 0 ? QByteArray() : process.readAllStandardError().left(4000);
}

} // namespace

void TestFormat::initTestCase()
{
    program_ = clangFormat();
    if (program_.isEmpty())
        QSKIP("clang-format 14 is not installed, so the layout of the code was not checked");
}

void TestFormat::everyFileIsFormatted()
{
    QStringList files;
    for (const SourceFile& source : readSources(LIMPID_SOURCE_DIR)) {
        if (!source.isCMake())
            files << QString::fromStdString(source.path);
    }

    const QByteArray found = complaints(program_, files);

    QVERIFY2(found.isEmpty(), found.constData());
}

void TestFormat::refusesAnotherLayout()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.cpp")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("void f( ) { g ( ) ; }\n");
    file.close();

    QVERIFY(complaints(program_, {file.fileName()}).contains("clang-format"));
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
