// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"

#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

using namespace limpid;
using namespace limpid::tests;
using image::ExportLoss;
using image::ExportOptions;
using image::FileFormat;
using image::Photo;
using image::Raster;
using image::SampleDepth;

namespace {

bool losesAlpha(const Photo& photo, const ExportOptions& options)
{
    const auto losses = image::foreseeLosses(photo, options);
    return std::ranges::find(losses, ExportLoss::Alpha) != losses.end();
}

constexpr int absent = -1;

/// How the directory entry of ExtraSamples begins in a file of ours: one SHORT.
constexpr std::array<std::uint8_t, 8> extraSamplesEntry{0x52, 0x01, 3, 0, 1, 0, 0, 0};

/// The place of its value; none when the file has no such entry.
std::optional<std::size_t> extraSamplesPosition(const Bytes& tiff)
{
    const auto found = std::ranges::search(tiff, extraSamplesEntry);
    return found.empty() ? std::nullopt
                         : std::optional(static_cast<std::size_t>(found.end() - tiff.begin()));
}

std::vector<int> samplesOf(const Raster& raster)
{
    std::vector<int> samples;
    for (int x = 0; x < raster.size().width; ++x) {
        for (int channel = 0; channel < raster.channels(); ++channel)
            samples.push_back(raster.sample({x, 0}, channel));
    }
    return samples;
}

/// One row of RGBA.
Raster rgbaOf(const std::vector<int>& samples, SampleDepth depth)
{
    Bytes bytes;
    for (const int sample : samples) {
        const auto value = static_cast<std::uint16_t>(sample);
        const auto* raw = reinterpret_cast<const std::uint8_t*>(&value); // little-endian
        bytes.insert(bytes.end(), raw, raw + static_cast<int>(depth) / 8);
    }
    return {{static_cast<int>(samples.size() / 4), 1}, 4, depth, bytes};
}

} // namespace

/// The channel beside RGB in a TIFF file, which need not be straight alpha.
class TestFourthChannel : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void tiffKeepsWhatItsFourthChannelMeans_data();
    void tiffKeepsWhatItsFourthChannelMeans();
    void premultipliedColorsAreDividedForOtherFormats_data();
    void premultipliedColorsAreDividedForOtherFormats();
    void aFourthChannelThatIsNoAlphaStaysInTiff();

private:
    /// A TIFF file whose ExtraSamples has this value or is absent, opened.
    Photo photoWithFourthChannel(const Raster& rgba, int extraSamples)
    {
        Photo photo;
        photo.original = rgba;
        const ExportOptions options{.format = FileFormat::Tiff, .depth = rgba.depth()};
        if (!image::writePhoto(rgba, photo, file("source"), options))
            throw std::runtime_error("no TIFF to change");
        Bytes tiff = fileBytes(file("source"));
        const std::size_t position = extraSamplesPosition(tiff).value();
        if (tiff.at(position) != 2)
            throw std::runtime_error("new alpha is not written as straight");
        if (extraSamples == absent)
            tiff.at(position - extraSamplesEntry.size() + 1) = 0xFE; // a tag that nobody knows
        else
            tiff.at(position) = static_cast<std::uint8_t>(extraSamples);
        writeBytes(file("source"), tiff);
        return image::readPhoto(file("source")).value();
    }
};

void TestFourthChannel::tiffKeepsWhatItsFourthChannelMeans_data()
{
    QTest::addColumn<int>("extraSamples");
    QTest::addColumn<int>("written");
    QTest::newRow("absent") << absent << 2;
    QTest::newRow("unspecified") << 0 << 0;
    QTest::newRow("premultiplied alpha") << 1 << 1;
    QTest::newRow("straight alpha") << 2 << 2;
}

void TestFourthChannel::tiffKeepsWhatItsFourthChannelMeans()
{
    QFETCH(int, extraSamples);
    QFETCH(int, written);
    const Photo photo = photoWithFourthChannel(makeRaster({96, 64}, 4), extraSamples);
    const ExportOptions toTiff{.format = FileFormat::Tiff};

    QVERIFY(image::writePhoto(photo.original, photo, file("kept"), toTiff));

    const Bytes tiff = fileBytes(file("kept"));
    const auto position = extraSamplesPosition(tiff);
    QVERIFY(position);
    QCOMPARE(int{tiff[*position]}, written);
    const Photo kept = image::readPhoto(file("kept")).value();
    QVERIFY(std::ranges::equal(kept.original.bytes(), makeRaster({96, 64}, 4).bytes()));
    QVERIFY(!losesAlpha(photo, toTiff));
}

void TestFourthChannel::premultipliedColorsAreDividedForOtherFormats_data()
{
    QTest::addColumn<SampleDepth>("depth");
    QTest::addColumn<std::vector<int>>("premultiplied");
    QTest::addColumn<std::vector<int>>("straight");
    QTest::newRow("8 bit") << SampleDepth::U8
                           << std::vector{100, 50, 0, 200, 255, 10, 9, 128, 7, 8, 9, 0}
                           << std::vector{128, 64, 0, 200, 255, 20, 18, 128, 7, 8, 9, 0};
    QTest::newRow("16 bit") << SampleDepth::U16 << std::vector{30000, 65535, 0, 40000, 1, 2, 3, 0}
                            << std::vector{49151, 65535, 0, 40000, 1, 2, 3, 0};
}

void TestFourthChannel::premultipliedColorsAreDividedForOtherFormats()
{
    QFETCH(SampleDepth, depth);
    QFETCH(std::vector<int>, premultiplied);
    QFETCH(std::vector<int>, straight);
    const Photo photo = photoWithFourthChannel(rgbaOf(premultiplied, depth), 1);
    const ExportOptions toPng{.format = FileFormat::Png, .depth = depth};

    QVERIFY(image::writePhoto(photo.original, photo, file("png"), toPng));

    const auto png = image::readPhoto(file("png"));
    QVERIFY2(png, png ? "" : png.error().detail.c_str());
    QVERIFY(samplesOf(photo.original) == premultiplied);
    QVERIFY(samplesOf(png->original) == straight);
    QVERIFY(!losesAlpha(photo, toPng));
}

void TestFourthChannel::aFourthChannelThatIsNoAlphaStaysInTiff()
{
    const Photo photo =
        photoWithFourthChannel(rgbaOf({1, 2, 3, 0, 4, 5, 6, 255}, SampleDepth::U8), 0);

    QVERIFY(image::writePhoto(photo.original, photo, file("png"), {.format = FileFormat::Png}));

    const auto png = image::readPhoto(file("png"));
    QVERIFY2(png, png ? "" : png.error().detail.c_str());
    QCOMPARE(png->original.channels(), 3);
    QVERIFY(samplesOf(png->original) == (std::vector{1, 2, 3, 4, 5, 6}));
    QVERIFY(losesAlpha(photo, {.format = FileFormat::Png}));
}

QTEST_APPLESS_MAIN(TestFourthChannel)
#include "tst_fourth_channel.moc"
