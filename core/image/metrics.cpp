// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/metrics.h"

#include "core/image/mat_view.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cassert>
#include <cmath>
#include <limits>

namespace limpid::image {

namespace {

constexpr int windowSize = 11;
constexpr double windowSigma = 1.5;
// The constants of the paper for a peak of 1: (0.01)² and (0.03)².
constexpr double c1 = 1e-4;
constexpr double c2 = 9e-4;

/// In double, because variances are differences of nearly equal numbers.
cv::Mat lumaOf(const Image& image)
{
    cv::Mat luma;
    cv::cvtColor(matView(image), luma, cv::COLOR_RGB2GRAY);
    luma.convertTo(luma, CV_64F);
    return luma;
}

cv::Mat windowMean(const cv::Mat& values)
{
    cv::Mat mean;
    cv::GaussianBlur(values, mean, {windowSize, windowSize}, windowSigma, windowSigma,
                     cv::BORDER_REFLECT_101);
    return mean;
}

/// Drops the border where the window hangs over the edge, unless nothing else would be left.
cv::Mat insideOf(const cv::Mat& map)
{
    constexpr int margin = windowSize / 2;
    if (map.cols < windowSize || map.rows < windowSize)
        return map;
    return map({margin, margin, map.cols - 2 * margin, map.rows - 2 * margin});
}

} // namespace

double psnr(const Image& a, const Image& b)
{
    assert(a.size() == b.size() && !a.isEmpty());
    const double squaredError = cv::norm(matView(a), matView(b), cv::NORM_L2SQR);
    if (squaredError == 0.0)
        return std::numeric_limits<double>::infinity();
    return -10.0 * std::log10(squaredError / static_cast<double>(a.pixels().size()));
}

double ssim(const Image& a, const Image& b)
{
    assert(a.size() == b.size() && !a.isEmpty());
    const cv::Mat x = lumaOf(a);
    const cv::Mat y = lumaOf(b);
    const cv::Mat meanX = windowMean(x);
    const cv::Mat meanY = windowMean(y);
    const cv::Mat meanProduct = meanX.mul(meanY);
    const cv::Mat meanSquares = meanX.mul(meanX) + meanY.mul(meanY);
    const cv::Mat covariance = windowMean(x.mul(y)) - meanProduct;
    const cv::Mat variances = windowMean(x.mul(x)) + windowMean(y.mul(y)) - meanSquares;

    const cv::Mat above = (2.0 * meanProduct + c1).mul(2.0 * covariance + c2);
    const cv::Mat below = (meanSquares + c1).mul(variances + c2);
    cv::Mat map;
    cv::divide(above, below, map);
    return cv::mean(insideOf(map))[0];
}

double gradientEnergy(const Image& image)
{
    assert(!image.isEmpty());
    const cv::Mat luma = lumaOf(image);
    const cv::Rect withoutLast(0, 0, luma.cols - 1, luma.rows - 1);
    if (withoutLast.empty())
        return 0.0;
    const cv::Mat here = luma(withoutLast);
    const cv::Mat dx = luma(withoutLast + cv::Point(1, 0)) - here;
    const cv::Mat dy = luma(withoutLast + cv::Point(0, 1)) - here;
    return cv::mean(dx.mul(dx) + dy.mul(dy))[0];
}

} // namespace limpid::image
