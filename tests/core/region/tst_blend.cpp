// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/color_profile.h"
#include "core/image/photo_reader.h"
#include "core/region/blend.h"
#include "core/region/region.h"

#include <QColorSpace>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <random>

using namespace limpid;
using image::Image;
using image::Photo;
using image::Raster;
using image::SampleDepth;
using region::Layer;
using region::Mask;
using region::Patch;
using region::Region;

class TestBlend : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsPixelsOutsideTheMask_data() { regions(); }
    void keepsPixelsOutsideTheMask();
    void mixesByCoverageAndStrength();
    void takesThePatchExactlyWhereTheMaskIsFull();
    void laysOneOverTheOther();
    void keepsWhatLiesBetweenTwoLayers();
    void farRegionsStaySmall();
    void keepsEverySampleOutsideTheMask_data();
    void keepsEverySampleOutsideTheMask();
    void keepsEverySampleOfAnUnchangedPatch();
    void keepsEverySampleAtStrengthZero();
    void keepsAlphaInsideTheMask();
    void addsTheChangeRoundedToNearest();
    void clampsToTheDepth();
    void changesAWideColorSpaceByItsOwnSamples();

private:
    static void regions();
};

namespace {

constexpr Size picture{61, 47};

Raster randomRaster(int channels, SampleDepth depth)
{
    std::mt19937 generator(5);
    const std::size_t sampleBytes = depth == SampleDepth::U16 ? 2 : 1;
    std::vector<std::uint8_t> bytes(std::size_t(picture.area()) * std::size_t(channels) *
                                    sampleBytes);
    for (std::uint8_t& byte : bytes)
        byte = std::uint8_t(generator());
    return Raster(picture, channels, depth, std::move(bytes));
}

/// A photo without a profile, so in sRGB.
Photo photoOf(const Raster& raster)
{
    Photo photo;
    photo.original = raster;
    photo.image = image::ColorProfile::fromIcc({}, raster.channels()).toWorking(raster);
    return photo;
}

/// A 16-bit RGBA photo in Adobe RGB, through a real file.
Photo wideGamutPhoto(const QTemporaryDir& folder)
{
    QImage picture16(picture.width, picture.height, QImage::Format_RGBA64);
    std::mt19937 generator(6);
    std::uniform_int_distribution<int> sample(0, 65535);
    for (int y = 0; y < picture.height; ++y) {
        auto* row = reinterpret_cast<QRgba64*>(picture16.scanLine(y));
        for (int x = 0; x < picture.width; ++x)
            row[x] = qRgba64(quint16(sample(generator)), quint16(sample(generator)),
                             quint16(sample(generator)), quint16(sample(generator)));
    }
    picture16.setColorSpace(QColorSpace(QColorSpace::AdobeRgb));
    const QString path = folder.filePath(QStringLiteral("wide.png"));
    picture16.save(path);
    return image::readPhoto(path.toStdString()).value();
}

/// The whole picture, turned into its negative.
Patch negativeOf(const Image& original)
{
    std::vector<float> pixels(original.pixels().begin(), original.pixels().end());
    for (float& value : pixels)
        value = 1.0F - value;
    return {.area = wholeOf(original.size()), .pixels = Image(original.size(), std::move(pixels))};
}

Layer layer(const Patch& patch, const Mask& mask)
{
    return {patch, std::make_shared<const Mask>(mask)};
}

Patch plain(const Rect& area, float value)
{
    return {area,
            Image(area.size(), std::vector<float>(std::size_t(area.size().area()) * 3, value))};
}

float valueAt(const Patch& patch, Point point, int channel)
{
    return patch.pixels.row(point.y -
                            patch.area.y)[std::size_t((point.x - patch.area.x) * 3 + channel)];
}

std::vector<float> reds(const Patch& patch)
{
    std::vector<float> result;
    for (std::size_t i = 0; i < patch.pixels.pixels().size(); i += 3)
        result.push_back(patch.pixels.pixels()[i]);
    return result;
}

/// Calls with each position and channel of the picture.
template<class F>
void forEachSample(int channels, const F& use)
{
    for (int i = 0; i < picture.area() * channels; ++i) {
        const int pixel = i / channels;
        use(Point{pixel % picture.width, pixel / picture.width}, i % channels);
    }
}

int differences(const Raster& a, const Raster& b, const Mask& whereNone)
{
    int count = 0;
    forEachSample(a.channels(), [&](Point point, int channel) {
        if (whereNone.at(point) == 0.0F)
            count += a.sample(point, channel) != b.sample(point, channel) ? 1 : 0;
    });
    return count;
}

} // namespace

void TestBlend::regions()
{
    QTest::addColumn<Region>("region");
    QTest::newRow("hard edge") << Region{{10, 10, 20, 20}, 0};
    QTest::newRow("feathered") << Region{{10, 10, 20, 20}, 6};
    QTest::newRow("at the border") << Region{{0, 0, 8, 47}, 6};
    QTest::newRow("bottom right") << Region{{60, 46, 1, 1}, 3};
}

void TestBlend::keepsPixelsOutsideTheMask()
{
    QFETCH(Region, region);
    const Photo photo = photoOf(randomRaster(3, SampleDepth::U16));
    const Mask mask = region::rasterize(region, picture);

    const Patch result = region::blended(photo.image, {layer(negativeOf(photo.image), mask)}, 1.0F,
                                         wholeOf(picture));

    int changed = 0;
    forEachSample(3, [&](Point point, int channel) {
        const bool same = valueAt(result, point, channel) ==
                          photo.image.row(point.y)[std::size_t(point.x * 3 + channel)];
        changed += same ? 0 : 1;
        QVERIFY(same || mask.at(point) > 0.0F);
    });
    QVERIFY(changed > 0);
}

void TestBlend::mixesByCoverageAndStrength()
{
    const Image black({3, 1}, std::vector<float>(9, 0.0F));
    const Patch white{.area = {0, 0, 3, 1}, .pixels = Image({3, 1}, std::vector<float>(9, 1.0F))};
    const Mask mask{.bounds = {0, 0, 3, 1}, .coverage = {0.0F, 0.5F, 1.0F}};

    const Image result = region::blended(black, {layer(white, mask)}, 0.5F, {0, 0, 3, 1}).pixels;

    QCOMPARE(result.row(0)[0], 0.0F);
    QCOMPARE(result.row(0)[3], 0.25F);
    QCOMPARE(result.row(0)[6], 0.5F);
}

void TestBlend::takesThePatchExactlyWhereTheMaskIsFull()
{
    const Photo photo = photoOf(randomRaster(3, SampleDepth::U8));
    const Rect area{5, 6, 20, 21};
    const Patch patch{.area = area, .pixels = negativeOf(photo.image).pixels.cropped(area)};
    const Mask mask = region::rasterize({.rect = area, .featherPixels = 0}, picture);

    const Patch result = region::blended(photo.image, {layer(patch, mask)}, 1.0F, area);

    QVERIFY(std::ranges::equal(result.pixels.pixels(), patch.pixels.pixels()));
}

void TestBlend::laysOneOverTheOther()
{
    const Image black({4, 1}, std::vector<float>(12, 0.0F));
    const Layer left = layer(plain({0, 0, 3, 1}, 0.5F), {{0, 0, 3, 1}, {1.0F, 1.0F, 1.0F}});
    const Layer right = layer(plain({1, 0, 2, 1}, 1.0F), {{1, 0, 2, 1}, {0.5F, 1.0F}});

    const Patch full = region::blended(black, {left, right}, 1.0F, {0, 0, 4, 1});
    const Patch half = region::blended(black, {left, right}, 0.5F, {0, 0, 4, 1});

    QCOMPARE(reds(full), (std::vector<float>{0.5F, 0.75F, 1.0F, 0.0F}));
    QCOMPARE(reds(half), (std::vector<float>{0.25F, 0.4375F, 0.625F, 0.0F}));
}

void TestBlend::keepsWhatLiesBetweenTwoLayers()
{
    const Photo photo = photoOf(randomRaster(3, SampleDepth::U16));
    const Rect above{2, 3, 10, 9};
    const Rect below{40, 30, 12, 10};
    const Patch negative = negativeOf(photo.image);
    const std::vector<Layer> layers{
        {{above, negative.pixels.cropped(above)}, nullptr},
        {{below, negative.pixels.cropped(below)}, nullptr},
    };

    const Raster result = region::compositeSamples(photo, layers, 1.0F);

    forEachSample(3, [&](Point point, int channel) {
        const bool inside = above.contains(point) || below.contains(point);
        const int sample = photo.original.sample(point, channel);
        const int wanted = inside ? 65535 - sample : sample;
        QVERIFY(std::abs(result.sample(point, channel) - wanted) <= (inside ? 1 : 0));
    });
}

void TestBlend::farRegionsStaySmall()
{
    const Layer left{plain({2, 3, 10, 9}, 0.5F), nullptr};
    const Layer right{plain({40, 30, 12, 10}, 0.5F), nullptr};
    const Layer beyond{plain({50, 35, 40, 40}, 0.5F), nullptr}; // over the border, too
    const Layer nowhere{plain({40, 30, 12, 10}, 0.5F),
                        std::make_shared<const Mask>(Mask{{0, 0, 5, 5}, std::vector<float>(25)})};

    QCOMPARE(region::touchedAreas({left, right}, picture),
             (std::vector<Rect>{left.patch.area, right.patch.area}));
    QCOMPARE(region::touchedAreas({right, left, beyond}, picture),
             (std::vector<Rect>{left.patch.area, {40, 30, 21, 17}}));
    QVERIFY(region::touchedAreas({nowhere}, picture).empty());
}

void TestBlend::keepsEverySampleOutsideTheMask_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<SampleDepth>("depth");
    QTest::newRow("gray 8") << 1 << SampleDepth::U8;
    QTest::newRow("gray and alpha 16") << 2 << SampleDepth::U16;
    QTest::newRow("RGB 8") << 3 << SampleDepth::U8;
    QTest::newRow("RGB 16") << 3 << SampleDepth::U16;
    QTest::newRow("RGBA 16") << 4 << SampleDepth::U16;
}

void TestBlend::keepsEverySampleOutsideTheMask()
{
    QFETCH(int, channels);
    QFETCH(SampleDepth, depth);
    const Photo photo = photoOf(randomRaster(channels, depth));
    const Mask mask = region::rasterize({.rect = {9, 8, 30, 20}, .featherPixels = 5}, picture);

    const Raster result =
        region::compositeSamples(photo, {layer(negativeOf(photo.image), mask)}, 0.85F);

    QCOMPARE(result.channels(), channels);
    QCOMPARE(result.depth(), depth);
    QCOMPARE(differences(result, photo.original, mask), 0);
    QVERIFY(differences(result, photo.original, {}) > 100);
}

void TestBlend::keepsEverySampleOfAnUnchangedPatch()
{
    const Photo photo = photoOf(randomRaster(4, SampleDepth::U16));
    const Patch same{.area = wholeOf(picture), .pixels = photo.image};
    const Mask mask = region::rasterize({.rect = wholeOf(picture), .featherPixels = 0}, picture);

    const Raster result = region::compositeSamples(photo, {layer(same, mask)}, 1.0F);

    QVERIFY(std::ranges::equal(result.bytes(), photo.original.bytes()));
}

void TestBlend::keepsEverySampleAtStrengthZero()
{
    const Photo photo = photoOf(randomRaster(3, SampleDepth::U16));
    const Mask mask = region::rasterize({.rect = wholeOf(picture), .featherPixels = 0}, picture);

    const Raster result =
        region::compositeSamples(photo, {layer(negativeOf(photo.image), mask)}, 0.0F);

    QVERIFY(std::ranges::equal(result.bytes(), photo.original.bytes()));
}

void TestBlend::keepsAlphaInsideTheMask()
{
    const Photo photo = photoOf(randomRaster(4, SampleDepth::U16));
    const Mask mask = region::rasterize({.rect = wholeOf(picture), .featherPixels = 0}, picture);

    const Raster result =
        region::compositeSamples(photo, {layer(negativeOf(photo.image), mask)}, 1.0F);

    forEachSample(1, [&](Point point, int) {
        QCOMPARE(result.sample(point, 3), photo.original.sample(point, 3));
    });
}

void TestBlend::addsTheChangeRoundedToNearest()
{
    const Photo photo = photoOf(randomRaster(3, SampleDepth::U16));
    const Mask mask = region::rasterize({.rect = wholeOf(picture), .featherPixels = 0}, picture);

    const Raster result =
        region::compositeSamples(photo, {layer(negativeOf(photo.image), mask)}, 1.0F);

    forEachSample(3, [&](Point point, int channel) {
        const int negative = 65535 - photo.original.sample(point, channel);
        QVERIFY(std::abs(result.sample(point, channel) - negative) <= 1);
    });
}

void TestBlend::clampsToTheDepth()
{
    const Photo photo = photoOf(randomRaster(3, SampleDepth::U8));
    std::vector<float> pixels(photo.image.pixels().size(), 4.0F);
    const Patch glare{.area = wholeOf(picture), .pixels = Image(picture, std::move(pixels))};
    const Mask mask = region::rasterize({.rect = wholeOf(picture), .featherPixels = 0}, picture);

    const Raster result = region::compositeSamples(photo, {layer(glare, mask)}, 1.0F);

    forEachSample(3,
                  [&](Point point, int channel) { QCOMPARE(result.sample(point, channel), 255); });
}

void TestBlend::changesAWideColorSpaceByItsOwnSamples()
{
    const QTemporaryDir folder;
    const Photo photo = wideGamutPhoto(folder);
    QVERIFY(!photo.metadata.iccProfile().empty());
    QCOMPARE(photo.original.depth(), SampleDepth::U16);
    const Mask mask = region::rasterize({.rect = {9, 8, 30, 20}, .featherPixels = 5}, picture);

    const Raster result =
        region::compositeSamples(photo, {layer(negativeOf(photo.image), mask)}, 1.0F);

    QCOMPARE(differences(result, photo.original, mask), 0);
    const auto profile = image::ColorProfile::fromIcc(photo.metadata.iccProfile(), 4);
    std::vector<float> expected(std::size_t(picture.width) * 3);
    profile.fromWorking(negativeOf(photo.image).pixels.row(15), expected);
    for (int i = 9 * 3; i < 39 * 3; ++i) {
        const float sample = expected[std::size_t(i)] * 65535.0F;
        QVERIFY(std::abs(float(result.sample({i / 3, 15}, i % 3)) - sample) <= 3.0F);
    }
}

QTEST_APPLESS_MAIN(TestBlend)
#include "tst_blend.moc"
