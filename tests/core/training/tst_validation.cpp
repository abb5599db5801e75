// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/validation.h"
#include "tests/core/training/training_samples.h"

#include <QtTest/QtTest>

#include <algorithm>

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

QTEST_APPLESS_MAIN(TestValidation)
#include "tst_validation.moc"
