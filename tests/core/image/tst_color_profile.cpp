// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/color_profile.h"

#include "tests/support/make_photo.h"

#include <QTest>

#include <cmath>

using namespace limpid;
using namespace limpid::tests;
using image::ColorProfile;
using image::Image;
using image::Raster;
using image::SampleDepth;

namespace {

/// The largest difference, in 16-bit steps, between a raster's colors and what comes back after a
/// trip to the working space.
double roundTripError(const Bytes& icc, const Raster& raster)
{
    const ColorProfile profile = ColorProfile::fromIcc(icc, raster.channels());
    const Image working = profile.toWorking(raster);
    const int colors = raster.channels() >= 3 ? 3 : 1;
    std::vector<float> row(static_cast<std::size_t>(raster.size().width * colors));
    double worst = 0.0;
    for (int y = 0; y < raster.size().height; ++y) {
        profile.fromWorking(working.row(y), row);
        for (int i = 0; i < raster.size().width * colors; ++i) {
            const int sample = raster.sample({i / colors, y}, i % colors);
            const double back = double(row[static_cast<std::size_t>(i)]) * 65535.0;
            worst = std::max(worst, std::abs(back - sample));
        }
    }
    return worst;
}

Raster onePixel(std::uint8_t r, std::uint8_t g, std::uint8_t b)
{
    return {{1, 1}, 3, SampleDepth::U8, {r, g, b}};
}

} // namespace

class TestColorProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noProfileMeansExactFractions()
    {
        const Raster raster = makeRaster({17, 5});

        const Image working = ColorProfile::fromIcc({}, 3).toWorking(raster);

        for (int x = 0; x < 17; ++x)
            QCOMPARE(working.row(2)[std::size_t(3 * x)], float(raster.sample({x, 2}, 0)) / 255.0F);
    }

    void grayBecomesThreeEqualChannels()
    {
        const Image working = ColorProfile::fromIcc({}, 2).toWorking(makeRaster({8, 4}, 2));

        QCOMPARE(working.row(1)[3], working.row(1)[4]);
        QCOMPARE(working.row(1)[3], working.row(1)[5]);
    }

    void roundTripIsExactTo16Bits_data()
    {
        QTest::addColumn<Bytes>("icc");
        QTest::addColumn<int>("channels");
        QTest::newRow("no profile, RGB") << Bytes() << 3;
        QTest::newRow("no profile, gray") << Bytes() << 1;
        QTest::newRow("Display P3") << displayP3Profile() << 3;
        QTest::newRow("Display P3 with alpha") << displayP3Profile() << 4;
        QTest::newRow("gray gamma 1.8") << grayProfile() << 1;
        QTest::newRow("broken profile") << Bytes(500, 7) << 3;
        QTest::newRow("gray profile on RGB") << grayProfile() << 3;
    }

    void roundTripIsExactTo16Bits()
    {
        QFETCH(Bytes, icc);
        QFETCH(int, channels);
        const Raster raster = makeRaster({64, 48}, channels, SampleDepth::U16);

        const double error = roundTripError(icc, raster);

        QVERIFY2(error < 0.5, qPrintable(QString::number(error)));
    }

    void wideColorsAreKeptOutsideTheNominalRange()
    {
        const ColorProfile profile = ColorProfile::fromIcc(displayP3Profile(), 3);

        const Image working = profile.toWorking(onePixel(0, 255, 0));
        std::vector<float> back(3);
        profile.fromWorking(working.row(0), back);

        // P3's green in sRGB, extended: about (−0.511, 1.018, −0.311).
        QVERIFY(std::abs(working.row(0)[0] + 0.511F) < 0.01F);
        QVERIFY(std::abs(working.row(0)[1] - 1.018F) < 0.01F);
        QVERIFY(std::abs(back[0]) < 1e-4F && std::abs(back[1] - 1.0F) < 1e-4F);
    }

    void bigPicturesTakeTheSameColorsAsSmallOnes_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<SampleDepth>("depth");
        QTest::newRow("RGB 8") << 3 << SampleDepth::U8;
        QTest::newRow("RGB 16") << 3 << SampleDepth::U16;
        QTest::newRow("RGBA 16") << 4 << SampleDepth::U16;
    }

    void bigPicturesTakeTheSameColorsAsSmallOnes()
    {
        QFETCH(int, channels);
        QFETCH(SampleDepth, depth);
        const ColorProfile profile = ColorProfile::fromIcc(displayP3Profile(), channels);
        const Raster big = makeRaster({1200, 900}, channels, depth);
        const auto firstRows = big.bytes().first(40 * big.bytesPerRow());
        const Raster small({1200, 40}, channels, depth, Bytes(firstRows.begin(), firstRows.end()));

        const Image fast = profile.toWorking(big);
        const Image exact = profile.toWorking(small);

        float worst = 0.0F;
        for (std::size_t i = 0; i < exact.pixels().size(); ++i)
            worst = std::max(worst, std::abs(exact.pixels()[i] - fast.pixels()[i]));
        QVERIFY2(worst < 2e-6F, qPrintable(QString::number(double(worst))));
    }

    void whiteStaysWhite()
    {
        const ColorProfile profile = ColorProfile::fromIcc(displayP3Profile(), 3);

        const Image working = profile.toWorking(onePixel(255, 255, 255));

        for (const float value : working.row(0))
            QVERIFY(std::abs(value - 1.0F) < 1e-3F);
    }

    void brokenProfileIsTakenAsSrgb()
    {
        Bytes icc = displayP3Profile();
        icc.resize(200);

        const Image working = ColorProfile::fromIcc(icc, 3).toWorking(onePixel(0, 51, 255));

        QCOMPARE(working.row(0)[1], 51.0F / 255.0F);
    }

    void writtenSamplesStayInRange()
    {
        const std::vector<float> wild{-0.5F, 1.5F, 0.25F};
        std::vector<float> samples(3);

        ColorProfile::fromIcc({}, 3).fromWorking(wild, samples);

        QCOMPARE(samples, (std::vector<float>{0.0F, 1.0F, 0.25F}));
    }
};

QTEST_APPLESS_MAIN(TestColorProfile)
#include "tst_color_profile.moc"
