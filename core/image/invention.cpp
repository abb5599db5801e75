// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/invention.h"

#include "core/image/mat_view.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>

namespace limpid::image {

namespace {

constexpr int window = 64;
constexpr int hop = window / 2;
constexpr int smoothing = 5;   // frequencies, each way
constexpr double spread = 4.0; // sigma in pixels of the neighborhood that is summed up
constexpr float levels = 255.0F;
constexpr float leastNoise = 0.5F / levels; // rounding to 8 bits, and some more for JPEG
constexpr float deviationPerMedian = 1.0F / 0.6745F;
constexpr std::int64_t sampledPixels = 4'000'000;

cv::Mat lumaOf(const Image& picture)
{
    cv::Mat luma;
    cv::cvtColor(matView(picture), luma, cv::COLOR_RGB2GRAY);
    return luma;
}

float medianOf(std::vector<float> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Periodic, so that windows half a window apart sum to one.
cv::Mat hann()
{
    cv::Mat line(1, window, CV_32F);
    for (int i = 0; i < window; ++i)
        line.at<float>(i) =
            static_cast<float>(0.5 - 0.5 * std::cos(2.0 * CV_PI * (i + 0.5) / window));
    return line.t() * line;
}

/// Half a window around it, and filled up to whole windows.
cv::Mat framed(const cv::Mat& luma)
{
    const auto rest = [](int length) {
        return (hop - length % hop) % hop;
    };
    cv::Mat result;
    cv::copyMakeBorder(luma, result, hop, hop + rest(luma.rows), hop, hop + rest(luma.cols),
                       cv::BORDER_REFLECT);
    return result;
}

/// Power over frequency, each value the mean of its neighborhood; frequencies go round.
cv::Mat smoothPower(const cv::Mat& spectrum)
{
    constexpr int reach = smoothing / 2;
    cv::Mat power(spectrum.size(), CV_32F);
    for (int y = 0; y < spectrum.rows; ++y) {
        const auto* value = spectrum.ptr<cv::Vec2f>(y);
        auto* target = power.ptr<float>(y);
        for (int x = 0; x < spectrum.cols; ++x)
            target[x] = value[x].dot(value[x]);
    }
    cv::Mat wrapped;
    cv::copyMakeBorder(power, wrapped, reach, reach, reach, reach, cv::BORDER_WRAP);
    cv::boxFilter(wrapped, wrapped, -1, {smoothing, smoothing});
    return wrapped({reach, reach, window, window});
}

class WindowAnalysis {
public:
    explicit WindowAnalysis(float noise)
        : taper_(hann()), noisePower_(noise * noise * static_cast<float>(taper_.dot(taper_)))
    {}

    /// What of the change in this window was invented.
    cv::Mat invented(const cv::Mat& before, const cv::Mat& after) const
    {
        const cv::Mat from = spectrumOf(before);
        const cv::Mat to = spectrumOf(after);
        const cv::Mat held = smoothPower(from);
        const cv::Mat made = smoothPower(to);
        cv::Mat change = to - from;
        for (int y = 0; y < window; ++y) {
            auto* value = change.ptr<cv::Vec2f>(y);
            for (int x = 0; x < window; ++x)
                value[x] *= share(held.at<float>(y, x), made.at<float>(y, x));
        }
        cv::Mat result;
        cv::idft(change, result, cv::DFT_REAL_OUTPUT | cv::DFT_SCALE);
        return result;
    }

private:
    cv::Mat spectrumOf(const cv::Mat& part) const
    {
        cv::Mat tapered = part - cv::mean(part);
        tapered = tapered.mul(taper_);
        cv::Mat spectrum;
        cv::dft(tapered, spectrum, cv::DFT_COMPLEX_OUTPUT);
        return spectrum;
    }

    float share(float held, float made) const
    {
        if (made <= held)
            return 0.0F;
        return std::min(1.0F, noisePower_ / std::max(held, noisePower_)) * (1.0F - held / made);
    }

    cv::Mat taper_;
    float noisePower_;
};

bool differ(const cv::Mat& a, const cv::Mat& b)
{
    return cv::norm(a, b, cv::NORM_INF) > 0.0;
}

cv::Mat inventedIn(const cv::Mat& before, const cv::Mat& after, float noise)
{
    const WindowAnalysis analysis(noise);
    cv::Mat sum = cv::Mat::zeros(before.size(), CV_32F);
    for (int y = 0; y + window <= sum.rows; y += hop)
        for (int x = 0; x + window <= sum.cols; x += hop) {
            const cv::Rect part(x, y, window, window);
            if (differ(before(part), after(part)))
                sum(part) += analysis.invented(before(part), after(part));
        }
    return sum;
}

} // namespace

float noiseLevel(const Image& photo)
{
    const int every = std::max(1, static_cast<int>(photo.size().area() / sampledPixels));
    std::vector<float> details;
    for (int y = 0; y + 1 < photo.size().height; y += 2 * every) {
        const cv::Mat two = lumaOf(photo.cropped({0, y, photo.size().width, 2}));
        const auto* upper = two.ptr<float>(0);
        const auto* lower = two.ptr<float>(1);
        for (int x = 0; x + 1 < two.cols; x += 2)
            details.push_back(std::abs(upper[x] - upper[x + 1] - lower[x] + lower[x + 1]) / 2.0F);
    }
    const float found = details.empty() ? 0.0F : medianOf(std::move(details)) * deviationPerMedian;
    return std::max(found, leastNoise);
}

std::vector<float> inventedDetail(const Image& before, const Image& after, float noise)
{
    assert(before.size() == after.size());
    if (before.isEmpty())
        return {};
    const cv::Mat whole = inventedIn(framed(lumaOf(before)), framed(lumaOf(after)), noise);
    const cv::Mat detail = whole({hop, hop, before.size().width, before.size().height});
    cv::Mat energy = detail.mul(detail);
    cv::GaussianBlur(energy, energy, {}, spread, spread, cv::BORDER_REFLECT);
    std::vector<float> result(energy.begin<float>(), energy.end<float>());
    for (float& value : result)
        value = std::sqrt(std::max(value, 0.0F)) * levels;
    return result;
}

} // namespace limpid::image
