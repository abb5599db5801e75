// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preview_mailbox.h"
#include "core/methods/deblurdiff.h"
#include "core/methods/tensor_image.h"
#include "core/networks/deblurdiff_metadata.h"
#include "core/networks/gate_file.h"
#include "core/networks/initialize_for_training.h"
#include "tests/core/methods/work_shares.h"
#include "tests/support/make_gate.h"
#include "tests/support/recording_sink.h"
#include "tests/support/smooth_picture.h"
#include "tests/support/tiny_compact.h"
#include "tests/support/tiny_deblurdiff.h"

#include <QTemporaryDir>
#include <QTest>
#include <torch/utils.h>

#include <map>

using namespace limpid;
using engine::FrameKind;
using methods::DeblurDiff;
using methods::RestorationJob;
using tests::largestDifference;
using tests::photoLike;

namespace {

using Method = std::unique_ptr<methods::RestorationMethod>;
constexpr float oneLevel = 1.0F / 255.0F;

RestorationJob jobFor(const image::Image& image, int steps,
                      const std::map<std::string, double>& parameters = {})
{
    return {.image = image,
            .region = {},
            .steps = steps,
            .seed = 5,
            .parameters =
                methods::completeParameters(DeblurDiff::spec(), steps, parameters).value()};
}

Method loaded(const std::filesystem::path& path)
{
    return DeblurDiff::load(checkpoint::SafetensorsFile::open(path).value(), {}).value();
}

/// With weights as training begins with them.
Method untrained(const std::filesystem::path& path)
{
    torch::manual_seed(1);
    networks::DeblurDiffModel model(tests::tinyCompact());
    networks::initializeForTraining(model);
    const auto saved = networks::saveWeights(*model, path, checkpoint::DType::F32,
                                             networks::toMetadata(tests::tinyCompact()));
    return saved ? loaded(path) : throw std::runtime_error("not saved");
}

/// Takes every frame as soon as it is there.
struct Session {
    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    CancelSource source;
    engine::JobContext context{engine::JobId{1}, source.token(), sink, mailbox};
};

} // namespace

class TestCompactDeblurDiff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void leavesEveryPictureSharpUntilTrained_data() { addStepRows(); }
    void leavesEveryPictureSharpUntilTrained();
    void changesThePictureWhenTrained();
    void oneStepIsTheSameForEverySeed();
    void severalStepsFollowTheSeed();
    void tiledEqualsUntiled_data() { addStepRows(); }
    void tiledEqualsUntiled();
    void aRegionEqualsTheWholePictureInside_data() { addStepRows(); }
    void aRegionEqualsTheWholePictureInside();
    void theLastStepDecodesToTheResult_data();
    void theLastStepDecodesToTheResult();
    void theKernelPaneEndsWithItsDecodedLatent();
    void stopsWhileDecodingTheKernelLatent();
    void ignoresWhatOnlyThePublishedFormHas_data();
    void ignoresWhatOnlyThePublishedFormHas();
    void neverAsksForAPrompt();
    void refusesToRunAsPublished();
    void obeysTheGateOfItsFile();
    void tellsHowMuchIsDone();
    void regressesAsOneStepDoes();

private:
    static void addStepRows()
    {
        QTest::addColumn<int>("steps");
        QTest::newRow("one step") << 1;
        QTest::newRow("three steps") << 3;
    }

    std::filesystem::path inFolder(const char* name) const
    {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

    region::Patch restored(const RestorationJob& job, const methods::RunSettings& settings = {})
    {
        Session session;
        return method_->restore(job, session.context, settings);
    }

    QTemporaryDir folder_;
    Method method_; ///< With random weights.
};

void TestCompactDeblurDiff::initTestCase()
{
    tests::installDeblurDiff(tests::tinyCompact(), folder_.path().toStdString());
    method_ = loaded(inFolder("deblurdiff.safetensors"));
}

void TestCompactDeblurDiff::leavesEveryPictureSharpUntilTrained()
{
    QFETCH(const int, steps);
    const auto method = untrained(inFolder("untrained"));
    const auto picture = photoLike({101, 70});
    Session session;

    const auto patch = method->restore(jobFor(picture, steps), session.context, {});

    QCOMPARE(largestDifference(patch.pixels, picture), 0.0F);
}

void TestCompactDeblurDiff::changesThePictureWhenTrained()
{
    const auto picture = photoLike({96, 64});

    QVERIFY(largestDifference(restored(jobFor(picture, 1)).pixels, picture) > 3 * oneLevel);
}

void TestCompactDeblurDiff::oneStepIsTheSameForEverySeed()
{
    auto job = jobFor(photoLike({96, 64}), 1);
    const auto first = restored(job).pixels;

    job.seed = 6;

    QCOMPARE(largestDifference(restored(job).pixels, first), 0.0F);
}

void TestCompactDeblurDiff::severalStepsFollowTheSeed()
{
    auto job = jobFor(photoLike({96, 64}), 3);
    const auto first = restored(job).pixels;
    QCOMPARE(largestDifference(restored(job).pixels, first), 0.0F);

    job.seed = 6;

    QVERIFY(largestDifference(restored(job).pixels, first) > 0.0F);
}

void TestCompactDeblurDiff::tiledEqualsUntiled()
{
    QFETCH(const int, steps);
    const auto job = jobFor(photoLike({430, 300}), steps);

    const auto whole = restored(job);
    const auto tiled = restored(job, {.tilePixels = 256});

    const float difference = largestDifference(whole.pixels, tiled.pixels);
    QVERIFY2(difference <= oneLevel, qPrintable(QString::number(difference * 255)));
}

void TestCompactDeblurDiff::aRegionEqualsTheWholePictureInside()
{
    QFETCH(const int, steps);
    auto job = jobFor(photoLike({602, 499}), steps);
    const auto whole = restored(job);
    job.region = region::Region{.rect = {171, 137, 240, 230}, .featherPixels = 9};

    const auto part = restored(job);

    QCOMPARE(part.area, region::reach(*job.region, job.image.size()));
    const float difference = largestDifference(part.pixels, whole.pixels.cropped(part.area));
    QVERIFY2(difference <= 0.1F * oneLevel, qPrintable(QString::number(difference * 255)));
}

void TestCompactDeblurDiff::theLastStepDecodesToTheResult_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<double>("result");
    QTest::newRow("one step") << 1 << 0.0;
    QTest::newRow("three steps") << 3 << 0.0;
    QTest::newRow("kernel latent") << 2 << 1.0;
}

void TestCompactDeblurDiff::theLastStepDecodesToTheResult()
{
    QFETCH(const int, steps);
    QFETCH(const double, result);
    methods::StepDecoder decode;
    torch::Tensor last;

    const auto patch =
        restored(jobFor(photoLike({64, 48}), steps, {{"result", result}}),
                 {.recordStep = [&](int, const torch::Tensor& latent) { last = latent; },
                  .decodeStepsWith =
                      [&](methods::StepDecoder decoder) {
                          decode = decoder;
                      }});

    QVERIFY(largestDifference(methods::toImage(decode(last, {})), patch.pixels) < 1e-6F);
}

void TestCompactDeblurDiff::theKernelPaneEndsWithItsDecodedLatent()
{
    const auto picture = photoLike({64, 48});
    Session session;
    const auto makeRoom = [&](int, const torch::Tensor&) {
        session.mailbox.take(FrameKind::Kernel);
    };
    method_->restore(jobFor(picture, 2), session.context, {.recordStep = makeRoom});
    const auto kernels = restored(
        jobFor(picture, 2, {{"result", 1.0}, {"low_frequencies", 0.0}, {"protect_sharp", 0.0}}));

    const auto frame = session.mailbox.take(FrameKind::Kernel);

    QVERIFY(frame);
    QCOMPARE(frame->size, (Size{64, 48}));
    const auto expected = methods::toFrame(methods::toTensor(kernels.pixels, {0, 0, 64, 48}),
                                           {0, 0, 64, 48}, FrameKind::Kernel, 2);
    for (std::size_t i = 0; i < frame->rgb.size(); ++i)
        QVERIFY(std::abs(int(frame->rgb[i]) - int(expected.rgb[i])) <= 1);
}

void TestCompactDeblurDiff::stopsWhileDecodingTheKernelLatent()
{
    Session session;
    const auto cancel = [&](int, const torch::Tensor&) {
        session.source.requestCancel();
    };

    QVERIFY_THROWS_EXCEPTION(Cancelled, method_->restore(jobFor(photoLike({64, 48}), 1),
                                                         session.context, {.recordStep = cancel}));

    QCOMPARE(session.sink.count<engine::StepDone>(), 0);
}

void TestCompactDeblurDiff::ignoresWhatOnlyThePublishedFormHas_data()
{
    QTest::addColumn<QByteArray>("parameter");
    QTest::addColumn<double>("value");
    QTest::newRow("where the path begins") << QByteArray("start") << 0.3;
    QTest::newRow("sampler") << QByteArray("sampler") << 2.0;
    QTest::newRow("text guidance") << QByteArray("text_guidance") << 5.0;
}

void TestCompactDeblurDiff::ignoresWhatOnlyThePublishedFormHas()
{
    QFETCH(const QByteArray, parameter);
    QFETCH(const double, value);
    const auto picture = photoLike({64, 48});

    const auto plain = restored(jobFor(picture, 2)).pixels;
    const auto other = restored(jobFor(picture, 2, {{parameter.toStdString(), value}})).pixels;

    QCOMPARE(largestDifference(plain, other), 0.0F);
}

void TestCompactDeblurDiff::neverAsksForAPrompt()
{
    auto job = jobFor(photoLike({64, 48}), 1);
    const auto plain = restored(job).pixels;

    job.texts["prompt"] = "a cat";

    QCOMPARE(largestDifference(restored(job).pixels, plain), 0.0F);
}

void TestCompactDeblurDiff::refusesToRunAsPublished()
{
    try {
        restored(jobFor(photoLike({64, 48}), 1, {{"reference", 1.0}}));
        QFAIL("a compact model ran as published");
    } catch (const Failure& failure) {
        QCOMPARE(failure.error().code, ErrorCode::InvalidRequest);
        QVERIFY(failure.error().detail.find("compact") != std::string::npos);
    }
}

void TestCompactDeblurDiff::obeysTheGateOfItsFile()
{
    const auto plain =
        checkpoint::SafetensorsFile::open(inFolder("deblurdiff.safetensors")).value();
    QVERIFY(networks::writeWithGate(plain, tests::constantGate(-0.05), inFolder("gated")));
    const auto method = loaded(inFolder("gated"));
    const auto picture = photoLike({96, 64});
    Session session;

    const auto guarded = method->restore(jobFor(picture, 2), session.context, {});
    const auto free =
        method->restore(jobFor(picture, 2, {{"protect_sharp", 0.0}}), session.context, {});

    QCOMPARE(largestDifference(guarded.pixels, picture), 0.0F);
    QCOMPARE(largestDifference(free.pixels, restored(jobFor(picture, 2)).pixels), 0.0F);
}

void TestCompactDeblurDiff::regressesAsOneStepDoes()
{
    const auto picture = photoLike({128, 64});
    const auto blurred = methods::toTensor(picture, wholeOf(picture.size()));

    const auto regressed = methods::toImage(method_->regress(blurred, {}));

    const auto expected = restored(jobFor(picture, 1, {{"low_frequencies", 0.0}})).pixels;
    QVERIFY(largestDifference(regressed, expected) < 1e-5F);
}

void TestCompactDeblurDiff::tellsHowMuchIsDone()
{
    Session session;

    method_->restore(jobFor(photoLike({300, 200}), 3), session.context, {.tilePixels = 128});

    const auto shares = tests::workShares(session.sink);
    QVERIFY2(tests::leadToAll(shares), qPrintable(QString::number(shares.back())));
}

QTEST_APPLESS_MAIN(TestCompactDeblurDiff)
#include "tst_compact_deblurdiff.moc"
