// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_photos.h"
#include "core/training/shallow_focus.h"

#include <QtTest/QtTest>
#include <torch/utils.h>

#include <algorithm>

using namespace limpid::training;

namespace {

/// Squares of four pixels, with the margin of a blur.
torch::Tensor squares()
{
    torch::manual_seed(4);
    return torch::upsample_nearest2d(torch::rand({1, 3, 64, 64}), {256, 256});
}

torch::Tensor around(const torch::Tensor& picture, std::int64_t center)
{
    constexpr std::int64_t half = 8;
    return picture.slice(2, center - half, center + half).slice(3, center - half, center + half);
}

Degradation drawAt(std::uint64_t number)
{
    Dice dice(6, number);
    return drawShallowFocus(dice, {}, 0.0F, 0.0F);
}

bool isNoisy(const Degradation& degradation)
{
    return degradation.shotNoise > 0.0F || degradation.readNoise > 0.0F ||
           degradation.jpegQuality > 0;
}

} // namespace

class TestShallowFocus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSubjectIsSharpAndWhatIsAroundItSoft();
    void halfOfThemAreNoisy();
    void withoutNoiseTheLensIsTheSame();
    void lampsAreFarBrighterThanWhite();
};

void TestShallowFocus::theSubjectIsSharpAndWhatIsAroundItSoft()
{
    int looked = 0;
    for (std::uint64_t number = 0; number < 20; ++number) {
        auto degradation = withoutNoise(drawAt(number));
        if (degradation.first != identityPsf())
            continue; // something near the lens
        ++looked;
        degradation.lights.clear();
        const auto pair = degrade(squares(), {degradation});

        const double subject =
            steepness(around(pair.blurred, 96)) / steepness(around(pair.sharp, 96));
        const double corner = steepness(around(pair.blurred, 8)) / steepness(around(pair.sharp, 8));
        QVERIFY2(subject > 0.8, qPrintable(QString::number(subject)));
        QVERIFY2(corner < 0.6 * subject, qPrintable(QString::number(corner)));
    }
    QVERIFY(looked > 10);
}

void TestShallowFocus::halfOfThemAreNoisy()
{
    int noisy = 0;
    for (std::uint64_t number = 0; number < 400; ++number)
        noisy += isNoisy(drawAt(number)) ? 1 : 0;

    QVERIFY2(noisy > 140 && noisy < 260, qPrintable(QString::number(noisy)));
}

void TestShallowFocus::withoutNoiseTheLensIsTheSame()
{
    for (std::uint64_t number = 0; number < 20; ++number) {
        const auto taken = drawAt(number);
        const auto clean = withoutNoise(taken);

        QVERIFY(!isNoisy(clean));
        QVERIFY(clean.first == taken.first && clean.second == taken.second);
        QCOMPARE(clean.lights.size(), taken.lights.size());
        QCOMPARE(clean.exposure, taken.exposure);
    }
}

void TestShallowFocus::lampsAreFarBrighterThanWhite()
{
    int withLamps = 0;
    for (std::uint64_t number = 0; number < 200; ++number) {
        const auto taken = drawAt(number);
        withLamps += taken.lights.empty() ? 0 : 1;
        for (const auto& light : taken.lights)
            QVERIFY(*std::max_element(light.linear.begin(), light.linear.end()) > 2.0F);
    }

    QVERIFY2(withLamps > 80 && withLamps < 160, qPrintable(QString::number(withLamps)));
}

QTEST_APPLESS_MAIN(TestShallowFocus)
#include "tst_shallow_focus.moc"
