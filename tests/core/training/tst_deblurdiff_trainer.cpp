// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/gate_file.h"
#include "core/training/autoencoder_trainer.h"
#include "core/training/compact_restorers.h"
#include "core/training/deblurdiff_start.h"
#include "core/training/deblurdiff_trainer.h"
#include "core/training/draw_batch.h"
#include "core/training/losses.h"
#include "tests/core/training/training_samples.h"
#include "tests/support/make_gate.h"
#include "tests/support/tiny_compact.h"

#include <QtTest/QtTest>

#include <optional>

using namespace limpid;
using namespace limpid::tests;
using namespace limpid::training;

namespace {

DeblurDiffOptions tinyOptions()
{
    DeblurDiffOptions options;
    makeTiny(options);
    options.mixFrom = 3;
    options.decoderFrom = 4;
    options.decodedShare = 0.5;
    return options;
}

/// How far the LKPN's latents are from the sharp ones.
double kernelError(networks::DeblurDiffModel& model, const Pair& pair)
{
    const auto sharp = model->vae->encodeMode(pair.sharp);
    const auto blurred = model->vae->encodeMode(pair.blurred);
    return (kernelLatent(model, blurred) - sharp).square().mean().item<double>();
}

} // namespace

class TestDeblurDiffTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_.emplace(); }

    void resumingTwiceGivesTheWeightsOfOneRun_data()
    {
        QTest::addColumn<int>("priorSteps");
        QTest::addColumn<bool>("ownAnswers");
        QTest::addColumn<bool>("kernelsAlone");
        QTest::newRow("joint from the start") << 0 << false << false;
        QTest::newRow("prior first") << 2 << false << false;
        QTest::newRow("interrupted in the prior") << 3 << false << false;
        QTest::newRow("its own answers are noised") << 0 << true << false;
        QTest::newRow("kernels alone") << 0 << true << true;
    }

    void resumingTwiceGivesTheWeightsOfOneRun()
    {
        QFETCH(const int, priorSteps);
        QFETCH(const bool, ownAnswers);
        QFETCH(const bool, kernelsAlone);
        auto options = tinyOptions();
        options.priorSteps = priorSteps;
        options.ownAnswers = ownAnswers;
        options.kernelsAlone = kernelsAlone;
        options.gradientWeight = ownAnswers ? 1.0 : 0.0;
        const auto make = [&] {
            return makeTrainer(options);
        };

        QVERIFY(resumesExactly<DeblurDiffTrainer>(make, folder_->file("state.pt")));
    }

    void leavesAPictureAsItIsBeforeTraining()
    {
        const torch::NoGradGuard noGradients;
        const auto trainer = makeTrainer(tinyOptions());
        const Pair pair{torch::rand({1, 3, 32, 16}), torch::rand({1, 3, 32, 16})};

        for (const auto& [name, restore] : trainer->restorers())
            QVERIFY2(torch::equal(restore(pair), pair.blurred), name.c_str());
    }

    void learnsTheDecoderOnlyAtTheEnd()
    {
        const auto trainer = makeTrainer(tinyOptions());
        const auto untrained = makeTrainer(tinyOptions());
        const auto same = [&] {
            return sameWeights(*trainer->averaged()->vae, *untrained->averaged()->vae);
        };

        for (int i = 0; i < 4; ++i)
            QVERIFY(std::isfinite(trainer->step().loss));
        QVERIFY(same());
        trainer->step();
        trainer->step();
        QVERIFY(!same());
        QVERIFY(
            sameWeights(*trainer->averaged()->vae->encoder, *untrained->averaged()->vae->encoder));
    }

    void learnsTheKernelsAlone()
    {
        const torch::NoGradGuard noGradients;
        auto options = tinyOptions();
        options.totalSteps = 1000;
        options.kernelRate = 2e-3;
        options.kernelsAlone = true;
        options.priorSteps = 2; // there is nothing prior to what is trained
        const auto trainer = makeTrainer(options);
        const auto untrained = makeTrainer(options);
        const auto error = [&](networks::DeblurDiffModel& model) {
            return kernelError(model, drawBatch(folder_->photos(), options, 2));
        };

        learn(*trainer, 30);

        auto& after = trainer->averaged();
        auto& before = untrained->averaged();
        const double ratio = error(after) / error(before);
        QVERIFY2(ratio < 0.99, qPrintable(QString::number(ratio)));
        QVERIFY(sameWeights(*after->unet, *before->unet));
        QVERIFY(sameWeights(*after->controlnet, *before->controlnet));
        QVERIFY(sameWeights(*after->vae, *before->vae));
    }

    void judgesKernelsByTheirLatentAndItsPicture()
    {
        auto options = tinyOptions();
        options.kernelsAlone = true;
        options.decodedShare = 1.0;
        const auto trainer = makeTrainer(options);
        const auto pair = drawBatch(folder_->photos(), options, 0);

        const auto report = trainer->step();

        // Before training the kernels change nothing.
        auto& autoencoder = trainer->averaged()->vae;
        const auto latents = autoencoder->encodeMode(torch::cat({pair.sharp, pair.blurred}));
        const auto halves = latents.chunk(2);
        const auto picture = charbonnier(pair.blurred, pair.sharp).mean().item<double>();
        const auto latent = (halves[1] - halves[0]).abs().mean().item<double>();
        QVERIFY2(std::abs(report.error / (2.0 * picture) - 1.0) < 0.01, "of a batch of two");
        QVERIFY(std::abs(report.loss / (latent + 2.0 * picture) - 1.0) < 0.01);
    }

    void comesCloserToSharpLatents()
    {
        const torch::NoGradGuard noGradients;
        auto options = tinyOptions();
        options.totalSteps = 1000;
        options.mixFrom = 1000;
        options.kernelRate = 2e-3;
        const auto trainer = makeTrainer(options);
        auto& model = trainer->averaged();
        const auto pair = drawBatch(folder_->photos(), options, 2);
        const auto sharp = model->vae->encodeMode(pair.sharp);
        const auto blurred = model->vae->encodeMode(pair.blurred);
        const auto error = [&] {
            return (oneStepLatent(model, blurred) - sharp).square().mean().item<double>();
        };

        const double before = error();
        learn(*trainer, 40);

        QVERIFY2(error() < 0.97 * before, qPrintable(QString::number(error() / before)));
    }

    void survivesTheExport()
    {
        const auto trainer = makeTrainer(tinyOptions());
        for (int i = 0; i < 5; ++i)
            trainer->step();
        QVERIFY(trainer->save(folder_->file("state.pt")).has_value());
        const auto trained = trainedModel(folder_->file("."), tinyCompact());
        QVERIFY2(trained.has_value(), trained ? "" : trained.error().detail.c_str());
        const auto weights = folder_->file("weights.safetensors");
        QVERIFY(exportModel(*trained, weights).has_value());

        DeblurDiffOptions fromWeights;
        fromWeights.from = weights;

        const auto loaded = startingModel(fromWeights, {}, folder_->photos());

        QVERIFY2(loaded.has_value(), loaded ? "" : loaded.error().detail.c_str());
        const torch::NoGradGuard noGradients;
        const auto picture = torch::rand({1, 3, 32, 32}) * 2.0 - 1.0;
        const auto wanted = oneStep(trainer->averaged())(picture);
        QVERIFY(torch::allclose(oneStep(*loaded)(picture), wanted, 0, 4e-3));
        QCOMPARE((*loaded)->config().latentScale, trainer->averaged()->config().latentScale);
    }

    void beginsWithWeightsThatCarryAGate()
    {
        const auto weights = folder_->file("weights.safetensors");
        const TrainedModel before{.model = *startingModel({}, tinyCompact(), folder_->photos())};
        QVERIFY(exportModel(before, weights).has_value());
        QVERIFY(networks::writeWithGate(*checkpoint::SafetensorsFile::open(weights), randomGate(),
                                        weights));

        DeblurDiffOptions fromWeights;
        fromWeights.from = weights;
        const auto after = startingModel(fromWeights, {}, folder_->photos());

        QVERIFY2(after.has_value(), after ? "" : after.error().detail.c_str());
        const auto wanted = before.model->parameters().front();
        QVERIFY(torch::allclose((*after)->parameters().front(), wanted, 0, 1e-3));
    }

    void refusesAStateOfAnotherStage()
    {
        AutoencoderOptions options;
        makeTiny(options);
        options.network = tinyCompact().autoencoder;
        AutoencoderTrainer other(options, folder_->photos());
        QVERIFY(other.save(folder_->file("state.pt")).has_value());

        const auto trained = trainedModel(folder_->file("."), tinyCompact());

        QVERIFY(!trained.has_value());
        QVERIFY(trained.error().code == ErrorCode::ModelMismatch);
        QVERIFY(trained.error().path.filename() == "state.pt");
    }

private:
    std::unique_ptr<DeblurDiffTrainer> makeTrainer(const DeblurDiffOptions& options) const
    {
        auto model = startingModel(options, tinyCompact(), folder_->photos());
        (*model)->setLatentScale(measureLatentScale((*model)->vae, folder_->photos()));
        return std::make_unique<DeblurDiffTrainer>(options, std::move(*model), folder_->photos());
    }

    std::optional<PhotoFolder> folder_;
};

QTEST_APPLESS_MAIN(TestDeblurDiffTrainer)
#include "tst_deblurdiff_trainer.moc"
