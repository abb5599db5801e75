// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint_file.h"

#include "tests/support/make_checkpoint.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <filesystem>

using namespace limpid;
using namespace limpid::checkpoint;
using namespace limpid::tests;

namespace {

constexpr std::int64_t huge = std::int64_t{1} << 62;

const std::vector<TorchStorage> storage{{.key = "0", .bytes = std::string(16, 'x')}};

TorchTensor good()
{
    return {.name = "w", .storageElements = 4, .sizes = {4}, .strides = {1}};
}

std::string zipWith(TorchTensor tensor)
{
    return torchZip(stateDictPickle({std::move(tensor)}), storage);
}

std::string zipOfPickle(PickleWriter pickle)
{
    return torchZip(pickle.end(), storage);
}

TorchTensor view(std::int64_t offset, std::vector<std::int64_t> sizes,
                 std::vector<std::int64_t> strides)
{
    TorchTensor tensor = good();
    tensor.offset = offset;
    tensor.sizes = std::move(sizes);
    tensor.strides = std::move(strides);
    return tensor;
}

std::string repeated(std::string_view piece, int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += piece;
    return text;
}

/// An archive of one good tensor with one record that lies.
std::string lyingZip(ZipPart part)
{
    part.name = "a/data/0";
    part.bytes = storage[0].bytes;
    return zipOf({{.name = "a/data.pkl", .bytes = stateDictPickle({good()})}, std::move(part)});
}

/// 100 bytes that ask for 4 GB.
std::string hungryText()
{
    return zipOfPickle(PickleWriter().raw(std::string("X\xff\xff\xff\xff", 5)));
}

} // namespace

class TestHostileCheckpoints : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesBrokenPickles_data();
    void refusesBrokenPickles() { refuse(); }
    void refusesImpossibleTensors_data();
    void refusesImpossibleTensors() { refuse(); }
    void refusesLyingArchives_data();
    void refusesLyingArchives() { refuse(); }
    void refusesBrokenOldFiles_data();
    void refusesBrokenOldFiles() { refuse(); }
    void refusesEveryCutOfAGoodFile_data();
    void refusesEveryCutOfAGoodFile();
    void saysSoWhenTheFileBecomesShorter_data();
    void saysSoWhenTheFileBecomesShorter();
    void runsNothing_data();
    void runsNothing();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();

private:
    std::filesystem::path path() const
    {
        return folder_.filePath(QStringLiteral("model.pth")).toStdString();
    }

    std::filesystem::path write(const std::string& bytes) const
    {
        QFile file(QString::fromStdString(path().string()));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            qFatal("cannot write the test file");
        return path();
    }

    void refuse() const
    {
        QFETCH(const std::string, bytes);
        QElapsedTimer timer;
        timer.start();

        const auto file = CheckpointFile::open(write(bytes));

        QVERIFY(!file);
        QVERIFY(file.error().code == ErrorCode::ModelDamaged ||
                file.error().code == ErrorCode::UnsupportedFormat);
        QVERIFY(!file.error().detail.empty());
        QCOMPARE(file.error().path, path());
        QVERIFY(timer.elapsed() < 5000);
    }

    QTemporaryDir folder_;
};

void TestHostileCheckpoints::refusesBrokenPickles_data()
{
    QTest::addColumn<std::string>("bytes");
    const auto row = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << bytes;
    };
    const auto pickle = [&](const char* name, const std::string& operations) {
        row(name, zipOfPickle(PickleWriter().raw(operations)));
    };

    row("no protocol", torchZip("}.", storage));
    row("protocol 0", zipOfPickle(PickleWriter(0).raw("}")));
    row("protocol 5", zipOfPickle(PickleWriter(5).raw("}")));
    row("no end", torchZip("\x80\x02}", storage));
    row("empty pickle", torchZip("", storage));
    row("text of 4 GB", hungryText());
    pickle("bytes of 2^64", "\x8e" + std::string(8, '\xff'));
    pickle("number of 4 GB", std::string("\x8b\xff\xff\xff\xff", 5));
    pickle("frame over the end", "\x95" + std::string(8, '\x7f') + "}");
    pickle("nothing on the stack", "");
    pickle("pop of nothing", "0");
    pickle("pop below the mark", "}(0");
    pickle("tuple without a mark", "}t");
    pickle("deep nesting", repeated("(", 100'000));
    pickle("deep lists", repeated("]", 4'000'000));
    pickle("too many operations", "}" + repeated("N0", 5'000'000));
    pickle("memo far away", std::string("}r\xff\xff\xff\xff", 6));
    pickle("memo never set", "h\x05");
    pickle("list twice its own size", "]" + repeated("2a", 10) + repeated("(", 2'000));
    pickle("a key without a value", "}(Nu");
    pickle("items for a number", "K\x01(NNu");
    pickle("call without a tuple", "cos\nsystem\n]R");
    pickle("unending name", "cos");
    pickle("protocol 0 operation", "I1\n");
    pickle("extension registry", "\x82\x01");
    pickle("a list as the root", "]");
    pickle("no tensors", "}");
}

void TestHostileCheckpoints::refusesImpossibleTensors_data()
{
    QTest::addColumn<std::string>("bytes");
    const auto row = [](const char* name, const TorchTensor& tensor) {
        QTest::newRow(name) << zipWith(tensor);
    };
    TorchTensor other = good();

    row("beyond the storage", view(0, {5}, {1}));
    row("offset beyond", view(1, {4}, {1}));
    row("offset at 2^62", view(huge, {1}, {1}));
    row("empty, offset beyond", view(5, {0}, {1}));
    row("stride beyond", view(0, {2}, {4}));
    row("negative size", view(0, {-1}, {1}));
    row("negative stride", view(3, {4}, {-1}));
    row("negative offset", view(-1, {1}, {1}));
    row("sizes that wrap", view(0, {huge, 4}, {0, 0}));
    row("sizes that wrap behind a zero", view(0, {huge, huge, 0}, {0, 0, 0}));
    row("strides that wrap", view(0, {5, 5}, {huge, huge}));
    row("expanded to 2^40 elements", view(0, {std::int64_t{1} << 40}, {0}));
    row("more strides than sizes", view(0, {4}, {4, 1}));
    row("too many dimensions",
        view(0, std::vector<std::int64_t>(17, 1), std::vector<std::int64_t>(17, 1)));
    other.storageElements = 5;
    row("storage larger than its record", other);
    other.storageElements = 3;
    row("storage smaller than its record", other);
    other.storageElements = huge;
    row("storage of 2^64 bytes", other);
    other.storageElements = -4;
    row("storage of negative size", other);
    other = good();
    other.key = "../../0";
    row("storage that is not there", other);
    QTest::newRow("the same name twice") << torchZip(stateDictPickle({good(), good()}), storage);
}

void TestHostileCheckpoints::refusesLyingArchives_data()
{
    QTest::addColumn<std::string>("bytes");
    const auto row = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << bytes;
    };
    const ZipPart pickle{.name = "a/data.pkl", .bytes = stateDictPickle({good()})};
    const ZipPart data{.name = "a/data/0", .bytes = storage[0].bytes};
    ZipPart far = data;
    far.statedOffset = 0xFFFFFFFFFFFFFFF0U;
    ZipPart large = data;
    large.statedBytes = 0xFFFFFFFFFFFFFFF0U;

    row("compressed", lyingZip({.method = 8}));
    row("encrypted", lyingZip({.flags = 1}));
    row("larger than it is", lyingZip({.statedBytes = 20}));
    row("larger than the file", lyingZip({.statedBytes = 1'000'000}));
    row("at another's place", lyingZip({.statedOffset = 0}));
    row("beyond the file", lyingZip({.statedOffset = 1'000'000}));
    row("of two names", lyingZip({.localName = "a/data/1"}));
    row("listed twice", zipOf({pickle, data, data}));
    row("zip64 offset of 2^64", zipOf({pickle, far}, true));
    row("zip64 size of 2^64", zipOf({pickle, large}, true));
    row("without a pickle", zipOf({data}));
    row("empty archive", zipOf({}));
    row("big-endian", torchZip(stateDictPickle({good()}), storage,
                               {{.name = "archive/byteorder", .bytes = "big"}}));
    row("TorchScript", torchZip(stateDictPickle({good()}), storage,
                                {{.name = "archive/code/__torch__.py", .bytes = "x"}}));
    row("TorchScript constants", torchZip(stateDictPickle({good()}), storage,
                                          {{.name = "archive/constants.pkl", .bytes = "x"}}));
}

void TestHostileCheckpoints::refusesBrokenOldFiles_data()
{
    QTest::addColumn<std::string>("bytes");
    const std::string object = stateDictPickle({good()});
    const auto row = [](const char* name, const std::string& bytes) {
        QTest::newRow(name) << bytes;
    };
    const std::string keys = PickleWriter().raw("](").text("0").raw("e").end();
    const std::string count("\4\0\0\0\0\0\0\0", 8);

    row("another pickle", PickleWriter().integer(1).end());
    row("wrong magic number", PickleWriter()
                                  .raw("\x8a\x0a"
                                       "0123456789")
                                  .end());
    row("another version", legacyBeginning(true, 1000) + object + keys + count);
    row("big-endian", legacyBeginning(false) + object + keys + count + storage[0].bytes);
    row("no object", legacyBeginning());
    row("no list of storages", legacyBeginning() + object);
    row("no storages", legacyBeginning() + object + keys);
    row("cut storage", legacyBeginning() + object + keys + count + std::string(15, 'x'));
    row("storage of 2^64 bytes", legacyBeginning() + object + keys + std::string(8, '\xff'));
    row("storage listed twice", torchLegacy(object, {storage[0], storage[0]}));
    row("storage nobody uses", torchLegacy(object, {storage[0], {.key = "7", .bytes = "xxxx"}}));
    row("missing storage", torchLegacy(object, {}));
    row("a number in place of the list",
        legacyBeginning() + object + PickleWriter().integer(1).end());
}

void TestHostileCheckpoints::refusesEveryCutOfAGoodFile_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("zip") << zipWith(good());
    QTest::newRow("old") << torchLegacy(stateDictPickle({good()}), storage);
}

void TestHostileCheckpoints::refusesEveryCutOfAGoodFile()
{
    QFETCH(const std::string, bytes);

    for (std::size_t length = 0; length < bytes.size(); length += 3)
        QVERIFY2(!CheckpointFile::open(write(bytes.substr(0, length))),
                 std::to_string(length).c_str());
    QVERIFY(CheckpointFile::open(write(bytes)));
}

void TestHostileCheckpoints::saysSoWhenTheFileBecomesShorter_data()
{
    QTest::addColumn<std::string>("bytes");
    constexpr std::int64_t count = 60'000;
    TorchTensor tensor{
        .name = "w", .storageElements = count, .sizes = {200, 300}, .strides = {300, 1}};
    const std::vector<TorchStorage> large{{.key = "0", .bytes = std::string(count * 4, 'x')}};
    QTest::newRow("zip") << torchZip(stateDictPickle({tensor}), large);
    QTest::newRow("old") << torchLegacy(stateDictPickle({tensor}), large);
    tensor.strides = {1, 200};
    QTest::newRow("view") << torchZip(stateDictPickle({tensor}), large);
}

void TestHostileCheckpoints::saysSoWhenTheFileBecomesShorter()
{
    QFETCH(const std::string, bytes);
    const auto file = CheckpointFile::open(write(bytes));
    QVERIFY(file);

    std::filesystem::resize_file(path(), 100'000);

    const auto tensor = file->bytes(file->index().tensors.at("w"));
    QVERIFY(!tensor);
    QCOMPARE(tensor.error().code, ErrorCode::ModelDamaged);
    QCOMPARE(tensor.error().path, path());
    const bool hasChecksums = file->format() == CheckpointFormat::TorchZip;
    QCOMPARE(file->verifyChecksums({}, {}).has_value(), !hasChecksums);
}

void TestHostileCheckpoints::runsNothing_data()
{
    QTest::addColumn<QByteArray>("module");
    QTest::addColumn<QByteArray>("name");

    QTest::newRow("system") << QByteArray("os") << QByteArray("system");
    QTest::newRow("posix") << QByteArray("posix") << QByteArray("system");
    QTest::newRow("open") << QByteArray("builtins") << QByteArray("open");
    QTest::newRow("eval") << QByteArray("__builtin__") << QByteArray("eval");
    QTest::newRow("load") << QByteArray("torch") << QByteArray("load");
}

/// A call is neither made nor an error by itself: the weights beside it are read.
void TestHostileCheckpoints::runsNothing()
{
    QFETCH(const QByteArray, module);
    QFETCH(const QByteArray, name);
    const std::string canary = folder_.filePath(QStringLiteral("canary")).toStdString();
    PickleWriter pickle;
    pickle.raw("}(").text("evil").global(module.toStdString(), name.toStdString());
    pickle.text("touch " + canary).raw("\x85R").text("w").tensor(good()).raw("u");

    const auto file = CheckpointFile::open(write(zipOfPickle(pickle)));

    QVERIFY(file);
    QCOMPARE(file->index().tensors.size(), std::size_t{1});
    QVERIFY(!std::filesystem::exists(canary));
    QVERIFY(!std::filesystem::exists("touch " + canary));
}

void TestHostileCheckpoints::refusesWhatIsNoFile_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("code");
    QTest::newRow("pipe") << int{S_IFIFO} << static_cast<int>(ErrorCode::NotARegularFile);
    QTest::newRow("folder") << int{S_IFDIR} << static_cast<int>(ErrorCode::NotARegularFile);
    QTest::newRow("dangling link") << int{S_IFLNK} << static_cast<int>(ErrorCode::ModelMissing);
    QTest::newRow("empty file") << int{S_IFREG} << static_cast<int>(ErrorCode::ModelDamaged);
}

void TestHostileCheckpoints::refusesWhatIsNoFile()
{
    QFETCH(const int, kind);
    QFETCH(const int, code);
    std::filesystem::remove(path());
    if (kind == S_IFIFO)
        QCOMPARE(::mkfifo(path().c_str(), 0600), 0);
    else if (kind == S_IFDIR)
        std::filesystem::create_directory(path());
    else if (kind == S_IFLNK)
        std::filesystem::create_symlink("nowhere", path());
    else
        write({});

    const auto file = CheckpointFile::open(path());

    QVERIFY(!file);
    QCOMPARE(static_cast<int>(file.error().code), code);
    std::filesystem::remove(path());
}

QTEST_APPLESS_MAIN(TestHostileCheckpoints)
#include "tst_hostile_checkpoints.moc"
