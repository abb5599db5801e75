// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/msg.h"

#include "core/engine/preview_mailbox.h"
#include "core/methods/color_fix.h"
#include "core/methods/method_registry.h"
#include "core/methods/tensor_image.h"
#include "tests/core/methods/work_shares.h"
#include "tests/support/fake_runner.h"
#include "tests/support/make_gate.h"
#include "tests/support/recording_sink.h"
#include "tests/support/smooth_picture.h"
#include "tests/support/tiny_msg.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace limpid;
using engine::FrameKind;
using methods::Msg;
using methods::RestorationJob;
using methods::RunSettings;
using tests::largestDifference;
using tests::photoLike;

namespace {

constexpr float oneLevel = 1.0F / 255.0F;

RestorationJob jobFor(const image::Image& image, int steps)
{
    return {.image = image,
            .region = {},
            .steps = steps,
            .seed = 5,
            .parameters = methods::completeParameters(Msg::spec(), steps, {}).value()};
}

region::Patch restored(Msg& msg, const RestorationJob& job, int tilePixels = 768)
{
    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context(engine::JobId{1}, CancelToken(), sink, mailbox);
    return msg.restore(job, context, {.tilePixels = tilePixels, .recordStep = {}});
}

Msg randomMsg()
{
    return Msg(tests::randomModel(tests::tinyConfig()));
}

} // namespace

class TestMsg : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void returnsThePictureWhenUntrained_data() { addStepRows(); }
    void returnsThePictureWhenUntrained();
    void changesThePictureWhenTrained();
    void tiledEqualsUntiled_data() { addStepRows(); }
    void tiledEqualsUntiled();
    void aRegionEqualsTheWholePictureInside_data() { addStepRows(); }
    void aRegionEqualsTheWholePictureInside();
    void repeatsItselfToTheBit_data() { addStepRows(); }
    void repeatsItselfToTheBit();
    void followsTheSeedFromTheSecondStepOn();
    void takesPicturesOfAnySize_data();
    void takesPicturesOfAnySize();
    void keepsColorsBeyondTheRange();
    void takesLowFrequenciesFromTheInput();
    void leavesWhatABlurTookAwayWhenMatchingTones();
    void sparesHighlightsWhenMatchingTones();
    void stopsBetweenStripsWhenMatchingTones();
    void showsGuidanceFirstAndThenEveryStep();
    void tellsHowMuchIsDone();
    void recordsEachStepOverTheResult();
    void samplesThePublishedForm();
    void refusesImpossibleNetworks_data();
    void refusesImpossibleNetworks();
    void refusesParametersItDoesNotHave_data();
    void refusesParametersItDoesNotHave();

private:
    static void addStepRows()
    {
        QTest::addColumn<int>("steps");
        QTest::newRow("one step") << 1;
        QTest::newRow("three steps") << 3;
    }
};

void TestMsg::returnsThePictureWhenUntrained()
{
    QFETCH(const int, steps);
    Msg msg{networks::MsgModel(tests::tinyConfig())};
    const auto picture = photoLike({70, 50});

    const auto patch = restored(msg, jobFor(picture, steps));

    QVERIFY(largestDifference(patch.pixels, picture) < 1e-6F);
}

void TestMsg::changesThePictureWhenTrained()
{
    Msg msg = randomMsg();
    const auto picture = photoLike({96, 64});

    QVERIFY(largestDifference(restored(msg, jobFor(picture, 1)).pixels, picture) > 3 * oneLevel);
}

void TestMsg::tiledEqualsUntiled()
{
    QFETCH(const int, steps);
    Msg msg = randomMsg();
    const auto job = jobFor(photoLike({430, 300}), steps);

    const auto whole = restored(msg, job);
    const auto tiled = restored(msg, job, 192);

    const float difference = largestDifference(whole.pixels, tiled.pixels);
    QVERIFY2(difference <= oneLevel, qPrintable(QString::number(difference * 255)));
}

void TestMsg::aRegionEqualsTheWholePictureInside()
{
    QFETCH(const int, steps);
    Msg msg = randomMsg();
    auto job = jobFor(photoLike({602, 499}), steps);
    const auto whole = restored(msg, job);
    job.region = region::Region{.rect = {171, 137, 240, 230}, .featherPixels = 9};

    const auto part = restored(msg, job);

    QCOMPARE(part.area, region::reach(*job.region, job.image.size()));
    const float difference = largestDifference(part.pixels, whole.pixels.cropped(part.area));
    QVERIFY2(difference <= 0.1F * oneLevel, qPrintable(QString::number(difference * 255)));
}

void TestMsg::repeatsItselfToTheBit()
{
    QFETCH(const int, steps);
    Msg first = randomMsg();
    Msg second = randomMsg();
    const auto job = jobFor(photoLike({90, 66}), steps);

    QCOMPARE(largestDifference(restored(first, job).pixels, restored(second, job).pixels), 0.0F);
}

void TestMsg::followsTheSeedFromTheSecondStepOn()
{
    Msg msg = randomMsg();
    auto single = jobFor(photoLike({64, 64}), 1);
    auto several = jobFor(single.image, 3);
    const auto oneBefore = restored(msg, single);
    const auto threeBefore = restored(msg, several);

    single.seed = several.seed = 6;

    QCOMPARE(largestDifference(restored(msg, single).pixels, oneBefore.pixels), 0.0F);
    QVERIFY(largestDifference(restored(msg, several).pixels, threeBefore.pixels) > 0.0F);
}

void TestMsg::takesPicturesOfAnySize_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("one pixel") << 1 << 1;
    QTest::newRow("one column") << 1 << 40;
    QTest::newRow("prime sides") << 37 << 53;
    QTest::newRow("a long strip in tiles") << 513 << 3;
}

void TestMsg::takesPicturesOfAnySize()
{
    QFETCH(const int, width);
    QFETCH(const int, height);
    Msg msg = randomMsg();

    const auto patch = restored(msg, jobFor(photoLike({width, height}), 2), 256);

    QCOMPARE(patch.pixels.size(), (Size{width, height}));
    QVERIFY(std::isfinite(largestDifference(patch.pixels, photoLike({width, height}))));
}

void TestMsg::keepsColorsBeyondTheRange()
{
    Msg msg{networks::MsgModel(tests::tinyConfig())};
    const image::Image picture({32, 32}, std::vector<float>(32 * 32 * 3, 1.3F));

    const auto patch = restored(msg, jobFor(picture, 2));

    QVERIFY(largestDifference(patch.pixels, picture) < 1e-5F);
}

void TestMsg::takesLowFrequenciesFromTheInput()
{
    const auto gray = torch::tensor({-0.4F, 0.0F, 0.3F}).view({1, 3, 1, 1});
    const auto input = gray.expand({1, 3, 200, 150}).contiguous();
    const auto shifted = input + 0.2;

    const auto matched = methods::matchLowBand(shifted, input, torch::kCPU, {});

    QVERIFY((matched - input).abs().max().item<double>() < 0.01);
    QVERIFY(torch::equal(methods::matchLowBand(input, input, torch::kCPU, {}), input));
}

/// The light of a neighborhood outlives a blur, so what takes the blur away must not be corrected.
void TestMsg::leavesWhatABlurTookAwayWhenMatchingTones()
{
    const auto light = (torch::arange(160).div(4, "floor").remainder(2) * 0.6 + 0.1)
                           .view({1, 1, 1, 160})
                           .expand({1, 3, 160, 160})
                           .to(torch::kFloat32);
    const auto asPicture = [](const torch::Tensor& linear) {
        return (1.055 * linear.pow(1.0 / 2.4) - 0.055) * 2.0 - 1.0;
    };
    const auto sharp = asPicture(light);
    const auto blurred = asPicture(torch::full_like(light, light.mean().item<double>()));

    const auto matched = methods::matchLowBand(sharp, blurred, torch::kCPU, {});

    const auto change = (matched - sharp).slice(2, 40, 120).slice(3, 40, 120);
    QVERIFY2(change.abs().max().item<double>() < 0.01,
             qPrintable(QString::number(change.abs().max().item<double>())));
}

void TestMsg::sparesHighlightsWhenMatchingTones()
{
    auto input = torch::zeros({1, 3, 128, 128});
    input.slice(3, 60, 68).fill_(1.0);
    auto restored = input.clone();
    restored.slice(3, 60, 68).fill_(0.2);

    const auto matched = methods::matchLowBand(restored, input, torch::kCPU, {});

    QVERIFY(torch::allclose(matched, restored, 0, 1e-6));
}

void TestMsg::stopsBetweenStripsWhenMatchingTones()
{
    const auto input = torch::zeros({1, 3, 64, 64});
    const CancelSource source;
    source.requestCancel();

    QVERIFY_THROWS_EXCEPTION(Cancelled,
                             methods::matchLowBand(input, input, torch::kCPU, source.token()));
}

void TestMsg::showsGuidanceFirstAndThenEveryStep()
{
    Msg msg = randomMsg();
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    std::vector<engine::FramePtr> frames;
    tests::RecordingSink sink([&](const engine::Event& event) {
        if (const auto* ready = std::get_if<engine::PreviewReady>(&event))
            frames.push_back(mailbox.take(ready->kind));
    });
    engine::JobContext context(engine::JobId{1}, CancelToken(), sink, mailbox);
    auto job = jobFor(photoLike({101, 90}), 3);
    job.region = region::Region{.rect = {20, 30, 40, 20}, .featherPixels = 0};

    msg.restore(job, context, {.recordStep = {}});

    QCOMPARE(frames.size(), std::size_t{4});
    QCOMPARE(frames[0]->kind, FrameKind::Guidance);
    QVERIFY(frames[0]->area.contains(job.region->rect));
    QCOMPARE(frames[3]->step, 3);
    QCOMPARE(frames[3]->area, job.region->rect);
    QCOMPARE(frames[3]->rgb.size(), std::size_t{40 * 20 * 3});
}

void TestMsg::recordsEachStepOverTheResult()
{
    Msg msg = randomMsg();
    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context(engine::JobId{1}, CancelToken(), sink, mailbox);
    std::vector<torch::Tensor> steps;
    const auto record = [&](int, const torch::Tensor& clean) {
        steps.push_back(clean.clone());
    };

    const auto patch = msg.restore(jobFor(photoLike({50, 41}), 3), context, {.recordStep = record});

    QCOMPARE(steps.size(), std::size_t{3});
    QCOMPARE(largestDifference(methods::toImage(steps.back()), patch.pixels), 0.0F);
    QVERIFY(!torch::equal(steps[0], steps[1]));
}

void TestMsg::samplesThePublishedForm()
{
    auto config = tests::tinyConfig();
    config.unshuffle = 1;
    config.guidanceScales = {2};
    config.bands = 0;
    config.channelNorm = config.scaleShift = false;
    config.output = networks::NetworkOutput::Epsilon;
    Msg msg(tests::randomModel(config));

    const auto patch = restored(msg, jobFor(photoLike({64, 48}), 8));

    for (const float value : patch.pixels.pixels())
        QVERIFY(value >= -1e-3F && value <= 1.001F);
}

void TestMsg::refusesImpossibleNetworks_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("another architecture") << QByteArray("architecture") << QByteArray("gan");
    QTest::newRow("no channels") << QByteArray("channels") << QByteArray("0,8");
    QTest::newRow("far too wide") << QByteArray("channels") << QByteArray("4096,4096");
    QTest::newRow("other width") << QByteArray("channels") << QByteArray("8,9");
    QTest::newRow("scale of zero") << QByteArray("guidance_scales") << QByteArray("0,4");
    QTest::newRow("scales that fall") << QByteArray("guidance_scales") << QByteArray("4,2");
    QTest::newRow("odd scale") << QByteArray("guidance_scales") << QByteArray("3");
    QTest::newRow("no shuffle") << QByteArray("unshuffle") << QByteArray("0");
    QTest::newRow("endless blocks") << QByteArray("encoder_blocks") << QByteArray("4096");
    QTest::newRow("skips that nothing is kept for")
        << QByteArray("decoder_blocks") << QByteArray("16");
    QTest::newRow("not a number") << QByteArray("bands") << QByteArray("two");
}

void TestMsg::refusesImpossibleNetworks()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, value);
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("m")).toStdString();
    auto metadata = networks::toMetadata(tests::tinyConfig());
    metadata[key.toStdString()] = value.toStdString();
    const auto model = tests::randomModel(tests::tinyConfig());
    QVERIFY(networks::saveWeights(*model, path, checkpoint::DType::F16, metadata));

    const auto loaded = Msg::load(checkpoint::SafetensorsFile::open(path).value(), {});

    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::ModelMismatch);
}

void TestMsg::refusesParametersItDoesNotHave_data()
{
    QTest::addColumn<int>("steps");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<double>("value");
    QTest::newRow("unknown") << 1 << QByteArray("magic") << 0.5;
    QTest::newRow("too large") << 1 << QByteArray("noise") << 1.5;
    QTest::newRow("not a number") << 1 << QByteArray("noise") << std::nan("");
    QTest::newRow("no steps") << 0 << QByteArray("noise") << 0.5;
    QTest::newRow("too many steps") << 51 << QByteArray("noise") << 0.5;
}

void TestMsg::refusesParametersItDoesNotHave()
{
    QFETCH(const int, steps);
    QFETCH(const QByteArray, id);
    QFETCH(const double, value);

    const auto complete =
        methods::completeParameters(Msg::spec(), steps, {{id.toStdString(), value}});

    QVERIFY(!complete);
    QCOMPARE(complete.error().code, ErrorCode::InvalidRequest);
}

void TestMsg::tellsHowMuchIsDone()
{
    Msg msg(tests::randomModel(tests::tinyConfig()),
            tests::randomGate({.scales = 2, .deconvolved = true, .refined = true}));
    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context(engine::JobId{1}, CancelToken(), sink, mailbox);

    msg.restore(jobFor(photoLike({300, 200}), 2), context, {.tilePixels = 192});

    const auto shares = tests::workShares(sink);
    QVERIFY2(tests::leadToAll(shares), qPrintable(QString::number(shares.back())));
}

QTEST_APPLESS_MAIN(TestMsg)
#include "tst_msg.moc"
