// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/gate_file.h"
#include "core/training/autoencoder_trainer.h"
#include "core/training/compact_restorers.h"
#include "core/training/deblurdiff_start.h"
#include "core/training/deblurdiff_trainer.h"
#include "core/training/draw_batch.h"
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

} // namespace

class TestDeblurDiffTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_.emplace(); }

    void resumingTwiceGivesTheWeightsOfOneRun_data()
    {
        QTest::addColumn<int>("priorSteps");
        QTest::addColumn<bool>("ownAnswers");
        QTest::newRow("joint from the start") << 0 << false;
        QTest::newRow("prior first") << 2 << false;
        QTest::newRow("interrupted in the prior") << 3 << false;
        QTest::newRow("its own answers are noised") << 0 << true;
    }

    void resumingTwiceGivesTheWeightsOfOneRun()
    {
        QFETCH(const int, priorSteps);
        QFETCH(const bool, ownAnswers);
        auto options = tinyOptions();
        options.priorSteps = priorSteps;
        options.ownAnswers = ownAnswers;
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
        QVERIFY(trained.error().code == ErrorCode::DamagedFile);
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
