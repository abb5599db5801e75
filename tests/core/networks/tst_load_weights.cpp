// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/load_weights.h"
#include "core/networks/msg_model.h"
#include "core/nn/linear.h"

#include <QTemporaryDir>
#include <QTest>
#include <torch/nn/modules/linear.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

using namespace limpid;
using checkpoint::DType;
using checkpoint::SafetensorsFile;
using networks::loadWeights;
using networks::saveWeights;

namespace {

/// A module with a parameter in a submodule and two buffers, one of them of integers.
class SampleImpl : public torch::nn::Module {
public:
    explicit SampleImpl(std::int64_t channels)
        : inner(register_module("inner", torch::nn::Linear(channels, 2))),
          mean(register_buffer("mean", torch::rand({3}))),
          count(register_buffer("count", torch::randint(0, 9, {2}, torch::kInt64)))
    {}
    torch::nn::Linear inner;
    torch::Tensor mean;
    torch::Tensor count;
};
TORCH_MODULE(Sample);

networks::IcdpmUnetConfig tinyConfig()
{
    return {.channels = {8, 8}, .embedding = 16, .guidanceChannels = 4, .guidanceScales = {2, 4}};
}

} // namespace

class TestLoadWeights : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QVERIFY(folder_.isValid());
        path_ = folder_.filePath(QStringLiteral("weights.safetensors")).toStdString();
        std::filesystem::remove(path_);
        torch::manual_seed(1);
    }

    void restoresEveryTensor_data();
    void restoresEveryTensor();
    void namesWhatDoesNotFitAndChangesNothing();
    void writesOnlyFiniteNumbers_data();
    void writesOnlyFiniteNumbers();
    void loadsWhatFitsWhenNotStrict();
    void stopsWhenCancelled();
    void saysSoWhenTheFileBecomesShorter_data();
    void saysSoWhenTheFileBecomesShorter();
    void carriesTheConfigurationOfANetwork();
    void fillsAPartFromTheFileOfTheWhole();
    void reportsProgressInBytes();
    void judgesOnlyNamesInsideThePrefix();
    void allocatesNothingForAFileThatDoesNotFit();

private:
    SafetensorsFile opened() const
    {
        auto file = SafetensorsFile::open(path_);
        if (!file)
            qFatal("%s", file.error().detail.c_str());
        return *file;
    }

    QTemporaryDir folder_;
    std::filesystem::path path_;
};

void TestLoadWeights::restoresEveryTensor_data()
{
    QTest::addColumn<DType>("dtype");
    QTest::addColumn<double>("tolerance");

    QTest::newRow("fp32") << DType::F32 << 0.0;
    QTest::newRow("fp16") << DType::F16 << 1e-3;
    QTest::newRow("bf16") << DType::BF16 << 8e-3;
    QTest::newRow("fp64") << DType::F64 << 0.0;
}

void TestLoadWeights::restoresEveryTensor()
{
    QFETCH(const DType, dtype);
    QFETCH(const double, tolerance);
    const Sample saved(5);
    Sample loaded(5);
    QVERIFY(saveWeights(*saved, path_, dtype, {}));

    const auto report = loadWeights(*loaded, opened(), {});

    QVERIFY(report && report->isExact());
    QCOMPARE(loaded->inner->weight.scalar_type(), torch::kFloat32);
    QVERIFY(torch::allclose(loaded->inner->weight, saved->inner->weight, 0, tolerance));
    QVERIFY(torch::allclose(loaded->mean, saved->mean, 0, tolerance));
    QVERIFY(torch::equal(loaded->count, saved->count));
}

void TestLoadWeights::namesWhatDoesNotFitAndChangesNothing()
{
    auto saved = Sample(5);
    saved->register_buffer("stranger", torch::zeros({1}));
    QVERIFY(saveWeights(*saved, path_, DType::F32, {}));
    auto other = Sample(4);
    other->register_buffer("lacking", torch::zeros({1}));
    const auto before = other->mean.clone();

    const auto report = loadWeights(*other, opened(), {});

    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::ModelMismatch);
    for (const char* name : {"lacking", "stranger", "inner.weight: want [2, 4], got [2, 5]"})
        QVERIFY2(report.error().detail.find(name) != std::string::npos, name);
    QVERIFY(torch::equal(other->mean, before));
}

void TestLoadWeights::writesOnlyFiniteNumbers_data()
{
    QTest::addColumn<double>("weight");
    QTest::addColumn<DType>("dtype");
    QTest::addColumn<bool>("written");

    QTest::newRow("not a number") << std::nan("") << DType::F32 << false;
    QTest::newRow("infinite") << -std::numeric_limits<double>::infinity() << DType::F32 << false;
    QTest::newRow("too large for fp16") << 1e5 << DType::F16 << false;
    QTest::newRow("large") << 1e5 << DType::F32 << true;
}

void TestLoadWeights::writesOnlyFiniteNumbers()
{
    QFETCH(const double, weight);
    QFETCH(const DType, dtype);
    QFETCH(const bool, written);
    Sample sample(5);
    {
        const torch::NoGradGuard noGrad;
        sample->inner->weight[1][2] = weight;
    }

    const auto saved = saveWeights(*sample, path_, dtype, {});

    QCOMPARE(saved.has_value(), written);
    QCOMPARE(std::filesystem::exists(path_), written);
    if (!written)
        QVERIFY(saved.error().detail.find("inner.weight") != std::string::npos);
}

void TestLoadWeights::loadsWhatFitsWhenNotStrict()
{
    const Sample saved(5);
    QVERIFY(saveWeights(*saved, path_, DType::F32, {}));
    auto other = Sample(4);

    const auto report = loadWeights(*other, opened(), {}, {.strict = false});

    QVERIFY(report);
    QCOMPARE(report->misshaped.size(), std::size_t{1});
    QVERIFY(torch::equal(other->mean, saved->mean));
}

void TestLoadWeights::stopsWhenCancelled()
{
    Sample sample(5);
    QVERIFY(saveWeights(*sample, path_, DType::F32, {}));
    const CancelSource source;
    source.requestCancel();

    QVERIFY_EXCEPTION_THROWN((void)loadWeights(*sample, opened(), source.token()), Cancelled);
}

void TestLoadWeights::saysSoWhenTheFileBecomesShorter_data()
{
    QTest::addColumn<DType>("dtype");
    QTest::newRow("in place") << DType::F32;
    QTest::newRow("converted") << DType::F16;
}

void TestLoadWeights::saysSoWhenTheFileBecomesShorter()
{
    QFETCH(const DType, dtype);
    Sample sample(100'000);
    QVERIFY(saveWeights(*sample, path_, dtype, {}));
    const auto file = opened();

    std::filesystem::resize_file(path_, 8192);

    const auto report = loadWeights(*sample, file, {});
    QVERIFY(!report);
    QCOMPARE(report.error().code, ErrorCode::ModelDamaged);
    QCOMPARE(report.error().path, path_);
}

void TestLoadWeights::carriesTheConfigurationOfANetwork()
{
    networks::MsgModel saved(tinyConfig());
    QVERIFY(saveWeights(*saved, path_, DType::F16, networks::toMetadata(tinyConfig())));
    const auto file = opened();

    const auto config = networks::configFromMetadata(file.index().metadata);
    QVERIFY(config);
    networks::MsgModel loaded(*config);

    QVERIFY(loadWeights(*loaded, file, {}));
}

void TestLoadWeights::fillsAPartFromTheFileOfTheWhole()
{
    const Sample saved(5);
    QVERIFY(saveWeights(*saved, path_, DType::F32, {}));

    const auto part = networks::loadNetwork<nn::Linear>(opened(), torch::dtype(torch::kBFloat16),
                                                        {}, {.prefix = "inner."}, 5, 2);

    QVERIFY2(part.has_value(), part ? "" : part.error().detail.c_str());
    QCOMPARE((*part)->weight.scalar_type(), torch::kBFloat16);
    QVERIFY(torch::equal((*part)->weight, saved->inner->weight.to(torch::kBFloat16)));
}

void TestLoadWeights::reportsProgressInBytes()
{
    Sample sample(5);
    QVERIFY(saveWeights(*sample, path_, DType::F32, {}));
    std::vector<std::uint64_t> done;
    std::uint64_t last = 0;
    const auto note = [&](std::uint64_t bytes, std::uint64_t total) {
        done.push_back(bytes);
        last = total;
    };

    QVERIFY(loadWeights(*sample, opened(), {}, {.progress = note}));

    QCOMPARE(done.size(), std::size_t{4});
    QVERIFY(std::is_sorted(done.begin(), done.end()));
    QCOMPARE(done.back(), std::uint64_t{(10 + 2 + 3) * 4 + 2 * 8});
    QCOMPARE(last, done.back());
}

void TestLoadWeights::judgesOnlyNamesInsideThePrefix()
{
    auto saved = Sample(5);
    saved->inner->register_buffer("stranger", torch::zeros({1}));
    QVERIFY(saveWeights(*saved, path_, DType::F32, {}));
    nn::Linear part(5, 3);

    const auto report = loadWeights(*part, opened(), {}, {.strict = false, .prefix = "inner."});

    QVERIFY(report);
    QCOMPARE(report->unexpected, std::vector<std::string>{"inner.stranger"});
    QCOMPARE(report->misshaped.size(), std::size_t{2});
    QVERIFY(report->missing.empty());
}

void TestLoadWeights::allocatesNothingForAFileThatDoesNotFit()
{
    const Sample saved(5);
    QVERIFY(saveWeights(*saved, path_, DType::F32, {}));
    constexpr std::int64_t absurd = 1LL << 28; // would need 2^58 bytes

    const auto part = networks::loadNetwork<nn::Linear>(opened(), torch::dtype(torch::kFloat32), {},
                                                        {.prefix = "inner."}, absurd, absurd);

    QVERIFY(!part);
    QCOMPARE(part.error().code, ErrorCode::ModelMismatch);
}

QTEST_APPLESS_MAIN(TestLoadWeights)
#include "tst_load_weights.moc"
