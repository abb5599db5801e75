// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metrics.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace limpid;
using image::Image;

namespace {

Image noise(Size size, unsigned seed)
{
    std::mt19937 generator(seed);
    std::uniform_real_distribution<float> color(0.2F, 0.8F);
    std::vector<float> pixels(3 * static_cast<std::size_t>(size.area()));
    std::generate(pixels.begin(), pixels.end(), [&] { return color(generator); });
    return {size, std::move(pixels)};
}

Image shifted(const Image& image, float by)
{
    std::vector<float> pixels(image.pixels().begin(), image.pixels().end());
    for (float& value : pixels)
        value += by;
    return {image.size(), std::move(pixels)};
}

} // namespace

class TestMetrics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void psnrFollowsItsDefinition()
    {
        const Image a = noise({40, 30}, 1);

        QVERIFY(std::isinf(image::psnr(a, a)));
        QVERIFY(std::abs(image::psnr(a, shifted(a, 0.1F)) - 20.0) < 1e-3);
    }

    void ssimIsOneForEqualAndNearZeroForUnrelatedPictures()
    {
        const Image a = noise({64, 48}, 1);

        QVERIFY(std::abs(image::ssim(a, a) - 1.0) < 1e-9);
        QVERIFY(std::abs(image::ssim(a, noise({64, 48}, 2))) < 0.1);
    }

    void ssimOfAFlatShiftIsTheLuminanceTermAlone()
    {
        const Image flat({20, 20}, std::vector<float>(3 * 400, 0.5F));
        const double expected = (2 * 0.5 * 0.6 + 1e-4) / (0.5 * 0.5 + 0.6 * 0.6 + 1e-4);

        QVERIFY(std::abs(image::ssim(flat, shifted(flat, 0.1F)) - expected) < 1e-5);
    }

    void ssimWorksOnPicturesSmallerThanItsWindow()
    {
        const Image tiny = noise({3, 2}, 1);

        QVERIFY(std::abs(image::ssim(tiny, tiny) - 1.0) < 1e-9);
    }

    void gradientEnergyIsTheMeanSquaredStep()
    {
        std::vector<float> ramp;
        for (int y = 0; y < 5; ++y) {
            for (int x = 0; x < 6; ++x)
                ramp.insert(ramp.end(), 3, 0.1F * static_cast<float>(x));
        }

        QVERIFY(std::abs(image::gradientEnergy({{6, 5}, std::move(ramp)}) - 0.01) < 1e-6);
    }

    void croppingCopiesTheChosenPart()
    {
        const Image whole = noise({9, 7}, 3);

        const Image part = whole.cropped({2, 3, 4, 2});

        QCOMPARE(part.size().width, 4);
        QCOMPARE(part.row(1)[0], whole.row(4)[6]);
        QCOMPARE(part.row(0)[11], whole.row(3)[17]);
    }
};

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
