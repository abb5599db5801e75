// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/safeguard.h"

#include "core/engine/preview_mailbox.h"
#include "core/methods/coarse_changes.h"
#include "core/methods/method_registry.h"
#include "core/methods/msg.h"
#include "core/methods/tensor_image.h"
#include "core/networks/gate_file.h"
#include "tests/support/make_gate.h"
#include "tests/support/recording_sink.h"
#include "tests/support/smooth_picture.h"
#include "tests/support/tiny_msg.h"

#include <QTemporaryDir>
#include <QTest>
#include <torch/utils.h>

using namespace limpid;
using methods::Msg;
using methods::Safeguard;
using tests::largestDifference;
using tests::photoLike;

namespace {

methods::RestorationJob jobFor(const image::Image& image, int steps, double protect = 1.0)
{
    return {
        .image = image,
        .region = {},
        .steps = steps,
        .seed = 5,
        .parameters =
            methods::completeParameters(Msg::spec(), steps, {{"protect_sharp", protect}}).value()};
}

region::Patch restored(Msg& msg, const methods::RestorationJob& job, int tilePixels = 768)
{
    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context(engine::JobId{1}, CancelToken(), sink, mailbox);
    return msg.restore(job, context, {.tilePixels = tilePixels, .recordStep = {}});
}

Msg randomMsg(networks::SharpnessGate gate = nullptr)
{
    return Msg(tests::randomModel(tests::tinyConfig()), std::move(gate));
}

/// Would choose what was found at this scale, but shows nothing.
networks::SharpnessGate shyGateForScale(std::int64_t scale, std::int64_t scales)
{
    auto gate = tests::gateForScale(scale, scales);
    const torch::NoGradGuard noGrad;
    gate->named_parameters()["out.bias"][0].fill_(-9.0);
    return gate;
}

bool sameBits(const image::Image& a, const image::Image& b)
{
    return std::ranges::equal(a.pixels(), b.pixels());
}

/// The largest difference of a region that is restored by itself.
float differenceFromTheWhole(Msg& msg, Size size, const Rect& region)
{
    auto job = jobFor(photoLike(size), 1);
    const auto whole = restored(msg, job);
    job.region = region::Region{.rect = region, .featherPixels = 9};
    const auto part = restored(msg, job);
    return largestDifference(part.pixels, whole.pixels.cropped(part.area));
}

} // namespace

class TestSafeguard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aShareOfZeroReturnsThePhotographToTheBit_data() { addStepRows(); }
    void aShareOfZeroReturnsThePhotographToTheBit();
    void aShareOfZeroOfSeveralScalesReturnsIt();
    void aShareOfOneShowsTheRestorationToTheBit();
    void aShareOfOneHalfShowsHalfOfTheChange();
    void isSwitchedOffByItsParameter();
    void theChoiceOutlastsTheProtection();
    void showsWhatWasFoundAtACoarserScale();
    void showsWhatWasFoundByDeconvolution();
    void aMixtureStaysDisplayable();
    void doesNotDependOnTheTiles_data() { addScaleRows(); }
    void doesNotDependOnTheTiles();
    void aRegionEqualsTheWholePictureInside_data() { addProposalRows(); }
    void aRegionEqualsTheWholePictureInside();
    void aRegionOfALargePictureEqualsItInside();
    void guardsTheRecordedSteps();
    void comesWithTheFileOfAModel();
    void doesNotMoveTheMeanColor();

private:
    static void addStepRows()
    {
        QTest::addColumn<int>("steps");
        QTest::newRow("one step") << 1;
        QTest::newRow("three steps") << 3;
    }

    static void addScaleRows()
    {
        QTest::addColumn<int>("scales");
        QTest::newRow("one scale") << 1;
        QTest::newRow("three scales") << 3;
    }

    static void addProposalRows()
    {
        QTest::addColumn<int>("scales");
        QTest::addColumn<bool>("deconvolved");
        QTest::addColumn<bool>("refined");
        QTest::newRow("one scale") << 1 << false << false;
        QTest::newRow("three scales") << 3 << false << false;
        QTest::newRow("two scales and a deconvolution") << 2 << true << false;
        QTest::newRow("two scales and a refined one") << 2 << true << true;
    }
};

void TestSafeguard::aShareOfZeroReturnsThePhotographToTheBit()
{
    QFETCH(const int, steps);
    Msg msg = randomMsg(tests::constantGate(-0.05));
    const auto picture = photoLike({101, 70});

    QVERIFY(sameBits(restored(msg, jobFor(picture, steps)).pixels, picture));
}

void TestSafeguard::aShareOfZeroOfSeveralScalesReturnsIt()
{
    Msg msg = randomMsg(shyGateForScale(1, 3));
    const auto picture = photoLike({101, 70});

    QVERIFY(sameBits(restored(msg, jobFor(picture, 1)).pixels, picture));
}

void TestSafeguard::aShareOfOneShowsTheRestorationToTheBit()
{
    Msg plain = randomMsg();
    Msg guarded = randomMsg(tests::constantGate(1.05));
    const auto job = jobFor(photoLike({101, 70}), 1);

    const auto expected = restored(plain, job).pixels;

    QVERIFY(sameBits(restored(guarded, job).pixels, expected));
    QVERIFY(largestDifference(expected, job.image) > 0.01F);
}

void TestSafeguard::aShareOfOneHalfShowsHalfOfTheChange()
{
    const auto blurred = torch::rand({1, 3, 64, 64});
    const auto change = torch::rand({1, 3, 64, 64});
    Safeguard half(tests::constantGate(0.5), {}, {}, {});

    const auto shown = half.shown(blurred + change, blurred, {});

    QVERIFY(torch::allclose(shown, blurred + change * 0.5, 0, 1e-5));
}

void TestSafeguard::showsWhatWasFoundAtACoarserScale()
{
    const auto blurred = torch::rand({1, 3, 64, 96}) - 0.5;
    const std::vector<torch::Tensor> coarse{torch::rand({1, 3, 32, 48}) * 0.1,
                                            torch::rand({1, 3, 16, 24}) * 0.1};
    Safeguard quarter(tests::gateForScale(2, 3), {}, coarse, {});

    const auto shown = quarter.shown(-blurred, blurred, {});

    QVERIFY(torch::allclose(shown, blurred + methods::atFullSize(coarse[1], 4), 0, 1e-6));
}

void TestSafeguard::showsWhatWasFoundByDeconvolution()
{
    const auto blurred = torch::rand({1, 3, 64, 96}) - 0.5;
    const std::vector<torch::Tensor> others{torch::rand({1, 3, 32, 48}) * 0.1,
                                            torch::rand({1, 3, 64, 96}) * 0.1};
    Safeguard last(tests::gateForScale(2, 3), {}, others, {});

    const auto shown = last.shown(-blurred, blurred, {});

    QVERIFY(torch::allclose(shown, blurred + others[1], 0, 1e-6));
}

void TestSafeguard::aMixtureStaysDisplayable()
{
    auto blurred = torch::full({1, 3, 64, 64}, 0.9);
    blurred.slice(3, 40).fill_(1.2); // brighter than white in the photograph itself
    const std::vector<torch::Tensor> coarse{torch::full({1, 3, 32, 32}, 0.5)};
    Safeguard half(tests::gateForScale(1, 2), {}, coarse, {});

    const auto shown = half.shown(blurred, blurred, {});

    QVERIFY(torch::equal(shown, blurred.clamp_min(1.0)));
}

void TestSafeguard::isSwitchedOffByItsParameter()
{
    Msg plain = randomMsg();
    Msg guarded = randomMsg(tests::constantGate(-0.05));
    const auto picture = photoLike({96, 64});

    const auto free = restored(guarded, jobFor(picture, 2, 0.0)).pixels;

    QVERIFY(sameBits(free, restored(plain, jobFor(picture, 2)).pixels));
}

void TestSafeguard::theChoiceOutlastsTheProtection()
{
    const auto shy = shyGateForScale(1, 2);
    const auto blurred = torch::rand({1, 3, 64, 96}) - 0.5;
    const std::vector<torch::Tensor> coarse{torch::rand({1, 3, 32, 48}) * 0.1};
    Safeguard on(shy, {}, coarse, {});
    Safeguard off(shy, {}, coarse, {}, methods::Protection::Off);

    QVERIFY(torch::equal(on.shown(-blurred, blurred, {}), blurred));
    QVERIFY(torch::allclose(off.shown(-blurred, blurred, {}),
                            blurred + methods::atFullSize(coarse[0], 2), 0, 1e-6));
}

void TestSafeguard::doesNotDependOnTheTiles()
{
    QFETCH(const int, scales);
    torch::manual_seed(6);
    const auto blurred = torch::rand({1, 3, 200, 328}) - 0.5;
    const auto restored = blurred + torch::rand({1, 3, 200, 328}) * 0.3;
    const auto scene = networks::sceneFeatures(blurred);
    const std::vector<torch::Tensor> all{(torch::rand({1, 3, 100, 164}) - 0.5) * 0.3,
                                         (torch::rand({1, 3, 50, 82}) - 0.5) * 0.3};
    const std::vector<torch::Tensor> coarse(all.begin(), all.begin() + scales - 1);
    Safeguard whole(tests::randomGate(true, scales), scene, coarse, {});
    Safeguard tiled(tests::randomGate(true, scales), scene, coarse, {.tilePixels = 64});

    const auto expected = whole.shown(restored, blurred, {});

    QVERIFY(torch::allclose(tiled.shown(restored, blurred, {}), expected, 0, 1e-5));
    QVERIFY(!torch::allclose(expected, restored, 0, 1e-2));
}

void TestSafeguard::aRegionEqualsTheWholePictureInside()
{
    QFETCH(const int, scales);
    QFETCH(const bool, deconvolved);
    QFETCH(const bool, refined);
    // Told of the whole picture either way.
    Msg msg = randomMsg(tests::randomGate(
        {.scene = true, .scales = scales, .deconvolved = deconvolved, .refined = refined}));

    QVERIFY(differenceFromTheWhole(msg, {602, 499}, {171, 137, 240, 230}) <= 0.1F / 255.0F);
}

void TestSafeguard::aRegionOfALargePictureEqualsItInside()
{
    // Its parts to be deconvolved reach far past what else is seen of it.
    Msg msg = randomMsg(tests::randomGate({.scene = true,
                                           .scales = 2,
                                           .deconvolved = true,
                                           .refined = true,
                                           .octaveAgreement = true}));

    QVERIFY(differenceFromTheWhole(msg, {1300, 560}, {1010, 210, 90, 80}) <= 0.1F / 255.0F);
}

void TestSafeguard::guardsTheRecordedSteps()
{
    Msg msg = randomMsg(tests::constantGate(-0.05));
    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context(engine::JobId{1}, CancelToken(), sink, mailbox);
    std::vector<torch::Tensor> steps;
    const auto picture = photoLike({64, 64});

    msg.restore(jobFor(picture, 3), context, {.recordStep = [&](int, const torch::Tensor& clean) {
                    steps.push_back(clean);
                }});

    QCOMPARE(steps.size(), std::size_t{3});
    for (const auto& step : steps)
        QVERIFY(largestDifference(methods::toImage(step), picture) < 1e-6F);
}

void TestSafeguard::comesWithTheFileOfAModel()
{
    const QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "model";
    QVERIFY(networks::saveWeights(*tests::randomModel(tests::tinyConfig()), path,
                                  checkpoint::DType::F32,
                                  networks::toMetadata(tests::tinyConfig())));
    const auto plain = checkpoint::SafetensorsFile::open(path).value();
    QVERIFY(networks::writeWithGate(plain, tests::constantGate(-0.05), path));
    const auto method = Msg::load(checkpoint::SafetensorsFile::open(path).value(), {}).value();
    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context(engine::JobId{1}, CancelToken(), sink, mailbox);
    const auto picture = photoLike({64, 64});

    const auto patch = method->restore(jobFor(picture, 1), context, {});

    QVERIFY(sameBits(patch.pixels, picture));
}

void TestSafeguard::doesNotMoveTheMeanColor()
{
    Msg msg = randomMsg(tests::randomGate());
    const auto picture = photoLike({256, 192});

    const auto patch = restored(msg, jobFor(picture, 1));

    // In linear light, which a blur and its removal keep. At mid-gray 0.002 are half a gray level.
    const auto lightOf = [](const image::Image& image) {
        const auto srgb = methods::toTensor(image, wholeOf(image.size())) * 0.5 + 0.5;
        return ((srgb + 0.055) / 1.055).clamp_min(0.0).pow(2.4).mean({0, 2, 3});
    };
    const auto shift = (lightOf(patch.pixels) - lightOf(picture)).abs().max().item<float>();
    QVERIFY2(shift < 0.002F, qPrintable(QString::number(shift)));
}

QTEST_APPLESS_MAIN(TestSafeguard)
#include "tst_safeguard.moc"
