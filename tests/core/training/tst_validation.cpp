// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/validation.h"
#include "tests/core/training/cache_file.h"
#include "tests/core/training/training_samples.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>

using namespace limpid;
using namespace limpid::training;

namespace {

constexpr std::int64_t side = 64;

torch::Tensor unchanged(const torch::Tensor& picture)
{
    return picture;
}

torch::Tensor smoothed(const torch::Tensor& picture)
{
    return torch::avg_pool2d(picture, 3, 1, 1, false, /*count_include_pad=*/false);
}

torch::Tensor inEightBits(const torch::Tensor& picture)
{
    return torch::round((picture.clamp(-1.0, 1.0) + 1.0) * 127.5) / 127.5 - 1.0;
}

/// In dB.
double gainOf(const torch::Tensor& output, const Pair& pair)
{
    const auto before = (pair.blurred - pair.sharp).pow(2).mean().item<double>();
    const auto after = (output - pair.sharp).pow(2).mean().item<double>();
    return 10.0 * std::log10(before / after);
}

ClassGain named(const std::vector<ClassGain>& gains, const std::string& beginning)
{
    return *std::find_if(gains.begin(), gains.end(),
                         [&](const ClassGain& gain) { return gain.name.rfind(beginning, 0) == 0; });
}

} // namespace

class TestValidation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNothingGainsNothing();
    void whatSmoothsHarmsThePicturesThatWereRight();
    void theTruthGainsMoreTheStrongerTheBlur();
    void theIntervalOfTwoPicturesIsStudents();
    void oneGainHasNoInterval();
    void picturesTooSmallToMeasureHaveNoFigures();

private:
    tests::PhotoFolder folder_;
};

void TestValidation::whatDoesNothingGainsNothing()
{
    const auto gains = measure(folder_.photos(), side, onBlurred(unchanged));

    for (const char* const blurred : {"mild", "moderate", "strong", "noise"}) {
        QVERIFY(named(gains, blurred).inputPsnr > 5.0);
        QVERIFY(std::abs(named(gains, blurred).gain) < 1e-3);
    }
    QVERIFY(named(gains, "sharp").outputPsnr > 99.0);
    QVERIFY(named(gains, "shallow focus").outputPsnr > 99.0);
}

void TestValidation::whatSmoothsHarmsThePicturesThatWereRight()
{
    const auto gains = measure(folder_.photos(), side, onBlurred(smoothed));

    QVERIFY(named(gains, "noise").gain < -3.0);
    QVERIFY(named(gains, "sharp").outputPsnr < 40.0);
    QVERIFY(named(gains, "shallow focus").outputPsnr < 50.0);
}

void TestValidation::theTruthGainsMoreTheStrongerTheBlur()
{
    const auto truth = [](const Pair& pair) {
        return pair.sharp;
    };
    const auto gains = measure(folder_.photos(), side, truth);

    QVERIFY(named(gains, "noise").gain > 10.0);
    QVERIFY(named(gains, "mild").gain > named(gains, "noise").gain);
    QVERIFY(named(gains, "strong").gain > named(gains, "mild").gain);
}

void TestValidation::theIntervalOfTwoPicturesIsStudents()
{
    const QTemporaryDir folder;
    const auto cache =
        tests::writeCache(folder.path().toStdString(), {{"a.jpg", 160}, {"b.jpg", 160}});
    const auto photos = *PhotoCache::open(cache, {}, /*exclude=*/true);
    std::vector<double> gains;
    const auto smooth = [&gains](const Pair& pair) {
        auto output = inEightBits(smoothed(pair.blurred));
        gains.push_back(gainOf(output, pair));
        return output;
    };

    const auto mild = named(measure(photos, side, smooth), "mild");

    // Of two values the standard error is half of what lies between them.
    const double half = 12.706 * std::abs(gains[1] - gains[0]) / 2.0;
    QVERIFY(half > 0.01);
    QVERIFY(std::abs(mild.halfInterval - half) < 0.01 * half + 1e-9);
}

void TestValidation::oneGainHasNoInterval()
{
    const auto gains = measure(folder_.photos(), side, onBlurred(smoothed));

    QVERIFY(std::isnan(named(gains, "mild").halfInterval));
    const auto table = QString::fromStdString(asMarkdown(gains));
    QVERIFY(table.contains(QStringLiteral("| mild (2–6 px) | 1 | ")));
    QVERIFY(!table.contains(QStringLiteral("±")));
    QVERIFY(!table.contains(QStringLiteral("nan")));
}

void TestValidation::picturesTooSmallToMeasureHaveNoFigures()
{
    const auto gains = measure(folder_.photos(), /*side=*/160, onBlurred(unchanged));

    const auto table = QString::fromStdString(asMarkdown(gains));

    QVERIFY(table.contains(QStringLiteral("| mild (2–6 px) | 0 | – | – | – | – |\n")));
    QVERIFY(table.contains(QStringLiteral("| sharp, untouched | 0 | – | – | – | – |\n")));
    QVERIFY(!table.contains(QStringLiteral("0.00")));
}

QTEST_APPLESS_MAIN(TestValidation)
#include "tst_validation.moc"
