// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"
#include "core/networks/load_weights.h"
#include "core/training/trainer.h"

#include <QtTest/QtTest>

using namespace limpid;
using namespace limpid::training;

namespace {

std::filesystem::path inFolder(const QTemporaryDir& folder, const char* name)
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

std::filesystem::path writeCache(const QTemporaryDir& folder)
{
    torch::manual_seed(8);
    const auto coarse = torch::rand({1, 3, 20, 20});
    const auto photo = (torch::upsample_bilinear2d(coarse, {160, 160}, true)[0] * 255.0)
                           .to(torch::kUInt8)
                           .contiguous();
    const auto path = inFolder(folder, "photos.safetensors");
    const std::span bytes(static_cast<const std::byte*>(photo.data_ptr()),
                          static_cast<std::size_t>(photo.numel()));
    const auto written = checkpoint::writeSafetensors(
        path, {{"one.jpg", {checkpoint::DType::U8, {3, 160, 160}, bytes}}}, {});
    return written ? path : std::filesystem::path{};
}

TrainOptions tinyOptions()
{
    TrainOptions options;
    options.network.channels = {8, 8, 8, 8};
    options.network.embedding = 16;
    options.network.guidanceChannels = 4;
    options.batch = 2;
    options.crop = 32;
    options.warmup = 2;
    options.totalSteps = 20;
    options.mixFrom = 2;
    options.threads = 1;
    return options;
}

Trainer makeTrainer(const std::filesystem::path& cache)
{
    return Trainer(tinyOptions(), *PhotoCache::open(cache, {}, /*exclude=*/true));
}

bool sameWeights(networks::MsgModel& a, networks::MsgModel& b)
{
    const auto left = a->parameters();
    const auto right = b->parameters();
    for (std::size_t i = 0; i < left.size(); ++i)
        if (!torch::equal(left[i], right[i]))
            return false;
    return true;
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
        auto whole = makeTrainer(cache_);
        for (int i = 0; i < 6; ++i)
            whole.step();

        const auto state = inFolder(*folder_, "state.pt");
        for (int part = 0; part < 3; ++part) {
            auto trainer = makeTrainer(cache_);
            if (part > 0)
                QVERIFY(trainer.load(state).has_value());
            trainer.step();
            trainer.step();
            QVERIFY(trainer.save(state).has_value());
        }
        auto resumed = makeTrainer(cache_);
        QVERIFY(resumed.load(state).has_value());

        QCOMPARE(resumed.stepsDone(), std::int64_t{6});
        QVERIFY(sameWeights(whole.averaged(), resumed.averaged()));
    }

    void learnsSomething()
    {
        auto trainer = makeTrainer(cache_);
        auto untrained = makeTrainer(cache_);

        for (int i = 0; i < 3; ++i)
            QVERIFY(std::isfinite(trainer.step().loss));

        QVERIFY(!sameWeights(trainer.averaged(), untrained.averaged()));
    }

    void beginsWithExportedWeights()
    {
        const auto file = inFolder(*folder_, "weights.safetensors");
        auto before = makeTrainer(cache_);
        before.step();
        QVERIFY(networks::saveWeights(*before.averaged(), file, checkpoint::DType::F32, {}));

        auto after = makeTrainer(cache_);
        QVERIFY(after.beginFrom(file).has_value());

        QVERIFY(sameWeights(before.averaged(), after.averaged()));
        QCOMPARE(after.stepsDone(), std::int64_t{0});
    }

    void refusesWeightsOfAnotherSize()
    {
        const auto file = inFolder(*folder_, "weights.safetensors");
        networks::IcdpmUnetConfig wider = tinyOptions().network;
        wider.channels = {8, 8, 8, 16};
        const networks::MsgModel other(wider);
        QVERIFY(networks::saveWeights(*other, file, checkpoint::DType::F32, {}));

        const auto begun = makeTrainer(cache_).beginFrom(file);

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

        const auto loaded = makeTrainer(cache_).load(state);

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
