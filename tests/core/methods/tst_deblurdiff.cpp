// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff.h"

#include "core/engine/preview_mailbox.h"
#include "core/methods/method_registry.h"
#include "core/networks/deblurdiff_metadata.h"
#include "core/networks/unet.h"
#include "tests/support/recording_sink.h"
#include "tests/support/smooth_picture.h"
#include "tests/support/tiny_deblurdiff.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <map>

using namespace limpid;
using engine::FrameKind;
using methods::DeblurDiff;
using methods::RestorationJob;
using methods::RunSettings;
using tests::largestDifference;
using tests::photoLike;

namespace {

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

/// Takes every frame as soon as it is there, and can cancel at the n-th question.
struct Session {
    explicit Session(const CancelToken& token = {})
        : context(engine::JobId{1}, token, sink, mailbox)
    {}

    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context;
};

} // namespace

class TestDeblurDiff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void takesPicturesOfAnySize_data();
    void takesPicturesOfAnySize();
    void repeatsItselfToTheBitAndFollowsTheSeed();
    void everySamplerRuns_data();
    void everySamplerRuns();
    void bothPicturesChangeAtEveryStep();
    void aRecordedStepDecodesToTheResult();
    void aRegionYieldsItsReach();
    void textGuidanceChangesTheResult();
    void controlStrengthChangesTheResult();
    void takesTonesFromThePhoto();
    void guidanceBringsTheResultNearerToThePhoto_data();
    void guidanceBringsTheResultNearerToThePhoto();
    void refusesToGuideALargePhotoByPictures();
    void runsAsPublishedWhenAsked();
    void aPromptOfOnesOwnNeedsAVocabulary();
    void takesAModelWithoutText();
    void refusesAFileThatLacksNetworks();

private:
    region::Patch restored(const RestorationJob& job, RunSettings settings = {});

    QTemporaryDir folder_;
    std::unique_ptr<methods::RestorationMethod> method_;
};

void TestDeblurDiff::initTestCase()
{
    const std::filesystem::path folder = folder_.path().toStdString();
    tests::installDeblurDiff(tests::tinyDeblurDiff(), folder);
    const auto file = checkpoint::SafetensorsFile::open(folder / "deblurdiff.safetensors");
    QVERIFY(file);
    auto method = DeblurDiff::load(*file, {});
    QVERIFY2(method, method ? "" : method.error().detail.c_str());
    method_ = std::move(*method);
}

region::Patch TestDeblurDiff::restored(const RestorationJob& job, RunSettings settings)
{
    Session session;
    return method_->restore(job, session.context, settings);
}

void TestDeblurDiff::takesPicturesOfAnySize_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("smaller than a latent pixel") << 3 << 2;
    QTest::newRow("not aligned") << 61 << 35;
    QTest::newRow("several tiles") << 200 << 70;
}

void TestDeblurDiff::takesPicturesOfAnySize()
{
    QFETCH(const int, width);
    QFETCH(const int, height);

    const auto patch = restored(jobFor(photoLike({width, height}), 1), {.tilePixels = 128});

    QCOMPARE(patch.area, (Rect{0, 0, width, height}));
    QCOMPARE(patch.pixels.size(), (Size{width, height}));
    QVERIFY(std::isfinite(patch.pixels.pixels().front()));
}

void TestDeblurDiff::repeatsItselfToTheBitAndFollowsTheSeed()
{
    auto job = jobFor(photoLike({64, 48}), 2);

    const auto first = restored(job).pixels;
    const auto second = restored(job).pixels;
    job.seed = 6;
    const auto other = restored(job).pixels;

    QCOMPARE(largestDifference(first, second), 0.0F);
    QVERIFY(largestDifference(first, other) > 0.0F);
}

void TestDeblurDiff::everySamplerRuns_data()
{
    QTest::addColumn<int>("sampler");
    int index = 0;
    for (const auto& parameter : DeblurDiff::spec().parameters)
        if (parameter.id == "sampler")
            for (const auto& choice : parameter.choices)
                QTest::newRow(choice.c_str()) << index++;
    QCOMPARE(index, 5);
}

void TestDeblurDiff::everySamplerRuns()
{
    QFETCH(const int, sampler);
    const auto image = photoLike({48, 48});

    const auto patch = restored(jobFor(image, 3, {{"sampler", sampler}, {"start", 1.0}}));

    for (const float value : patch.pixels.pixels())
        QVERIFY(std::isfinite(value));
    QVERIFY(largestDifference(patch.pixels, image) > 0.01F);
}

void TestDeblurDiff::bothPicturesChangeAtEveryStep()
{
    Session session;
    std::map<FrameKind, std::vector<engine::FramePtr>> frames;
    const auto take = [&](int, const torch::Tensor&) {
        for (const auto kind : {FrameKind::Kernel, FrameKind::Predicted})
            if (const auto frame = session.mailbox.take(kind))
                frames[kind].push_back(frame);
    };

    method_->restore(jobFor(photoLike({64, 48}), 4), session.context, {.recordStep = take});
    take(0, {});

    for (const auto kind : {FrameKind::Kernel, FrameKind::Predicted}) {
        QCOMPARE(frames[kind].size(), std::size_t{4});
        for (std::size_t i = 1; i < 4; ++i)
            QVERIFY(frames[kind][i]->rgb != frames[kind][i - 1]->rgb);
    }
    QVERIFY(frames[FrameKind::Kernel][3]->rgb != frames[FrameKind::Predicted][3]->rgb);
}

void TestDeblurDiff::aRecordedStepDecodesToTheResult()
{
    methods::StepDecoder decode;
    torch::Tensor last;
    const auto job = jobFor(photoLike({64, 48}), 2);

    const auto patch =
        restored(job, {.recordStep = [&](int, const torch::Tensor& latent) { last = latent; },
                       .decodeStepsWith =
                           [&](methods::StepDecoder decoder) {
                               decode = decoder;
                           }});

    const auto picture = decode(last, {});
    QCOMPARE(picture.sizes(), (at::IntArrayRef{1, 3, 48, 64}));
    const float value = picture.flatten()[0].item<float>() * 0.5F + 0.5F;
    QVERIFY(std::abs(value - patch.pixels.pixels().front()) < 1e-5F);
}

void TestDeblurDiff::aRegionYieldsItsReach()
{
    auto job = jobFor(photoLike({300, 300}), 1);
    job.region = region::Region{.rect = {120, 130, 40, 30}, .featherPixels = 4};

    const auto patch = restored(job);

    QCOMPARE(patch.area, region::reach(*job.region, {300, 300}));
}

void TestDeblurDiff::textGuidanceChangesTheResult()
{
    const auto image = photoLike({48, 48});

    const auto plain = restored(jobFor(image, 1)).pixels;
    const auto guided = restored(jobFor(image, 1, {{"text_guidance", 4.0}})).pixels;

    QVERIFY(largestDifference(plain, guided) > 1e-4F);
}

void TestDeblurDiff::controlStrengthChangesTheResult()
{
    const auto image = photoLike({48, 48});

    const auto plain = restored(jobFor(image, 1)).pixels;
    const auto free = restored(jobFor(image, 1, {{"control", 0.0}})).pixels;

    QVERIFY(largestDifference(plain, free) > 1e-4F);
}

void TestDeblurDiff::takesTonesFromThePhoto()
{
    const auto lightOf = [](const image::Image& image) {
        double sum = 0.0;
        for (const float value : image.pixels())
            sum += std::pow((std::max(value, 0.0F) + 0.055) / 1.055, 2.4);
        return sum / static_cast<double>(image.pixels().size());
    };
    const auto image = photoLike({96, 96});

    const auto free = restored(jobFor(image, 1, {{"low_frequencies", 0.0}})).pixels;
    const auto kept = restored(jobFor(image, 1)).pixels;

    QVERIFY(std::abs(lightOf(free) - lightOf(image)) > 0.02);
    QVERIFY(std::abs(lightOf(kept) - lightOf(image)) < 0.005);
}

void TestDeblurDiff::guidanceBringsTheResultNearerToThePhoto_data()
{
    QTest::addColumn<double>("space");
    QTest::addColumn<double>("loss");
    QTest::newRow("latents, all alike") << 0.0 << 0.0;
    QTest::newRow("latents, flat areas first") << 0.0 << 1.0;
    QTest::newRow("pictures, flat areas first") << 1.0 << 1.0;
}

void TestDeblurDiff::guidanceBringsTheResultNearerToThePhoto()
{
    QFETCH(const double, space);
    QFETCH(const double, loss);
    const auto distance = [](const image::Image& a, const image::Image& b) {
        double sum = 0.0;
        for (std::size_t i = 0; i < a.pixels().size(); ++i)
            sum += std::abs(a.pixels()[i] - b.pixels()[i]);
        return sum;
    };
    const auto image = photoLike({48, 48});
    const std::map<std::string, double> plain{{"low_frequencies", 0.0}};
    const std::map<std::string, double> guided{{"low_frequencies", 0.0},
                                               {"guidance_space", space},
                                               {"guidance_loss", loss},
                                               {"restoration_guidance", 0.05}};

    const auto free = restored(jobFor(image, 1, plain)).pixels;
    const auto pulled = restored(jobFor(image, 1, guided)).pixels;

    QVERIFY(distance(pulled, image) < distance(free, image));
}

void TestDeblurDiff::refusesToGuideALargePhotoByPictures()
{
    const auto job = jobFor(photoLike({1100, 1000}), 1,
                            {{"guidance_space", 1.0}, {"restoration_guidance", 0.05}});

    try {
        restored(job);
        QFAIL("more than a megapixel was decoded in one piece");
    } catch (const Failure& failure) {
        QCOMPARE(failure.error().code, ErrorCode::InvalidRequest);
        QVERIFY(failure.error().detail.find("region") != std::string::npos);
    }
}

void TestDeblurDiff::runsAsPublishedWhenAsked()
{
    Session session;
    const auto job = jobFor(photoLike({70, 50}), 2, {{"reference", 1.0}});

    const auto patch = method_->restore(job, session.context, {});

    QCOMPARE(patch.area, (Rect{0, 0, 70, 50}));
    QVERIFY(session.mailbox.take(FrameKind::Kernel));
    for (const float value : patch.pixels.pixels()) // truncated to bytes, as published
        QVERIFY(std::abs(value * 255.0F - std::round(value * 255.0F)) < 1e-3F);
}

void TestDeblurDiff::aPromptOfOnesOwnNeedsAVocabulary()
{
    auto job = jobFor(photoLike({48, 48}), 1);
    job.texts["prompt"] = "a cat";

    try {
        restored(job);
        QFAIL("a prompt without a vocabulary was taken");
    } catch (const Failure& failure) {
        QCOMPARE(failure.error().code, ErrorCode::InvalidRequest);
    }
}

void TestDeblurDiff::takesAModelWithoutText()
{
    auto config = tests::tinyDeblurDiff();
    config.text.reset();
    for (auto* unet : {&config.unet, &config.kernel, &config.control})
        unet->contextChannels = 0;
    QTemporaryDir other;
    const std::filesystem::path folder = other.path().toStdString();
    tests::installDeblurDiff(config, folder);
    const auto file = checkpoint::SafetensorsFile::open(folder / "deblurdiff.safetensors");
    auto method = DeblurDiff::load(file.value(), {});
    QVERIFY(method);
    Session session;

    const auto patch = (*method)->restore(jobFor(photoLike({48, 48}), 1), session.context, {});

    QVERIFY(std::isfinite(patch.pixels.pixels().front()));
}

void TestDeblurDiff::refusesAFileThatLacksNetworks()
{
    const auto config = tests::tinyDeblurDiff();
    const networks::Unet unet(config.unet);
    QTemporaryDir other;
    const std::filesystem::path path =
        other.filePath(QStringLiteral("unet.safetensors")).toStdString();
    QVERIFY(
        networks::saveWeights(*unet, path, checkpoint::DType::F16, networks::toMetadata(config)));

    const auto method = DeblurDiff::load(checkpoint::SafetensorsFile::open(path).value(), {});

    QVERIFY(!method);
    QCOMPARE(method.error().code, ErrorCode::ModelMismatch);
    QVERIFY(method.error().detail.find("missing") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestDeblurDiff)
#include "tst_deblurdiff.moc"
