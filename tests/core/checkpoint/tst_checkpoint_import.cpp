// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/checkpoint_import.h"
#include "core/checkpoint/element_conversion.h"
#include "core/checkpoint/safetensors.h"
#include "tests/support/make_checkpoint.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <limits>

using namespace limpid;
using namespace limpid::checkpoint;
namespace fs = std::filesystem;

namespace {

const std::vector<float> ordinary{0.5F, -1.25F, 3.0e-5F, 1000.0F};

std::string textOf(const fs::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Lets no file grow beyond some bytes, as a full disk would.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~SmallDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

} // namespace

class TestCheckpointImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void convertsAndListsAModel_data();
    void convertsAndListsAModel();
    void keepsTheSourceAndOtherModels();
    void saysThatAModelIsThereAlready();
    void importsAgainWhatWasDamaged_data();
    void importsAgainWhatWasDamaged();
    void writesNothingWhenOnlyChecking();
    void leavesNothingWhenCancelled_data();
    void leavesNothingWhenCancelled();
    void convertsATensorOfManyPieces();
    void leavesNothingWhenTheSourceBecomesShorter_data();
    void leavesNothingWhenTheSourceBecomesShorter();
    void leavesNothingOnAFullDisk_data();
    void leavesNothingOnAFullDisk();
    void leavesNothingWhenTheCatalogIsDamaged();
    void refusesUnusableNumbers_data();
    void refusesUnusableNumbers();
    void refusesOtherFiles();
    void neverReplacesTheSource();
    void forecastsTheMemoryOfTheWeights();

private:
    fs::path source() const { return root() / "source.safetensors"; }
    fs::path models() const { return root() / "data" / "models"; }
    fs::path root() const { return folder_->path().toStdString(); }
    void makeSource(const std::vector<float>& values) const
    {
        const TensorBytes tensor{.shape = {static_cast<std::int64_t>(values.size())},
                                 .bytes = std::as_bytes(std::span(values))};
        QVERIFY(writeSafetensors(source(), {{"layer.weight", tensor}}, {{"architecture", "msg"}}));
    }
    Result<ImportReport> import(ImportPrecision precision = ImportPrecision::Keep) const
    {
        return importCheckpoint(source(), {.folder = models(), .precision = precision});
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

void TestCheckpointImport::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    makeSource(ordinary);
}

void TestCheckpointImport::convertsAndListsAModel_data()
{
    QTest::addColumn<int>("precision");
    QTest::addColumn<int>("dtype");
    QTest::addColumn<std::string>("name");
    const auto row = [](const char* name, ImportPrecision precision, DType dtype) {
        QTest::newRow(name) << static_cast<int>(precision) << static_cast<int>(dtype)
                            << std::string(name);
    };
    row("fp32", ImportPrecision::Keep, DType::F32);
    row("fp16", ImportPrecision::Fp16, DType::F16);
    row("bf16", ImportPrecision::Bf16, DType::BF16);
}

void TestCheckpointImport::convertsAndListsAModel()
{
    QFETCH(const int, precision);
    QFETCH(const int, dtype);
    QFETCH(const std::string, name);

    const auto report = import(static_cast<ImportPrecision>(precision));

    QVERIFY2(report, report ? "" : report.error().detail.c_str());
    QCOMPARE(report->precision, std::string("fp32"));
    QCOMPARE(report->sourceSha256, *sha256OfFile(source()));
    const auto catalog = Catalog::read(models());
    QVERIFY(catalog);
    const auto entry = catalog->defaultFor("msg");
    QVERIFY(entry);
    QCOMPARE(entry->precision, name);
    QCOMPARE(entry->parameters, std::uint64_t{4});
    QCOMPARE(entry->importedFrom, std::string("source.safetensors"));
    QCOMPARE(catalog->state(*entry), ModelState::Installed);
    const auto file = CheckpointFile::open(catalog->pathOf(*entry));
    QVERIFY(file);
    QCOMPARE(file->index().metadata.at("architecture"), std::string("msg"));
    const auto& tensor = file->index().tensors.at("layer.weight");
    QCOMPARE(static_cast<int>(tensor.dtype), dtype);
    std::vector<std::byte> expected;
    convertElements(std::as_bytes(std::span(ordinary)), DType::F32, tensor.dtype, expected);
    QVERIFY(file->bytes(tensor).value() == expected);
}

/// More than is read at a time, and no multiple of it.
void TestCheckpointImport::convertsATensorOfManyPieces()
{
    std::vector<float> values(2'345'678);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i % 2047) - 1000.0F;
    makeSource(values);

    QVERIFY(import(ImportPrecision::Fp16));

    const auto catalog = Catalog::read(models());
    const auto file = CheckpointFile::open(catalog->pathOf(*catalog->defaultFor("msg")));
    std::vector<std::byte> expected;
    convertElements(std::as_bytes(std::span(values)), DType::F32, DType::F16, expected);
    QVERIFY(file->bytes(file->index().tensors.at("layer.weight")).value() == expected);
}

void TestCheckpointImport::leavesNothingWhenTheSourceBecomesShorter_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<int>("precision");
    QTest::newRow("in the sum") << static_cast<int>(ImportStage::Hashing)
                                << static_cast<int>(ImportPrecision::Keep);
    QTest::newRow("as it is") << static_cast<int>(ImportStage::Writing)
                              << static_cast<int>(ImportPrecision::Keep);
    QTest::newRow("converted") << static_cast<int>(ImportStage::Writing)
                               << static_cast<int>(ImportPrecision::Bf16);
}

void TestCheckpointImport::leavesNothingWhenTheSourceBecomesShorter()
{
    QFETCH(const int, stage);
    QFETCH(const int, precision);
    makeSource(std::vector<float>(2'345'678, 1.0F));
    const auto cut = [&](const ImportProgress& progress) {
        if (progress.stage == static_cast<ImportStage>(stage))
            fs::resize_file(source(), 4096);
    };

    const auto report =
        importCheckpoint(source(), {.folder = models(),
                                    .precision = static_cast<ImportPrecision>(precision),
                                    .progress = cut});

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::ModelDamaged);
    QCOMPARE(report.error().path, source());
    QVERIFY(!fs::exists(models()));
}

void TestCheckpointImport::keepsTheSourceAndOtherModels()
{
    fs::create_directories(models());
    std::ofstream(models() / "catalog.json")
        << R"({"schema":1,"made_by":"hand","models":[{"id":"other","method":"msg","file":"o",)"
        << R"("bytes":3,"sha256":")" << std::string(64, 'a') << R"(","note":"kept"}]})";
    const std::string before = textOf(source());

    QVERIFY(import());

    QCOMPARE(textOf(source()), before);
    const std::string catalog = textOf(models() / "catalog.json");
    QVERIFY(catalog.find("made_by") != std::string::npos);
    QVERIFY(catalog.find("kept") != std::string::npos);
    QCOMPARE(Catalog::read(models())->entries().size(), std::size_t{2});
}

void TestCheckpointImport::saysThatAModelIsThereAlready()
{
    const auto first = import();
    QVERIFY(first && !first->wasThere);
    const auto written = fs::last_write_time(models() / first->entry->file);

    const auto second = import();

    QVERIFY(second && second->wasThere);
    QCOMPARE(second->entry->id, first->entry->id);
    QVERIFY(fs::last_write_time(models() / first->entry->file) == written);
    QCOMPARE(Catalog::read(models())->entries().size(), std::size_t{1});
}

void TestCheckpointImport::importsAgainWhatWasDamaged_data()
{
    QTest::addColumn<bool>("cut");
    QTest::newRow("cut short") << true;
    QTest::newRow("one byte changed") << false;
}

void TestCheckpointImport::importsAgainWhatWasDamaged()
{
    QFETCH(const bool, cut);
    const auto first = import();
    QVERIFY(first);
    const auto file = models() / first->entry->file;
    if (cut)
        fs::resize_file(file, 5);
    else
        std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(-1, std::ios::end)
            << '!';

    const auto second = import();

    QVERIFY(second && !second->wasThere);
    const auto catalog = Catalog::read(models());
    QCOMPARE(catalog->state(catalog->entries().front()), ModelState::Installed);
}

void TestCheckpointImport::writesNothingWhenOnlyChecking()
{
    const auto report = importCheckpoint(source(), {.folder = models(), .checkOnly = true});

    QVERIFY(report && !report->entry);
    QCOMPARE(report->tensors, std::size_t{1});
    QVERIFY(!fs::exists(root() / "data"));
}

void TestCheckpointImport::leavesNothingWhenCancelled_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("while hashing") << static_cast<int>(ImportStage::Hashing);
    QTest::newRow("while writing") << static_cast<int>(ImportStage::Writing);
}

void TestCheckpointImport::leavesNothingWhenCancelled()
{
    QFETCH(const int, stage);
    const CancelSource cancel;
    const ImportOptions options{.folder = models(),
                                .token = cancel.token(),
                                .progress = [&](const ImportProgress& progress) {
                                    if (static_cast<int>(progress.stage) == stage)
                                        cancel.requestCancel();
                                }};

    QVERIFY_EXCEPTION_THROWN(static_cast<void>(importCheckpoint(source(), options)), Cancelled);

    QVERIFY(!fs::exists(root() / "data"));
}

void TestCheckpointImport::leavesNothingOnAFullDisk_data()
{
    QTest::addColumn<int>("room");
    QTest::newRow("for nothing") << 0;
    QTest::newRow("for a part of the header") << 20;
    QTest::newRow("for less than the tensors") << 250;
    QTest::newRow("for the weights, not the catalog") << 400;
}

void TestCheckpointImport::leavesNothingOnAFullDisk()
{
    QFETCH(const int, room);
    const auto report = [&] {
        const SmallDisk disk(static_cast<rlim_t>(room));
        return import();
    }();

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::DiskFull);
    QVERIFY(!fs::exists(root() / "data"));
}

void TestCheckpointImport::leavesNothingWhenTheCatalogIsDamaged()
{
    fs::create_directories(models());
    std::ofstream(models() / "catalog.json") << "{";

    const auto report = import();

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::ModelDamaged);
    QCOMPARE(std::distance(fs::directory_iterator(models()), {}), std::ptrdiff_t{1});
}

void TestCheckpointImport::refusesUnusableNumbers_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<int>("precision");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, float value, ImportPrecision precision, ErrorCode code,
                        const char* words) {
        QTest::newRow(name) << value << static_cast<int>(precision) << static_cast<int>(code)
                            << QByteArray(words);
    };
    const float nan = std::numeric_limits<float>::quiet_NaN();
    row("NaN kept", nan, ImportPrecision::Keep, ErrorCode::ModelDamaged, "no numbers");
    row("NaN to half", nan, ImportPrecision::Fp16, ErrorCode::ModelDamaged, "no numbers");
    row("too large for half", 1e5F, ImportPrecision::Fp16, ErrorCode::ModelMismatch, "bf16");
}

void TestCheckpointImport::refusesUnusableNumbers()
{
    QFETCH(const float, value);
    QFETCH(const int, precision);
    QFETCH(const int, code);
    QFETCH(const QByteArray, words);
    makeSource({1.0F, value});

    const auto checked =
        importCheckpoint(source(), {.folder = models(),
                                    .precision = static_cast<ImportPrecision>(precision),
                                    .checkOnly = true});
    const auto report = import(static_cast<ImportPrecision>(precision));

    QVERIFY(!report && !checked);
    QCOMPARE(checked.error().code, report.error().code);
    QCOMPARE(static_cast<int>(report.error().code), code);
    QVERIFY(report.error().detail.find(words.toStdString()) != std::string::npos);
    QVERIFY(report.error().detail.find("layer.weight") != std::string::npos);
    QVERIFY(!fs::exists(root() / "data"));
}

void TestCheckpointImport::refusesOtherFiles()
{
    const tests::TorchTensor tensor{
        .name = "generator.weight", .storageElements = 1, .sizes = {1}, .strides = {1}};
    std::ofstream(source(), std::ios::binary)
        << tests::torchZip(tests::stateDictPickle({tensor}), {{.key = "0", .bytes = "0000"}});

    const auto report = import();

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::ModelMismatch);
    QCOMPARE(report.error().path, source());
    QVERIFY(!fs::exists(root() / "data"));
}

void TestCheckpointImport::neverReplacesTheSource()
{
    const auto first = import();
    QVERIFY(first);
    fs::remove(models() / "catalog.json");
    fs::remove(models() / first->entry->file);
    fs::rename(source(), models() / first->entry->file);
    const std::string before = textOf(models() / first->entry->file);

    const auto second = importCheckpoint(models() / first->entry->file, {.folder = models()});

    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::WouldOverwriteSource);
    QCOMPARE(textOf(models() / first->entry->file), before);
}

void TestCheckpointImport::forecastsTheMemoryOfTheWeights()
{
    QCOMPARE(weightMemory(1000, "fp16"), std::uint64_t{2000});
    QCOMPARE(weightMemory(1000, "bf16"), std::uint64_t{2000});
    QCOMPARE(weightMemory(1000, "fp32"), std::uint64_t{4000});
}

QTEST_APPLESS_MAIN(TestCheckpointImport)
#include "tst_checkpoint_import.moc"
