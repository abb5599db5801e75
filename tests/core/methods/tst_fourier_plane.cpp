// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/fourier_plane.h"

#include "core/methods/kernel_fit.h"

#include <QTest>
#include <torch/utils.h>

using namespace limpid;
using namespace limpid::methods;

namespace {

torch::Tensor noise(std::int64_t height, std::int64_t width)
{
    torch::manual_seed(5);
    return torch::rand({height, width});
}

torch::Tensor oneAt(std::int64_t y, std::int64_t x)
{
    auto kernel = torch::zeros({7, 7});
    kernel[y][x] = 1.0;
    return kernel;
}

} // namespace

class TestFourierPlane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spectraComeBackAsPictures();
    void aKernelMovesAPictureByItsPlace();
    void aCenteredKernelDoesNot();
    void aCenteredKernelStaysBetweenPixels();
    void slopeEnergyIsThatOfTheSlopes();
    void theWindowFadesTheSidesAlone();
};

void TestFourierPlane::spectraComeBackAsPictures()
{
    for (const Size size : {Size{32, 24}, Size{30, 22}}) {
        const FourierPlane plane(size, {2, 2}, torch::kCPU);
        const auto picture = noise(size.height, size.width);
        QVERIFY(torch::allclose(plane.picture(plane.spectrum(picture)), picture, 0, 1e-5));
    }
}

void TestFourierPlane::aKernelMovesAPictureByItsPlace()
{
    const FourierPlane plane({32, 24}, {4, 3}, torch::kCPU);
    const auto picture = noise(24, 32);

    const auto moved =
        plane.picture(plane.spectrum(picture) * plane.spectrumOf(oneAt(3 + 1, 3 - 2)));

    QVERIFY(torch::allclose(moved, torch::roll(picture, {1, -2}, {0, 1}), 0, 1e-5));
}

void TestFourierPlane::aCenteredKernelDoesNot()
{
    const FourierPlane plane({32, 24}, {4, 3}, torch::kCPU);
    const auto picture = noise(24, 32);

    const auto same =
        plane.picture(plane.spectrum(picture) * plane.centeredSpectrumOf(oneAt(6, 1)));

    QVERIFY(torch::allclose(same, picture, 0, 1e-4));
}

void TestFourierPlane::aCenteredKernelStaysBetweenPixels()
{
    const FourierPlane plane({32, 24}, {4, 3}, torch::kCPU);
    const auto two = 0.5 * (oneAt(3, 5) + oneAt(3, 6)); // their centroid lies between two pixels

    const auto spectrum = plane.centeredSpectrumOf(two);

    QVERIFY(torch::imag(spectrum.slice(1, 0, 16)).abs().max().item<float>() < 1e-5F);
}

void TestFourierPlane::slopeEnergyIsThatOfTheSlopes()
{
    const FourierPlane plane({32, 24}, {4, 3}, torch::kCPU);
    const auto picture = noise(24, 32);
    auto expected = torch::zeros_like(plane.slopeEnergy());
    for (const auto& slope : slopesOf(picture))
        expected += plane.spectrum(slope).abs().square();

    const auto energy = plane.spectrum(picture).abs().square() * plane.slopeEnergy();

    QVERIFY(torch::allclose(energy, expected, 1e-3, 1e-2));
}

void TestFourierPlane::theWindowFadesTheSidesAlone()
{
    const FourierPlane plane({64, 32}, {8, 4}, torch::kCPU);
    const auto& window = plane.window();

    QCOMPARE(window.slice(0, 4, 28).slice(1, 8, 56).min().item<float>(), 1.0F);
    QVERIFY(window[0].max().item<float>() < 0.05F);
    QVERIFY(window.select(1, 0).max().item<float>() < 0.05F);
    QVERIFY(torch::allclose(window, window.flip({0, 1})));
}

QTEST_APPLESS_MAIN(TestFourierPlane)
#include "tst_fourier_plane.moc"
