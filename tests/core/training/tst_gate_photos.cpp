// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_photos.h"
#include "tests/core/training/training_samples.h"

#include <QtTest/QtTest>

#include <map>

using namespace limpid;
using namespace limpid::training;

namespace {

constexpr int manyPhotos = 300;

/// What the photographs of a kind are, over all that were drawn.
struct Seen {
    int photos = 0;
    int rightAsTheyAre = 0;
    double error = 0.0; ///< Mean square.
};

std::map<GateLesson, Seen> seenIn(const PhotoCache& photos)
{
    std::map<GateLesson, Seen> all;
    for (std::uint64_t number = 0; number < manyPhotos; ++number) {
        Dice dice(3, number);
        const auto photo = drawGatePhoto(photos, dice, 32, {});
        auto& seen = all[photo.kind];
        ++seen.photos;
        seen.rightAsTheyAre += torch::equal(photo.sharp, photo.blurred) ? 1 : 0;
        seen.error += (photo.sharp - photo.blurred).square().mean().item<double>();
    }
    for (auto& [kind, seen] : all)
        seen.error /= seen.photos;
    return all;
}

} // namespace

class TestGatePhotos : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsEachKindAsOftenAsPromised();
    void anUntouchedOneHasNothingToRestoreButNoise();
    void dependsOnTheDiceAlone();

private:
    tests::PhotoFolder folder_;
    std::map<GateLesson, Seen> seen_ = seenIn(folder_.photos());
};

void TestGatePhotos::showsEachKindAsOftenAsPromised()
{
    const auto share = [this](GateLesson kind) {
        return seen_.at(kind).photos / static_cast<double>(manyPhotos);
    };
    QVERIFY(std::abs(share(GateLesson::Blurred) - 0.5) < 0.09);
    QVERIFY(std::abs(share(GateLesson::Noisy) - 0.15) < 0.07);
    QVERIFY(std::abs(share(GateLesson::Untouched) - 0.3) < 0.08);
}

void TestGatePhotos::anUntouchedOneHasNothingToRestoreButNoise()
{
    const auto& untouched = seen_.at(GateLesson::Untouched);
    const auto& blurred = seen_.at(GateLesson::Blurred);

    // Two thirds were not touched, and half of the others are clean.
    QVERIFY(untouched.rightAsTheyAre > 0.7 * untouched.photos);
    QVERIFY(untouched.rightAsTheyAre < untouched.photos);
    QVERIFY(untouched.error < 0.05 * blurred.error);
    QCOMPARE(blurred.rightAsTheyAre, 0);
}

void TestGatePhotos::dependsOnTheDiceAlone()
{
    const auto photos = folder_.photos();
    for (std::uint64_t number = 0; number < 12; ++number) {
        Dice one(5, number);
        Dice other(5, number);
        const auto a = drawGatePhoto(photos, one, 32, {});
        const auto b = drawGatePhoto(photos, other, 32, {});

        QCOMPARE(a.kind, b.kind);
        QVERIFY(torch::equal(a.blurred, b.blurred) && torch::equal(a.sharp, b.sharp));
        QVERIFY(torch::equal(a.scene, b.scene));
    }
}

QTEST_APPLESS_MAIN(TestGatePhotos)
#include "tst_gate_photos.moc"
