// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>
#include <sys/stat.h>

#include <array>
#include <csignal>

using namespace limpid;

namespace {

std::span<const std::byte> bytesOf(const QByteArray& text)
{
    return std::as_bytes(std::span(text.constData(), static_cast<std::size_t>(text.size())));
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class TestAtomicFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
        target_ = folder_->filePath(QStringLiteral("target"));
    }

    void writesAllPiecesInOrder();
    void replacesAnOldFileAndKeepsItsPermissions();
    void acceptsANameOf255Bytes();
    void replacesALinkAndSparesWhatItPointsTo();
    void keepsTheOldFileWhenTheDiskIsFull();
    void refusesTargetsThatAreNotFiles_data();
    void refusesTargetsThatAreNotFiles();

private:
    QStringList names() const
    {
        return QDir(folder_->path())
            .entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    QString target_;
};

void TestAtomicFile::writesAllPiecesInOrder()
{
    const QByteArray head("head ");
    const QByteArray tail("tail");
    const std::array pieces{bytesOf(head), bytesOf({}), bytesOf(tail)};

    QVERIFY(writeFileAtomically(target_.toStdString(), FilePieces(pieces)));

    QCOMPARE(contentOf(target_), QByteArray("head tail"));
    QCOMPARE(names(), QStringList{QStringLiteral("target")});
}

void TestAtomicFile::replacesAnOldFileAndKeepsItsPermissions()
{
    QVERIFY(writeFileAtomically(target_.toStdString(), bytesOf("old")));
    QVERIFY(QFile::setPermissions(target_, QFile::ReadOwner | QFile::WriteOwner));

    QVERIFY(writeFileAtomically(target_.toStdString(), bytesOf("new")));

    QCOMPARE(contentOf(target_), QByteArray("new"));
    struct stat status {};
    QCOMPARE(::stat(target_.toLocal8Bit().constData(), &status), 0);
    QCOMPARE(static_cast<int>(status.st_mode & 0777), 0600);
}

void TestAtomicFile::acceptsANameOf255Bytes()
{
    const QString path = folder_->filePath(QString(255, QLatin1Char('n')));

    QVERIFY(writeFileAtomically(path.toStdString(), bytesOf("long")));

    QCOMPARE(contentOf(path), QByteArray("long"));
}

void TestAtomicFile::replacesALinkAndSparesWhatItPointsTo()
{
    const QString other = folder_->filePath(QStringLiteral("other"));
    QVERIFY(writeFileAtomically(other.toStdString(), bytesOf("precious")));
    QVERIFY(QFile::link(other, target_));

    QVERIFY(writeFileAtomically(target_.toStdString(), bytesOf("new")));

    QCOMPARE(contentOf(other), QByteArray("precious"));
    QCOMPARE(contentOf(target_), QByteArray("new"));
}

void TestAtomicFile::keepsTheOldFileWhenTheDiskIsFull()
{
    QVERIFY(writeFileAtomically(target_.toStdString(), bytesOf("old")));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit tight{4096, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &tight), 0);

    const QByteArray large(8192, 'x');
    const auto result = writeFileAtomically(target_.toStdString(), bytesOf(large));
    ::setrlimit(RLIMIT_FSIZE, &before);

    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::DiskFull);
    QCOMPARE(contentOf(target_), QByteArray("old"));
    QCOMPARE(names(), QStringList{QStringLiteral("target")});
}

void TestAtomicFile::refusesTargetsThatAreNotFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");

    QTest::newRow("folder") << QStringLiteral("folder") << ErrorCode::NotARegularFile;
    QTest::newRow("pipe") << QStringLiteral("pipe") << ErrorCode::NotARegularFile;
    QTest::newRow("missing folder") << QStringLiteral("absent/x") << ErrorCode::FileUnwritable;
    QTest::newRow("empty name") << QString() << ErrorCode::FileUnwritable;
}

void TestAtomicFile::refusesTargetsThatAreNotFiles()
{
    QFETCH(const QString, name);
    QFETCH(const ErrorCode, code);
    ::mkdir(folder_->filePath(QStringLiteral("folder")).toLocal8Bit().constData(), 0700);
    ::mkfifo(folder_->filePath(QStringLiteral("pipe")).toLocal8Bit().constData(), 0600);
    const std::string path = name.isEmpty() ? std::string() : folder_->filePath(name).toStdString();

    const auto result = writeFileAtomically(path, bytesOf("new"));

    QVERIFY(!result);
    QCOMPARE(result.error().code, code);
    QCOMPARE(names(), (QStringList{QStringLiteral("folder"), QStringLiteral("pipe")}));
}

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
