// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/gate_file.h"
#include "core/networks/load_weights.h"
#include "core/training/trainer.h"
#include "tests/core/training/training_samples.h"
#include "tests/support/make_gate.h"

#include <QtTest/QtTest>

#include <optional>

using namespace limpid;
using namespace limpid::tests;
using namespace limpid::training;

namespace {

TrainOptions tinyOptions()
{
    TrainOptions options;
    options.network.channels = {8, 8, 8, 8};
    options.network.embedding = 16;
    options.network.guidanceChannels = 4;
    makeTiny(options);
    options.mixFrom = 2;
    return options;
}

std::unique_ptr<Trainer> makeTrainer(const PhotoFolder& folder)
{
    return std::make_unique<Trainer>(tinyOptions(), folder.photos());
}

} // namespace

class TestTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_.emplace(); }

    void resumingTwiceGivesTheWeightsOfOneRun_data()
    {
        QTest::addColumn<bool>("ownAnswers");
        QTest::newRow("the truth is noised") << false;
        QTest::newRow("its own answers are noised") << true;
    }

    void resumingTwiceGivesTheWeightsOfOneRun()
    {
        QFETCH(const bool, ownAnswers);
        const auto make = [this, ownAnswers] {
            auto options = tinyOptions();
            options.ownAnswers = ownAnswers;
            options.regressorShare = 0.0;
            return std::make_unique<Trainer>(options, folder_->photos());
        };

        QVERIFY(resumesExactly<Trainer>(make, folder_->file("state.pt")));
    }

    void learnsSomething()
    {
        const auto trainer = makeTrainer(*folder_);
        const auto untrained = makeTrainer(*folder_);

        for (int i = 0; i < 3; ++i)
            QVERIFY(std::isfinite(trainer->step().loss));

        QVERIFY(!sameWeights(*trainer->averaged(), *untrained->averaged()));
    }

    void sharpnessCountsWithNoiseOnly_data()
    {
        QTest::addColumn<double>("regressorShare");
        QTest::addColumn<bool>("counts");
        QTest::newRow("one step") << 1.0 << false;
        QTest::newRow("with noise") << 0.0 << true;
    }

    void sharpnessCountsWithNoiseOnly()
    {
        QFETCH(const double, regressorShare);
        QFETCH(const bool, counts);
        const auto firstLoss = [&](double weight) {
            auto options = tinyOptions();
            options.mixFrom = 0;
            options.regressorShare = regressorShare;
            options.gradientWeight = weight;
            return Trainer(options, folder_->photos()).step().loss;
        };

        QCOMPARE(firstLoss(1.0) > firstLoss(0.0), counts);
    }

    void beginsWithExportedWeights()
    {
        const auto file = folder_->file("weights.safetensors");
        const auto before = makeTrainer(*folder_);
        before->step();
        QVERIFY(networks::saveWeights(*before->averaged(), file, checkpoint::DType::F32, {}));

        const auto after = makeTrainer(*folder_);
        QVERIFY(after->beginFrom(file).has_value());

        QVERIFY(sameWeights(*before->averaged(), *after->averaged()));
        QCOMPARE(after->stepsDone(), std::int64_t{0});
    }

    void beginsWithWeightsThatCarryAGate()
    {
        const auto file = folder_->file("weights.safetensors");
        const auto before = makeTrainer(*folder_);
        before->step();
        QVERIFY(networks::saveWeights(*before->averaged(), file, checkpoint::DType::F32, {}));
        QVERIFY(
            networks::writeWithGate(*checkpoint::SafetensorsFile::open(file), randomGate(), file));

        const auto after = makeTrainer(*folder_);
        const auto begun = after->beginFrom(file);

        QVERIFY2(begun.has_value(), begun ? "" : begun.error().detail.c_str());
        QVERIFY(sameWeights(*before->averaged(), *after->averaged()));
    }

    void refusesWeightsOfAnotherSize()
    {
        const auto file = folder_->file("weights.safetensors");
        networks::IcdpmUnetConfig wider = tinyOptions().network;
        wider.channels = {8, 8, 8, 16};
        const networks::MsgModel other(wider);
        QVERIFY(networks::saveWeights(*other, file, checkpoint::DType::F32, {}));

        const auto begun = makeTrainer(*folder_)->beginFrom(file);

        QVERIFY(!begun.has_value());
        QCOMPARE(begun.error().code, ErrorCode::ModelMismatch);
    }

    void refusesAStateOfAnotherSize()
    {
        const auto state = folder_->file("state.pt");
        auto options = tinyOptions();
        options.network.guidanceChannels = 8;
        Trainer other(options, folder_->photos());
        QVERIFY(other.save(state).has_value());
        networks::MsgModel exported(tinyOptions().network);
        Optimization::Extras none;

        for (const auto& loaded :
             {makeTrainer(*folder_)->load(state), loadAverage(*exported, state, none)}) {
            QVERIFY(!loaded.has_value());
            QCOMPARE(loaded.error().code, ErrorCode::ModelMismatch);
            QCOMPARE(loaded.error().path, state);
            QVERIFY(loaded.error().detail.find("--size") != std::string::npos);
        }
    }

    void refusesADamagedState()
    {
        const auto state = folder_->file("state.pt");
        QFile file(QString::fromStdString(state.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a state");
        file.close();

        const auto loaded = makeTrainer(*folder_)->load(state);

        QVERIFY(!loaded.has_value());
        QCOMPARE(loaded.error().code, ErrorCode::DamagedFile);
        QVERIFY2(loaded.error().detail.find("frame #") == std::string::npos,
                 "not for people: addresses of frames");
    }

    void aStateIsNotReplacedByWeightsThatAreNoLongerFinite()
    {
        const auto state = folder_->file("state.pt");
        QVERIFY(makeTrainer(*folder_)->save(state));
        auto options = tinyOptions();
        options.learningRate = options.kernelRate = 1e30;
        Trainer wild(options, folder_->photos());
        learn(wild, 1);

        const auto saved = wild.save(state);

        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::InvalidRequest);
        QVERIFY(makeTrainer(*folder_)->load(state));
    }

    void saysThatThereIsNoState()
    {
        const auto nowhere = folder_->file("nowhere/state.pt");

        const auto loaded = makeTrainer(*folder_)->load(nowhere);

        QVERIFY(!loaded.has_value());
        QCOMPARE(loaded.error().code, ErrorCode::FileNotFound);
        QCOMPARE(loaded.error().path, nowhere);
    }

    void heldApartPhotographsStayApart()
    {
        const auto learned = PhotoCache::open(folder_->cache(), {"one.jpg"}, /*exclude=*/true);

        QVERIFY(!learned.has_value());
        QCOMPARE(learned.error().code, ErrorCode::InvalidRequest);
    }

private:
    std::optional<PhotoFolder> folder_;
};

QTEST_APPLESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
