// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/gate_file.h"
#include "core/networks/load_weights.h"
#include "core/training/trainer.h"
#include "tests/core/training/training_samples.h"
#include "tests/support/make_gate.h"

#include <QtTest/QtTest>

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

std::unique_ptr<Trainer> makeTrainer(const std::filesystem::path& cache)
{
    return std::make_unique<Trainer>(tinyOptions(), *PhotoCache::open(cache, {}, /*exclude=*/true));
}

} // namespace

class TestTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        cache_ = writeCache(*folder_);
        QVERIFY(!cache_.empty());
    }

    void resumingTwiceGivesTheWeightsOfOneRun()
    {
        const auto make = [this] {
            return makeTrainer(cache_);
        };

        QVERIFY(resumesExactly<Trainer>(make, inFolder(*folder_, "state.pt")));
    }

    void learnsSomething()
    {
        const auto trainer = makeTrainer(cache_);
        const auto untrained = makeTrainer(cache_);

        for (int i = 0; i < 3; ++i)
            QVERIFY(std::isfinite(trainer->step().loss));

        QVERIFY(!sameWeights(*trainer->averaged(), *untrained->averaged()));
    }

    void beginsWithExportedWeights()
    {
        const auto file = inFolder(*folder_, "weights.safetensors");
        const auto before = makeTrainer(cache_);
        before->step();
        QVERIFY(networks::saveWeights(*before->averaged(), file, checkpoint::DType::F32, {}));

        const auto after = makeTrainer(cache_);
        QVERIFY(after->beginFrom(file).has_value());

        QVERIFY(sameWeights(*before->averaged(), *after->averaged()));
        QCOMPARE(after->stepsDone(), std::int64_t{0});
    }

    void beginsWithWeightsThatCarryAGate()
    {
        const auto file = inFolder(*folder_, "weights.safetensors");
        const auto before = makeTrainer(cache_);
        before->step();
        QVERIFY(networks::saveWeights(*before->averaged(), file, checkpoint::DType::F32, {}));
        QVERIFY(
            networks::writeWithGate(*checkpoint::SafetensorsFile::open(file), randomGate(), file));

        const auto after = makeTrainer(cache_);
        const auto begun = after->beginFrom(file);

        QVERIFY2(begun.has_value(), begun ? "" : begun.error().detail.c_str());
        QVERIFY(sameWeights(*before->averaged(), *after->averaged()));
    }

    void refusesWeightsOfAnotherSize()
    {
        const auto file = inFolder(*folder_, "weights.safetensors");
        networks::IcdpmUnetConfig wider = tinyOptions().network;
        wider.channels = {8, 8, 8, 16};
        const networks::MsgModel other(wider);
        QVERIFY(networks::saveWeights(*other, file, checkpoint::DType::F32, {}));

        const auto begun = makeTrainer(cache_)->beginFrom(file);

        QVERIFY(!begun.has_value());
        QCOMPARE(begun.error().code, ErrorCode::ModelMismatch);
    }

    void refusesADamagedState()
    {
        const auto state = inFolder(*folder_, "state.pt");
        QFile file(QString::fromStdString(state.string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a state");
        file.close();

        const auto loaded = makeTrainer(cache_)->load(state);

        QVERIFY(!loaded.has_value());
        QCOMPARE(loaded.error().code, ErrorCode::DamagedFile);
    }

    void heldApartPhotographsStayApart()
    {
        const auto learned = PhotoCache::open(cache_, {"one.jpg"}, /*exclude=*/true);

        QVERIFY(!learned.has_value());
        QCOMPARE(learned.error().code, ErrorCode::InvalidRequest);
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
    std::filesystem::path cache_;
};

QTEST_APPLESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
