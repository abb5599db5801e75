// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <algorithm>

using namespace limpid;
using namespace limpid::checkpoint;

namespace {

QByteArray littleEndian(quint64 value)
{
    QByteArray bytes;
    for (int i = 0; i < 8; ++i)
        bytes.append(static_cast<char>(value >> (8 * i) & 0xFF));
    return bytes;
}

/// A whole file: length, header, `dataBytes` bytes of tensors.
QByteArray fileOf(const QByteArray& header, int dataBytes)
{
    return littleEndian(static_cast<quint64>(header.size())) + header + QByteArray(dataBytes, 'x');
}

QByteArray tensor(const char* name, const char* dtype, const char* shape, const char* offsets)
{
    // No raw strings above the class: moc 6.4 loses its way in them.
    return QByteArray("\"") + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape +
           ",\"data_offsets\":" + offsets + "}";
}

QByteArray object(std::initializer_list<QByteArray> members)
{
    return "{" + QList<QByteArray>(members).join(',') + "}";
}

QByteArray metadataOf(int entries)
{
    QList<QByteArray> texts;
    for (int i = 0; i < entries; ++i)
        texts << "\"" + QByteArray::number(i) + "\":\"\"";
    return "{\"__metadata__\":{" + texts.join(',') + "}}";
}

const QByteArray good = tensor("a", "F32", "[2]", "[0,8]");

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(folder_.isValid()); }
    void refusesDamagedFiles_data();
    void refusesDamagedFiles();
    void tellsATypeItCannotReadFromDamage();
    void refusesHostileEntries_data();
    void refusesHostileEntries();
    void acceptsUnusualButValidFiles_data();
    void acceptsUnusualButValidFiles();
    void readsWhatItWrote();
    void writesTheSameBytesForTheSameTensors();
    void namesTheFileAndTheTensorOfAFailure();
    void saysSoWhenTheFileBecomesShorter();
    void readsOnFromAFileThatWasReplaced();
    void tellsMissingFromUnreadable_data();
    void tellsMissingFromUnreadable();
    void reportsAFolderThatIsNotThere();

private:
    std::filesystem::path write(const QByteArray& bytes)
    {
        const QString path = folder_.filePath(QStringLiteral("model.safetensors"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test file");
        return path.toStdString();
    }

    QTemporaryDir folder_;
};

void TestSafetensors::refusesDamagedFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray whole = fileOf(object({good}), 8);

    QTest::newRow("empty file") << QByteArray();
    QTest::newRow("seven bytes") << QByteArray(7, '\0');
    QTest::newRow("length without a header") << littleEndian(2);
    QTest::newRow("header of length zero") << littleEndian(0);
    QTest::newRow("length over the end") << littleEndian(100) + "{}";
    QTest::newRow("length of all ones") << littleEndian(~quint64{0}) + "{}";
    QTest::newRow("length over the limit") << littleEndian(100'000'001) + "{}";
    QTest::newRow("cut in the tensor bytes") << whole.left(whole.size() - 1);
    QTest::newRow("cut in the header") << whole.left(20);
    QTest::newRow("a byte too many") << whole + 'x';
    QTest::newRow("a list as the header") << fileOf("[]", 0);
    QTest::newRow("a space before the brace") << fileOf(" {}", 0);
    QTest::newRow("a byte order mark") << fileOf("\xEF\xBB\xBF{}", 0);
    QTest::newRow("broken JSON") << fileOf("{\"a\":", 0);
    QTest::newRow("text after the header") << fileOf("{}{}", 0);
    QTest::newRow("invalid UTF-8 in a name")
        << fileOf(object({tensor("\xC3\x28", "U8", "[0]", "[0,0]")}), 0);
    QTest::newRow("deep nesting") << fileOf("{\"a\":" + QByteArray(100'000, '['), 0);
    QTest::newRow("gap before the first tensor")
        << fileOf(object({tensor("a", "F32", "[2]", "[4,12]")}), 12);
    QTest::newRow("gap between tensors")
        << fileOf(object({good, tensor("b", "U8", "[2]", "[9,11]")}), 11);
    QTest::newRow("overlapping tensors")
        << fileOf(object({good, tensor("b", "F32", "[2]", "[4,12]")}), 12);
    QTest::newRow("the same name twice")
        << fileOf(object({good, tensor("a", "F32", "[2]", "[8,16]")}), 16);
    QTest::newRow("the metadata twice")
        << fileOf(object({R"("__metadata__":{})", R"("__metadata__":{})"}), 0);
    QTest::newRow("a metadata key twice") << fileOf(R"({"__metadata__":{"k":"1","k":"2"}})", 0);
    QTest::newRow("a number as metadata") << fileOf(R"({"__metadata__":{"k":1}})", 0);
    QTest::newRow("more metadata than allowed") << fileOf(metadataOf(10'001), 0);
    QTest::newRow("tensor that is a string") << fileOf(R"({"a":"F32"})", 0);
}

void TestSafetensors::refusesDamagedFiles()
{
    QFETCH(const QByteArray, bytes);

    const auto file = SafetensorsFile::open(write(bytes));

    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::ModelDamaged);
    QVERIFY(!file.error().detail.empty());
}

void TestSafetensors::tellsATypeItCannotReadFromDamage()
{
    const auto entry = tensor("a", "F8_E4M3", "[8]", "[0,8]");

    const auto file = SafetensorsFile::open(write(fileOf(object({entry}), 8)));

    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::UnsupportedFormat);
    QVERIFY(file.error().detail.find("F8_E4M3") != std::string::npos);
}

void TestSafetensors::refusesHostileEntries_data()
{
    QTest::addColumn<QByteArray>("entry");

    QTest::newRow("range shorter than the shape") << tensor("a", "F32", "[3]", "[0,8]");
    QTest::newRow("range longer than the shape") << tensor("a", "F32", "[1]", "[0,8]");
    QTest::newRow("offsets in reverse") << tensor("a", "F32", "[2]", "[8,0]");
    QTest::newRow("one offset") << tensor("a", "F32", "[2]", "[8]");
    QTest::newRow("three offsets") << tensor("a", "F32", "[2]", "[0,8,8]");
    QTest::newRow("negative dimension") << tensor("a", "F32", "[-2]", "[0,8]");
    QTest::newRow("fractional dimension") << tensor("a", "F32", "[2.0]", "[0,8]");
    QTest::newRow("dimension over 63 bits") << tensor("a", "U8", "[18446744073709551615]", "[0,8]");
    QTest::newRow("product that wraps to the range")
        << tensor("a", "F32", "[4611686018427387906,1]", "[0,8]");
    QTest::newRow("product that wraps to zero")
        << tensor("a", "U8", "[4294967296,4294967296]", "[0,0]");
    QTest::newRow("overflow hidden behind a zero")
        << tensor("a", "U8", "[4294967296,4294967296,0]", "[0,0]");
    QTest::newRow("seventeen dimensions")
        << tensor("a", "U8", "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,8]", "[0,8]");
    QTest::newRow("shape as an object") << tensor("a", "F32", "{}", "[0,8]");
    QTest::newRow("nested shape") << tensor("a", "F32", "[[2]]", "[0,8]");
    QTest::newRow("no shape") << QByteArray(R"("a":{"dtype":"F32","data_offsets":[0,8]})");
    QTest::newRow("no dtype") << QByteArray(R"("a":{"shape":[2],"data_offsets":[0,8]})");
    QTest::newRow("no offsets") << QByteArray(R"("a":{"dtype":"F32","shape":[2]})");
    QTest::newRow("null shape") << tensor("a", "F32", "null", "[0,8]");
    QTest::newRow("dtype twice") << QByteArray(
        R"("a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]})");
}

void TestSafetensors::refusesHostileEntries()
{
    QFETCH(const QByteArray, entry);

    const auto file = SafetensorsFile::open(write(fileOf(object({entry}), 8)));

    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::ModelDamaged);
}

void TestSafetensors::acceptsUnusualButValidFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("tensors");

    QTest::newRow("no tensor") << fileOf("{}", 0) << 0;
    QTest::newRow("padded with spaces") << fileOf(object({good}) + "   ", 8) << 1;
    QTest::newRow("a scalar") << fileOf(object({tensor("a", "F64", "[]", "[0,8]")}), 8) << 1;
    QTest::newRow("an empty tensor between others")
        << fileOf(object({tensor("z", "I16", "[4]", "[0,8]"), tensor("e", "F32", "[0,3]", "[8,8]"),
                          tensor("b", "BOOL", "[1]", "[8,9]")}),
                  9)
        << 3;
    QTest::newRow("header order unlike file order")
        << fileOf(object({tensor("b", "U8", "[1]", "[8,9]"), good}), 9) << 2;
    QTest::newRow("as much metadata as allowed") << fileOf(metadataOf(10'000), 0) << 0;
    QTest::newRow("metadata only") << fileOf(R"({"__metadata__":{"format":"pt"}})", 0) << 0;
}

void TestSafetensors::acceptsUnusualButValidFiles()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, tensors);

    const auto file = SafetensorsFile::open(write(bytes));

    QVERIFY2(file, file ? "" : file.error().detail.c_str());
    QCOMPARE(static_cast<int>(file->index().tensors.size()), tensors);
}

void TestSafetensors::readsWhatItWrote()
{
    const std::vector<float> weights{1.5F, -2.25F, 0.0F, 1e-7F, 3.0F, 4.0F};
    const std::vector<std::uint16_t> halves{0x3C00, 0xBC00};
    const std::filesystem::path path = folder_.filePath(QStringLiteral("own")).toStdString();

    const auto written =
        writeSafetensors(path,
                         {{"conv.weight", {DType::F32, {2, 3}, std::as_bytes(std::span(weights))}},
                          {"norm.scale", {DType::F16, {2}, std::as_bytes(std::span(halves))}}},
                         {{"config", R"({"width": 32, "name": "größe"})"}});
    QVERIFY(written);
    const auto file = SafetensorsFile::open(path);

    QVERIFY(file);
    const TensorEntry& entry = file->index().tensors.at("conv.weight");
    QCOMPARE(entry.shape, (std::vector<std::int64_t>{2, 3}));
    QVERIFY(std::ranges::equal(file->bytes(entry).value(), std::as_bytes(std::span(weights))));
    const TensorEntry& half = file->index().tensors.at("norm.scale");
    QVERIFY(std::ranges::equal(file->bytes(half).value(), std::as_bytes(std::span(halves))));
    QCOMPARE(file->index().metadata.at("config"), std::string(R"({"width": 32, "name": "größe"})"));
}

void TestSafetensors::writesTheSameBytesForTheSameTensors()
{
    const std::vector<float> weights{1, 2, 3};
    const std::map<std::string, TensorBytes> tensors{
        {"w", {DType::F32, {3}, std::as_bytes(std::span(weights))}}};
    const QString first = folder_.filePath(QStringLiteral("first"));
    const QString second = folder_.filePath(QStringLiteral("second"));

    QVERIFY(writeSafetensors(first.toStdString(), tensors, {{"b", "1"}, {"a", "2"}}));
    QVERIFY(writeSafetensors(second.toStdString(), tensors, {{"a", "2"}, {"b", "1"}}));

    QFile a(first);
    QFile b(second);
    QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    QCOMPARE(a.readAll(), b.readAll());
}

void TestSafetensors::namesTheFileAndTheTensorOfAFailure()
{
    const auto path = write(fileOf(object({tensor("block.3.weight", "F32", "[3]", "[0,8]")}), 8));

    const auto file = SafetensorsFile::open(path);

    QVERIFY(!file);
    QCOMPARE(file.error().path, path);
    QVERIFY(file.error().detail.find("block.3.weight") != std::string::npos);
}

/// Another program may cut a file that is open here.
void TestSafetensors::saysSoWhenTheFileBecomesShorter()
{
    constexpr int bytes = 1 << 20;
    const auto path = write(fileOf(object({tensor("a", "U8", "[1048576]", "[0,1048576]")}), bytes));
    const auto file = SafetensorsFile::open(path);
    QVERIFY(file);

    std::filesystem::resize_file(path, bytes / 2);

    const auto read = file->bytes(file->index().tensors.at("a"));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::ModelDamaged);
    QCOMPARE(read.error().path, path);
    QVERIFY(read.error().detail.find("shorter") != std::string::npos);
}

void TestSafetensors::readsOnFromAFileThatWasReplaced()
{
    const auto path = write(fileOf(object({good}), 8));
    const auto file = SafetensorsFile::open(path);
    QVERIFY(file);

    QVERIFY(writeSafetensors(path, {}, {}));

    const auto read = file->bytes(file->index().tensors.at("a"));
    QVERIFY(read);
    QVERIFY(std::ranges::all_of(*read, [](std::byte byte) { return byte == std::byte{'x'}; }));
}

void TestSafetensors::tellsMissingFromUnreadable_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");

    QTest::newRow("no such file") << QStringLiteral("absent") << ErrorCode::ModelMissing;
    QTest::newRow("folder") << QStringLiteral("folder") << ErrorCode::NotARegularFile;
    QTest::newRow("pipe") << QStringLiteral("pipe") << ErrorCode::NotARegularFile;
    QTest::newRow("inside a file") << QStringLiteral("plain/x") << ErrorCode::ModelMissing;
}

void TestSafetensors::tellsMissingFromUnreadable()
{
    QFETCH(const QString, name);
    QFETCH(const ErrorCode, code);
    ::mkdir(folder_.filePath(QStringLiteral("folder")).toLocal8Bit().constData(), 0700);
    ::mkfifo(folder_.filePath(QStringLiteral("pipe")).toLocal8Bit().constData(), 0600);
    QFile plain(folder_.filePath(QStringLiteral("plain")));
    QVERIFY(plain.open(QIODevice::WriteOnly));

    const auto file = SafetensorsFile::open(folder_.filePath(name).toStdString());

    QVERIFY(!file);
    QCOMPARE(file.error().code, code);
}

void TestSafetensors::reportsAFolderThatIsNotThere()
{
    const auto result = writeSafetensors(
        folder_.filePath(QStringLiteral("no/such/folder/w.safetensors")).toStdString(), {}, {});

    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::FileUnwritable);
    QVERIFY(!result.error().path.empty());
}

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
