// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;

class TestSha256 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithThePublishedVectors_data();
    void agreesWithThePublishedVectors();
    void doesNotDependOnHowBytesArrive();
    void readsAFile();
    void saysWhatIsWrongWithAFile();
};

namespace {

QByteArray digestOf(const QByteArray& text)
{
    Sha256 sum;
    sum.add(std::as_bytes(std::span(text.constData(), std::size_t(text.size()))));
    return QByteArray::fromStdString(sum.hex());
}

} // namespace

/// FIPS 180-4, appendix B of 180-2, and lengths around the padding's block.
void TestSha256::agreesWithThePublishedVectors_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("empty")
        << QByteArray()
        << QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("abc") << QByteArray("abc")
                         << QByteArray(
                                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks")
        << QByteArray("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        << QByteArray("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    QTest::newRow("a million")
        << QByteArray(1'000'000, 'a')
        << QByteArray("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

void TestSha256::agreesWithThePublishedVectors()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, digest);

    QCOMPARE(digestOf(text), digest);
}

void TestSha256::doesNotDependOnHowBytesArrive()
{
    const QByteArray text(1000, 'x');

    for (const int piece : {1, 55, 56, 63, 64, 65, 999}) {
        Sha256 sum;
        for (int begin = 0; begin < text.size(); begin += piece) {
            const QByteArray part = text.mid(begin, piece);
            sum.add(std::as_bytes(std::span(part.constData(), std::size_t(part.size()))));
        }
        QCOMPARE(QByteArray::fromStdString(sum.hex()), digestOf(text));
    }
}

void TestSha256::readsAFile()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("weights")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(300'000, 'z'));
    file.close();

    const auto digest = sha256OfFile(file.fileName().toStdString());

    QVERIFY(digest.has_value());
    QCOMPARE(QByteArray::fromStdString(*digest), digestOf(QByteArray(300'000, 'z')));
}

void TestSha256::saysWhatIsWrongWithAFile()
{
    const QTemporaryDir folder;

    const auto missing = sha256OfFile(folder.filePath(QStringLiteral("none")).toStdString());
    const auto directory = sha256OfFile(folder.path().toStdString());

    QCOMPARE(missing.error().code, ErrorCode::FileNotFound);
    QCOMPARE(missing.error().path.filename(), std::filesystem::path("none"));
    QCOMPARE(directory.error().code, ErrorCode::NotARegularFile);
}

QTEST_APPLESS_MAIN(TestSha256)
#include "tst_sha256.moc"
