// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/degradation.h"
#include "core/training/jpeg_loss.h"

#include <QtTest/QtTest>
#include <torch/utils.h>

#include <cmath>

using namespace limpid::training;

namespace {

torch::Tensor pictures(std::int64_t side)
{
    torch::manual_seed(1);
    const auto side2 = side + psfMargins;
    const auto coarse = torch::rand({1, 3, side2 / 8 + 1, side2 / 8 + 1});
    return torch::upsample_bilinear2d(coarse, {side2, side2}, true);
}

} // namespace

class TestDegradation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesTheUntouchedShareUntouched()
    {
        const auto pair = degrade(pictures(32), {Degradation()});

        QVERIFY((pair.blurred - pair.sharp).abs().max().item<double>() <= 1.001 / 255.0);
    }

    void aSpreadPointKeepsItsLight()
    {
        auto scene = torch::zeros({1, 3, 96, 96});
        scene.index_put_({0, torch::indexing::Slice(), 48, 48}, 0.9);
        Degradation degradation;
        degradation.first = degradation.second = defocusDisk(1.0);

        const auto pair = degrade(scene, {degradation});

        const auto toLinear = [](double v) {
            return std::pow((v + 0.055) / 1.055, 2.4);
        };
        const double center = (pair.blurred[0][0][16][16].item<double>() + 1.0) / 2.0;
        const double weight = defocusDisk(1.0)[psfRadius * psfSide + psfRadius];
        QVERIFY(std::abs(toLinear(center) - toLinear(0.9) * weight) < 0.01);
    }

    void doesNotShiftThePicture()
    {
        const auto scene = pictures(32);
        Degradation degradation;
        Dice dice(1, 2);
        degradation.first = degradation.second = psfOf(cameraShake(dice, 4.0));

        const auto pair = degrade(scene, {degradation});

        const auto error = [&](int dx) {
            return (pair.blurred.slice(3, 4, 28) - pair.sharp.slice(3, 4 + dx, 28 + dx))
                .abs()
                .mean()
                .item<double>();
        };
        QVERIFY(error(0) < error(1));
        QVERIFY(error(0) < error(-1));
    }

    void noiseHasTheVarianceAskedFor()
    {
        Degradation degradation;
        degradation.shotNoise = 1e-3F;
        degradation.readNoise = 0.01F;
        degradation.noiseSeed = 5;
        const double srgb = 0.735357; // 0.5 in linear light
        const auto scene = torch::full({1, 3, 320, 320}, srgb);

        const auto pair = degrade(scene, {degradation});

        const auto value = (pair.blurred.to(torch::kFloat64) + 1.0) / 2.0;
        const auto linear = ((value + 0.055) / 1.055).pow(2.4);
        QVERIFY(std::abs(linear.mean().item<double>() - 0.5) < 0.002);
        QVERIFY(std::abs(linear.var().item<double>() - (0.5 * 1e-3 + 1e-4)) < 3e-5);
    }

    void noiseOfAMosaicIsCalmerAndAlikeInNeighbors()
    {
        Degradation white;
        white.readNoise = 0.01F;
        white.noiseSeed = 5;
        auto mosaic = white;
        mosaic.bayerMosaic = true;
        const auto scene = torch::full({1, 3, 320, 320}, 0.735357);

        const auto noiseOf = [&](const Degradation& degradation) {
            const auto file = degrade(scene, {degradation}).blurred.to(torch::kFloat64);
            return file - file.mean();
        };
        const auto likeness = [](const torch::Tensor& noise) {
            const auto beside = noise.slice(3, 1) * noise.slice(3, 0, -1);
            return (beside.mean() / noise.square().mean()).item<double>();
        };
        const auto before = noiseOf(white);
        const auto after = noiseOf(mosaic);
        const auto shares = (after.square().mean({0, 2, 3}) / before.square().mean({0, 2, 3}));

        // Bilinear: sites keep 1 of the variance, means of two 1/2, means of four 1/4.
        QVERIFY(std::abs(shares[0].item<double>() - 0.5625) < 0.02);
        QVERIFY(std::abs(shares[1].item<double>() - 0.625) < 0.02);
        QVERIFY(std::abs(shares[2].item<double>() - 0.5625) < 0.02);
        QVERIFY(std::abs(likeness(before)) < 0.02);
        QVERIFY(likeness(after) > 0.3);
    }

    void aCameraSteepensEdgesButLeavesWhatIsFlat()
    {
        auto scene = torch::full({1, 3, 96, 96}, 0.3);
        scene.slice(3, 48).fill_(0.6);
        const Degradation plain{};
        auto sharpened = plain;
        sharpened.sharpening = 0.6F;

        const auto before = degrade(scene, {plain}).blurred;
        const auto after = degrade(scene, {sharpened}).blurred;

        // The edge is between columns 15 and 16 once the margin is off; a quarter of it is missing
        // on either side of a binomial blur.
        const double step = 0.3 * 2.0;
        const auto overshoot = [&](std::int64_t column) {
            return (after - before).select(3, column).mean().item<double>();
        };
        QVERIFY(std::abs(overshoot(16) - 0.6 * step / 4.0) < 2.0 / 255.0);
        QVERIFY(std::abs(overshoot(15) + 0.6 * step / 4.0) < 2.0 / 255.0);
        QCOMPARE(overshoot(20), 0.0);
    }

    void drawsTheShareFromACameraThatWasAskedFor()
    {
        const DegradationRanges ranges{.fromCamera = 0.4};
        int mosaics = 0;
        int sharpened = 0;
        int raw = 0;
        for (std::uint64_t i = 0; i < 2000; ++i) {
            Dice dice(3, i);
            const auto one = drawDegradation(dice, ranges, BlurClass::Mild);
            mosaics += one.bayerMosaic ? 1 : 0;
            sharpened += one.sharpening > 0.0F ? 1 : 0;
            raw += one.bayerMosaic && one.jpegQuality == 0 ? 1 : 0;
        }

        QVERIFY(std::abs(mosaics / 2000.0 - 0.4) < 0.04);
        QVERIFY(std::abs(sharpened / 2000.0 - 0.4 * 0.6) < 0.04);
        QCOMPARE(raw, 0);
    }

    void whatIsNotFromACameraIsDrawnAsWithoutOne()
    {
        int same = 0;
        for (std::uint64_t i = 0; i < 200; ++i) {
            Dice with(3, i);
            Dice without(3, i);
            const auto one = drawDegradation(with, {.fromCamera = 0.4}, BlurClass::Mild);
            const auto other = drawDegradation(without, {}, BlurClass::Mild);
            QVERIFY(one.first == other.first && one.noiseSeed == other.noiseSeed);
            same += one.shotNoise == other.shotNoise ? 1 : 0;
        }

        QVERIFY(same > 80 && same < 160);
    }

    void sharpPicturesAreNotSharpenedByACamera()
    {
        for (std::uint64_t i = 0; i < 200; ++i) {
            Dice dice(4, i);
            QCOMPARE(drawDegradation(dice, {.fromCamera = 1.0}, BlurClass::None).sharpening, 0.0F);
        }
    }

    void aLampIsDrawnAsADiskThatHasAllOfItsLight()
    {
        constexpr double radius = 6.0;
        Degradation degradation;
        degradation.first = degradation.second = defocusDisk(radius);
        const auto light = static_cast<float>(0.5 * M_PI * radius * radius);
        degradation.lights = {{.x = 0, .y = 0, .linear = {light, light, 0.0F}}};

        const auto pair = degrade(torch::zeros({1, 3, 97, 97}), {degradation});

        const auto value = (pair.blurred.to(torch::kFloat64) + 1.0) / 2.0;
        const auto linear = ((value + 0.055) / 1.055).pow(2.4);
        QVERIFY(std::abs(linear[0][0][16][16].item<double>() - 0.5) < 0.03);
        QVERIFY(std::abs(linear[0][1][16][16 + 4].item<double>() - 0.5) < 0.03);
        QCOMPARE(value[0][0][16][16 + 8].item<double>(), 0.0);
        QCOMPARE(value[0][2].max().item<double>(), 0.0);
    }

    void theTruthHasTheLamps()
    {
        Degradation degradation;
        degradation.lights = {{.x = 0, .y = 0, .linear = {40.0F, 40.0F, 40.0F}}};

        const auto sharp = degrade(torch::zeros({1, 3, 97, 97}), {degradation}).sharp;

        QVERIFY(std::abs(sharp[0][0][16][16].item<double>() - 1.0) < 1e-5);
        QCOMPARE((sharp > -0.99).sum().item<std::int64_t>(), 3);
    }

    void highlightsStreak()
    {
        auto scene = torch::full({1, 3, 96, 96}, 0.1);
        scene.slice(2, 46, 50).slice(3, 46, 50).fill_(1.0);
        Degradation plain;
        plain.first = plain.second = defocusDisk(6.0);
        auto bright = plain;
        bright.highlights = 8.0F;

        const auto dim = degrade(scene, {plain}).blurred.max().item<double>();
        const auto lit = degrade(scene, {bright}).blurred.max().item<double>();

        QVERIFY(lit > dim + 0.3);
    }

    void saturatedColorsDoNotStreak()
    {
        auto scene = torch::full({1, 3, 96, 96}, 0.1);
        scene.select(1, 0).slice(1, 46, 50).slice(2, 46, 50).fill_(1.0); // red, nothing else
        Degradation plain;
        plain.first = plain.second = defocusDisk(6.0);
        auto bright = plain;
        bright.highlights = 8.0F;

        QVERIFY(torch::equal(degrade(scene, {plain}).blurred, degrade(scene, {bright}).blurred));
    }

    void drawsTheUntouchedShareThatWasAskedFor()
    {
        int none = 0;
        for (std::uint64_t i = 0; i < 2000; ++i) {
            Dice dice(2, i);
            none += drawDegradation(dice, {}).first == identityPsf() ? 1 : 0;
        }

        QVERIFY2(std::abs(none / 2000.0 - 0.12) < 0.03, qPrintable(QString::number(none)));
    }

    void jpegLosesLittleAtHighQuality_data()
    {
        QTest::addColumn<int>("quality");
        QTest::addColumn<double>("leastPsnr");
        QTest::addColumn<double>("mostPsnr");
        QTest::newRow("best") << 100 << 42.0 << 99.0;
        QTest::newRow("poor") << 10 << 20.0 << 40.0;
    }
    void jpegLosesLittleAtHighQuality()
    {
        QFETCH(int, quality);
        QFETCH(double, leastPsnr);
        QFETCH(double, mostPsnr);
        const auto rgb = pictures(64).slice(2, 0, 64).slice(3, 0, 64);

        const auto error = (throughJpeg(rgb, {quality}, false) - rgb).pow(2).mean().item<double>();

        const double psnr = -10.0 * std::log10(error);
        QVERIFY2(psnr > leastPsnr && psnr < mostPsnr, qPrintable(QString::number(psnr)));
    }

    void happensToEachPictureOfABatchAsItDoesToOneAlone()
    {
        const auto scene = pictures(64);
        Dice dice(5, 0);
        std::vector<Degradation> all;
        for (int i = 0; i < 6; ++i) {
            auto one = drawDegradation(dice, {}, BlurClass::Mild);
            one.noiseSeed = dice.word();
            one.jpegQuality = i < 2 ? 0 : 60 + 7 * i;
            one.subsampleChroma = i % 2 == 1;
            all.push_back(one);
        }

        const auto together = degrade(scene.expand({6, -1, -1, -1}), all);

        for (std::int64_t i = 0; i < 6; ++i) {
            const auto alone = degrade(scene, {all[static_cast<std::size_t>(i)]});
            // An FFT of several may round otherwise and an eight-bit value fall to the other side.
            const auto differences = (together.blurred[i] - alone.blurred[0]).abs();
            QVERIFY((differences > 0.5 / 255.0).to(torch::kFloat32).mean().item<double>() < 0.01);
            QVERIFY(torch::allclose(together.sharp[i], alone.sharp[0]));
        }
        QVERIFY(!torch::allclose(together.blurred[2], together.blurred[4], 1e-3, 1e-3));
    }
};

QTEST_APPLESS_MAIN(TestDegradation)
#include "tst_degradation.moc"
