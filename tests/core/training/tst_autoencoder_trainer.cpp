// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/autoencoder_trainer.h"
#include "core/training/draw_batch.h"
#include "tests/core/training/training_samples.h"
#include "tests/support/tiny_compact.h"

#include <QtTest/QtTest>

#include <optional>

using namespace limpid;
using namespace limpid::tests;
using namespace limpid::training;

class TestAutoencoderTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_.emplace(Scene::Blots); }

    void resumingTwiceGivesTheWeightsOfOneRun()
    {
        const auto make = [this] {
            return makeTrainer();
        };

        QVERIFY(resumesExactly<AutoencoderTrainer>(make, folder_->file("state.pt")));
    }

    void beginsWithTheBlurredPicture()
    {
        const torch::NoGradGuard noGradients;
        const auto trainer = makeTrainer();
        const Pair pair{torch::rand({1, 3, 16, 16}), torch::rand({1, 3, 16, 16})};

        const auto restorers = trainer->restorers();

        QVERIFY(torch::equal(restorers.front().restore(pair), pair.blurred));
        QVERIFY(torch::equal(restorers.back().restore(pair), pair.blurred));
    }

    void comesCloserToTheSharpPicture()
    {
        const torch::NoGradGuard noGradients;
        const auto trainer = makeTrainer();
        LearningOptions still;
        makeTiny(still);
        const auto pair = drawBatch(folder_->photos(), still, 2);
        const auto error = [&] {
            const auto restored = trainer->restorers().front().restore(pair);
            return (restored - pair.sharp).abs().mean().item<double>();
        };

        const double before = error();
        learn(*trainer, 120);

        QVERIFY2(error() < 0.99 * before, qPrintable(QString::number(error() / before)));
    }

    void standardizesLatents()
    {
        const torch::NoGradGuard noGradients;
        const auto photos = folder_->photos();
        networks::AutoencoderKl autoencoder(tinyCompact().autoencoder, 1.0);

        autoencoder->setLatentScale(measureLatentScale(autoencoder, photos));

        Dice dice(5, 5);
        const auto crop = asUnit(photos.randomCrop(dice, 128)).unsqueeze(0) * 2.0 - 1.0;
        const auto spread = autoencoder->encodeMode(crop).std().item<double>();
        QVERIFY2(spread > 0.7 && spread < 1.4, qPrintable(QString::number(spread)));
    }

private:
    std::unique_ptr<AutoencoderTrainer> makeTrainer() const
    {
        AutoencoderOptions options;
        makeTiny(options);
        options.totalSteps = 300;
        options.learningRate = 2e-3;
        options.kernelRate = 0.02;
        options.network = tinyCompact().autoencoder;
        return std::make_unique<AutoencoderTrainer>(options, folder_->photos());
    }

    std::optional<PhotoFolder> folder_;
};

QTEST_APPLESS_MAIN(TestAutoencoderTrainer)
#include "tst_autoencoder_trainer.moc"
