// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/checkpoint_file.h"

#include "tests/support/make_checkpoint.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace limpid;
using namespace limpid::checkpoint;
using namespace limpid::tests;

namespace {

std::string numbers(int count)
{
    std::vector<float> values(static_cast<std::size_t>(count));
    std::iota(values.begin(), values.end(), 0.0F);
    return bytesOf(values);
}

std::string asText(std::span<const std::byte> bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

const std::vector<TorchStorage> oneStorage{{.key = "0", .bytes = numbers(12)}};

TorchTensor matrix()
{
    return {.name = "w", .storageElements = 12, .sizes = {3, 4}, .strides = {4, 1}};
}

std::string zipWith(const TorchTensor& tensor)
{
    return torchZip(stateDictPickle({tensor}), oneStorage);
}

/// With a header of so many bytes, filled up with blanks; 0: as few as there must be.
std::string safetensors(std::size_t headerBytes = 0)
{
    std::string header = R"({"w":{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]}})";
    header.resize(std::max(header.size(), headerBytes), ' ');
    std::string length(8, '\0');
    for (std::size_t i = 0; i < length.size(); ++i)
        length[i] = static_cast<char>(header.size() >> (8 * i) & 0xFF);
    return length + header + numbers(12);
}

/// A training checkpoint: the weights among values that only running code could restore.
std::string trainingPickle()
{
    PickleWriter pickle;
    pickle.raw("}(").text("epoch").integer(7).text("big").raw("\x8a\x09").raw("123456789");
    pickle.text("lr").raw("G01234567").text("none").raw("N").text("set");
    pickle.global("__builtin__", "set").raw("](").integer(1).raw("e\x85R");
    pickle.text("bytes").global("_codecs", "encode").text("x").text("latin1").raw("\x86R");
    pickle.global("pl.callbacks", "Checkpoint").raw("}").text("score");
    pickle.tensor(matrix()).raw("s");
    pickle.text("object").global("some.module", "Class").raw(")\x81}").text("a").integer(1);
    pickle.raw("sb").text("state_dict").stateDict({matrix()});
    return pickle.raw("u").end();
}

} // namespace

class TestCheckpointFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheSameTensorFromEveryFormat_data();
    void readsTheSameTensorFromEveryFormat();
    void givesTheElementsOfAView_data();
    void givesTheElementsOfAView();
    void givesTheElementsOfALargeView_data();
    void givesTheElementsOfALargeView();
    void readsAnOldFileWithALongListOfTensors();
    void readsEveryTypeOfElement_data();
    void readsEveryTypeOfElement();
    void sharesAStorageBetweenTensors();
    void noticesAWrongChecksum();
    void countsTheBytesItVerifies();
    void stopsVerifyingWhenCancelled();
    void tellsWhatWasDownloadedInPlaceOfAFile_data();
    void tellsWhatWasDownloadedInPlaceOfAFile();

private:
    std::filesystem::path write(const std::string& bytes)
    {
        QFile file(folder_.filePath(QStringLiteral("model.bin")));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0)
            qFatal("cannot write the test file");
        return file.fileName().toStdString();
    }

    QTemporaryDir folder_;
};

void TestCheckpointFile::readsTheSameTensorFromEveryFormat_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<int>("format");
    const auto zip = static_cast<int>(CheckpointFormat::TorchZip);
    const auto legacy = static_cast<int>(CheckpointFormat::TorchLegacy);
    const auto row = [](const char* name, const std::string& bytes, int format) {
        QTest::newRow(name) << bytes << format;
    };

    const auto safe = static_cast<int>(CheckpointFormat::Safetensors);
    row("safetensors", safetensors(), safe);
    row("a length that looks like a pickle", safetensors(0x80), safe);
    row("a length that looks like a zip", safetensors(0x4B50), safe);
    row("protocol 2", torchZip(stateDictPickle({matrix()}, 2), oneStorage), zip);
    row("protocol 3", torchZip(stateDictPickle({matrix()}, 3), oneStorage), zip);
    row("protocol 4", torchZip(stateDictPickle({matrix()}, 4), oneStorage), zip);
    row("before 1.6", torchLegacy(stateDictPickle({matrix()}), oneStorage), legacy);
    row("among other values", torchZip(trainingPickle(), oneStorage), zip);
    row("among others before 1.6", torchLegacy(trainingPickle(), oneStorage), legacy);
    row("with the records of 2.1",
        torchZip(stateDictPickle({matrix()}), oneStorage,
                 {{.name = "archive/byteorder", .bytes = "little"},
                  {.name = "archive/.data/serialization_id", .bytes = "0123"}}),
        zip);
    row("zip64",
        zipOf({{.name = "a/data.pkl", .bytes = stateDictPickle({matrix()})},
               {.name = "a/data/0", .bytes = numbers(12)}},
              true),
        zip);
}

void TestCheckpointFile::readsTheSameTensorFromEveryFormat()
{
    QFETCH(const std::string, bytes);
    QFETCH(const int, format);

    const auto file = CheckpointFile::open(write(bytes));

    QVERIFY2(file, file ? "" : file.error().detail.c_str());
    QCOMPARE(static_cast<int>(file->format()), format);
    QCOMPARE(file->index().tensors.size(), std::size_t{1});
    const TensorEntry& entry = file->index().tensors.at("w");
    QCOMPARE(entry.shape, (std::vector<std::int64_t>{3, 4}));
    QVERIFY(asText(file->bytes(entry).value()) == numbers(12));
}

void TestCheckpointFile::givesTheElementsOfAView_data()
{
    using Numbers = std::vector<std::int64_t>;
    QTest::addColumn<std::int64_t>("offset");
    QTest::addColumn<Numbers>("sizes");
    QTest::addColumn<Numbers>("strides");
    QTest::addColumn<std::vector<float>>("values");
    const auto row = [](const char* name, std::int64_t offset, const Numbers& sizes,
                        const Numbers& strides, const std::vector<float>& values) {
        QTest::newRow(name) << offset << sizes << strides << values;
    };

    row("rows", 4, {2, 4}, {4, 1}, {4, 5, 6, 7, 8, 9, 10, 11});
    row("transposed", 0, {4, 3}, {1, 4}, {0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11});
    row("every other column", 1, {3, 2}, {4, 2}, {1, 3, 5, 7, 9, 11});
    row("expanded", 0, {2, 3}, {0, 1}, {0, 1, 2, 0, 1, 2});
    row("scalar", 5, {}, {}, {5});
    row("empty", 0, {0, 3}, {3, 1}, {});
    row("empty at the end", 12, {0}, {1}, {});
    row("odd stride of a single row", 0, {1, 4}, {99, 1}, {0, 1, 2, 3});
    row("channels last", 0, {1, 2, 2, 3}, {12, 1, 6, 2}, {0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11});
}

void TestCheckpointFile::givesTheElementsOfAView()
{
    QFETCH(const std::int64_t, offset);
    QFETCH(const std::vector<std::int64_t>, sizes);
    QFETCH(const std::vector<std::int64_t>, strides);
    QFETCH(const std::vector<float>, values);
    TorchTensor tensor = matrix();
    tensor.offset = offset;
    tensor.sizes = sizes;
    tensor.strides = strides;
    tensor.isParameter = true;

    const auto file = CheckpointFile::open(write(zipWith(tensor)));

    QVERIFY2(file, file ? "" : file.error().detail.c_str());
    const auto bytes = file->bytes(file->index().tensors.at("w"));
    QVERIFY(asText(bytes.value()) == bytesOf(values));
}

void TestCheckpointFile::givesTheElementsOfALargeView_data()
{
    QTest::addColumn<std::vector<std::int64_t>>("sizes");
    QTest::addColumn<std::vector<std::int64_t>>("strides");
    const auto row = [](const char* name, const std::vector<std::int64_t>& sizes,
                        const std::vector<std::int64_t>& strides) {
        QTest::newRow(name) << sizes << strides;
    };

    row("transposed", {300, 200}, {1, 300});
    row("every other one", {200, 150}, {300, 2});
    row("a column", {200, 1}, {300, 1});
    row("channels last", {10, 3, 40, 50}, {6000, 1, 150, 3});
    row("one row again and again", {100, 300}, {0, 1});
    row("overlapping", {100, 90, 5}, {7, 300, 3});
}

/// Of more elements than lie in a piece that is read at a time.
void TestCheckpointFile::givesTheElementsOfALargeView()
{
    QFETCH(const std::vector<std::int64_t>, sizes);
    QFETCH(const std::vector<std::int64_t>, strides);
    constexpr int count = 60'000;
    const TorchTensor tensor{
        .name = "w", .storageElements = count, .sizes = sizes, .strides = strides};
    std::vector<float> expected{0.0F}; // grows by one dimension after the other
    for (std::size_t d = 0; d < sizes.size(); ++d) {
        std::vector<float> places;
        for (const float place : expected)
            for (std::int64_t i = 0; i < sizes[d]; ++i)
                places.push_back(place + static_cast<float>(i * strides[d]));
        expected = std::move(places);
    }

    const auto file = CheckpointFile::open(
        write(torchZip(stateDictPickle({tensor}), {{.key = "0", .bytes = numbers(count)}})));

    QVERIFY2(file, file ? "" : file.error().detail.c_str());
    const auto bytes = file->bytes(file->index().tensors.at("w"));
    QVERIFY(asText(bytes.value()) == bytesOf(expected));
}

/// Longer than what is read of the file at first.
void TestCheckpointFile::readsAnOldFileWithALongListOfTensors()
{
    std::vector<TorchTensor> tensors{matrix()};
    for (int i = 0; i < 2; ++i) {
        tensors.push_back(matrix());
        tensors.back().name = std::string(3'000'000, static_cast<char>('x' + i));
    }

    const auto file =
        CheckpointFile::open(write(torchLegacy(stateDictPickle(tensors), oneStorage)));

    QVERIFY2(file, file ? "" : file.error().detail.c_str());
    QCOMPARE(file->index().tensors.size(), std::size_t{3});
    QVERIFY(asText(file->bytes(file->index().tensors.at("w")).value()) == numbers(12));
}

void TestCheckpointFile::readsEveryTypeOfElement_data()
{
    QTest::addColumn<std::string>("storage");
    QTest::addColumn<int>("dtype");
    const auto row = [](const char* storage, DType dtype) {
        QTest::newRow(storage) << std::string(storage) << static_cast<int>(dtype);
    };

    row("DoubleStorage", DType::F64);
    row("FloatStorage", DType::F32);
    row("HalfStorage", DType::F16);
    row("BFloat16Storage", DType::BF16);
    row("LongStorage", DType::I64);
    row("IntStorage", DType::I32);
    row("ShortStorage", DType::I16);
    row("CharStorage", DType::I8);
    row("ByteStorage", DType::U8);
    row("BoolStorage", DType::Bool);
}

void TestCheckpointFile::readsEveryTypeOfElement()
{
    QFETCH(const std::string, storage);
    QFETCH(const int, dtype);
    const std::size_t width = elementSize(static_cast<DType>(dtype));
    const TorchTensor tensor{
        .name = "w", .storageClass = storage, .storageElements = 3, .sizes = {3}, .strides = {1}};
    const TorchStorage content{
        .key = "0", .bytes = std::string(3 * width, 'x'), .elementBytes = width};

    for (const auto& bytes : {torchZip(stateDictPickle({tensor}), {content}),
                              torchLegacy(stateDictPickle({tensor}), {content})}) {
        const auto file = CheckpointFile::open(write(bytes));
        QVERIFY2(file, file ? "" : file.error().detail.c_str());
        QCOMPARE(static_cast<int>(file->index().tensors.at("w").dtype), dtype);
        QCOMPARE(file->index().tensors.at("w").bytes, 3 * width);
    }
}

void TestCheckpointFile::sharesAStorageBetweenTensors()
{
    TorchTensor second = matrix();
    second.name = "second";
    second.offset = 8;
    second.sizes = {4};
    second.strides = {1};

    const auto file =
        CheckpointFile::open(write(torchZip(stateDictPickle({matrix(), second}), oneStorage)));

    QVERIFY(file);
    const auto& tensors = file->index().tensors;
    QCOMPARE(tensors.at("second").offset, tensors.at("w").offset + 8 * sizeof(float));
}

void TestCheckpointFile::noticesAWrongChecksum()
{
    std::string bytes = zipWith(matrix());
    const auto place = bytes.find(numbers(12));
    bytes[place + 4] ^= 1;

    const auto file = CheckpointFile::open(write(bytes));

    QVERIFY(file);
    const auto verified = file->verifyChecksums({}, {});
    QVERIFY(!verified);
    QCOMPARE(verified.error().code, ErrorCode::ModelDamaged);
    QVERIFY(verified.error().detail.find("archive/data/0") != std::string::npos);
}

void TestCheckpointFile::countsTheBytesItVerifies()
{
    const auto file = CheckpointFile::open(write(zipWith(matrix())));
    QVERIFY(file);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> reports;

    const auto verified = file->verifyChecksums(
        {}, [&](std::uint64_t done, std::uint64_t total) { reports.emplace_back(done, total); });

    QVERIFY(verified);
    QVERIFY(reports.size() >= 2);
    QCOMPARE(reports.back().first, reports.back().second);
    QVERIFY(reports.front().first < reports.back().first);
}

void TestCheckpointFile::stopsVerifyingWhenCancelled()
{
    const auto file = CheckpointFile::open(write(zipWith(matrix())));
    QVERIFY(file);
    const CancelSource source;
    source.requestCancel();

    QVERIFY_EXCEPTION_THROWN(static_cast<void>(file->verifyChecksums(source.token(), {})),
                             Cancelled);
}

void TestCheckpointFile::tellsWhatWasDownloadedInPlaceOfAFile_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("words");

    QTest::newRow("pointer") << std::string("version https://git-lfs.github.com/spec/v1\n")
                             << std::string("Git LFS");
    QTest::newRow("page") << std::string("<!DOCTYPE html><html></html>") << std::string("web page");
    QTest::newRow("picture") << std::string("\x89PNG\r\n\x1a\n0000") << std::string("neither");
}

void TestCheckpointFile::tellsWhatWasDownloadedInPlaceOfAFile()
{
    QFETCH(const std::string, bytes);
    QFETCH(const std::string, words);

    const auto file = CheckpointFile::open(write(bytes));

    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::UnsupportedFormat);
    QVERIFY(file.error().detail.find(words) != std::string::npos);
}

QTEST_APPLESS_MAIN(TestCheckpointFile)
#include "tst_checkpoint_file.moc"
