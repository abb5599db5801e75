// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/invention.h"
#include "core/image/mat_view.h"

#include <opencv2/imgproc.hpp>

#include <QTest>

#include <cmath>

using namespace limpid;
using image::Image;

namespace {

constexpr Size size{320, 256};
constexpr Rect disc{200, 90, 80, 80};
constexpr float level = 1.0F / 255.0F;

Image imageOf(const cv::Mat& gray)
{
    cv::Mat color;
    cv::cvtColor(gray, color, cv::COLOR_GRAY2RGB);
    const auto* values = color.ptr<float>();
    return {size, std::vector<float>(values, values + color.total() * 3)};
}

cv::Mat noise(float sigma, int seed)
{
    cv::Mat result(size.height, size.width, CV_32F);
    cv::RNG generator(static_cast<std::uint64_t>(seed));
    generator.fill(result, cv::RNG::NORMAL, 0.0, sigma);
    return result;
}

cv::Mat softened(const cv::Mat& picture, double sigma)
{
    cv::Mat result;
    cv::GaussianBlur(picture, result, {}, sigma, sigma, cv::BORDER_REFLECT);
    return result;
}

/// A blurred photo: detail of no more than some pixels, and grain of one gray level.
cv::Mat photo()
{
    cv::Mat scene = softened(noise(1.0F, 1), 3.0);
    scene = 0.5F + scene * (40.0F * level / 0.094F); // its standard deviation is 40 levels
    return scene + noise(level, 2);
}

cv::Mat ofInvention(const cv::Mat& before, const cv::Mat& after)
{
    const Image from = imageOf(before);
    const auto values = image::inventedDetail(from, imageOf(after), image::noiseLevel(from));
    return cv::Mat(size.height, size.width, CV_32F, const_cast<float*>(values.data())).clone();
}

double meanIn(const cv::Mat& map, const Rect& area)
{
    return cv::mean(map({area.x, area.y, area.width, area.height}))[0];
}

double largest(const cv::Mat& map)
{
    double most = 0.0;
    cv::minMaxLoc(map, nullptr, &most);
    return most;
}

} // namespace

class TestInvention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNoiseOfAPhotoIsFound()
    {
        const float found = image::noiseLevel(imageOf(photo() + noise(5.0F * level, 7)));
        const float expected = std::sqrt(1.0F + 25.0F) * level;

        QVERIFY2(std::abs(found - expected) < 0.1F * expected, qPrintable(QString::number(found)));
        QCOMPARE(image::noiseLevel(imageOf(cv::Mat(size.height, size.width, CV_32F, 0.5F))),
                 0.5F * level);
    }

    void noChangeIsNoInvention() { QCOMPARE(largest(ofInvention(photo(), photo())), 0.0); }

    void softeningAndDenoisingInventNothing()
    {
        QVERIFY(largest(ofInvention(photo(), softened(photo(), 1.0))) < 0.05);
        QVERIFY(largest(ofInvention(photo(), softened(photo(), 4.0))) < 0.05);
    }

    void whatTheBlurHasLeftMayBeSharpened()
    {
        const cv::Mat before = photo();
        const cv::Mat detail = before - softened(before, 3.0);
        const cv::Mat after = before + softened(detail, 1.5);

        QVERIFY(cv::norm(after, before, cv::NORM_L2) / std::sqrt(double(before.total())) >
                5.0 * level);
        QVERIFY(cv::mean(ofInvention(before, after))[0] < 0.2);
    }

    void textureThatThePhotoDoesNotHoldIsFoundWhereItIs()
    {
        const cv::Mat before = photo();
        cv::Mat after = before.clone();
        const cv::Rect place(disc.x, disc.y, disc.width, disc.height);
        const cv::Mat texture = noise(10.0F * level, 3);
        after(place) += texture(place);

        const cv::Mat map = ofInvention(before, after);

        // White over all frequencies, most of which the blur has emptied.
        const double inside = meanIn(map, {220, 110, 40, 40});
        QVERIFY2(inside > 8.0 && inside < 10.5, qPrintable(QString::number(inside)));
        QVERIFY(meanIn(map, {20, 20, 100, 200}) < 0.05);
    }

    void grainThatIsMadeStrongerIsInvented()
    {
        const cv::Mat before = photo();

        const double mean = cv::mean(ofInvention(before, before + noise(3.0F * level, 4)))[0];

        QVERIFY2(mean > 2.0 && mean < 3.5, qPrintable(QString::number(mean)));
    }

    void aNoisyPhotoHidesAsMuchAsItsNoise()
    {
        const cv::Mat noisy = photo() + noise(10.0F * level, 5);
        const cv::Mat texture = noise(3.0F * level, 6);

        QVERIFY(cv::mean(ofInvention(noisy, noisy + texture))[0] <
                0.5 * cv::mean(ofInvention(photo(), photo() + texture))[0]);
    }

    void picturesSmallerThanAWindowAreFine()
    {
        const Image black({5, 3}, std::vector<float>(45, 0.0F));
        const Image white({5, 3}, std::vector<float>(45, 1.0F));

        QCOMPARE(image::inventedDetail(black, white, 0.002F).size(), std::size_t{15});
        QVERIFY(image::inventedDetail({}, {}, 0.002F).empty());
    }
};

QTEST_GUILESS_MAIN(TestInvention)
#include "tst_invention.moc"
