// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/make_photo.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace limpid::tests {

namespace {

Bytes saved(cmsHPROFILE profile)
{
    cmsUInt32Number length = 0;
    cmsSaveProfileToMem(profile, nullptr, &length);
    Bytes bytes(length);
    const bool isSaved = cmsSaveProfileToMem(profile, bytes.data(), &length) != 0;
    cmsCloseProfile(profile);
    if (!isSaved)
        throw std::runtime_error("the profile cannot be saved");
    // The header's date, so that two calls give the same bytes.
    std::fill_n(bytes.begin() + 24, 12, std::uint8_t{0});
    return bytes;
}

} // namespace

Bytes displayP3Profile()
{
    const cmsCIExyY white{0.3127, 0.3290, 1.0};
    const cmsCIExyYTRIPLE primaries{{0.680, 0.320, 1.0}, {0.265, 0.690, 1.0}, {0.150, 0.060, 1.0}};
    // The curve of sRGB as lcms2's parametric type 4: gamma, a, b, c, d.
    const std::array<double, 5> parameters{2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045};
    cmsToneCurve* curve = cmsBuildParametricToneCurve(nullptr, 4, parameters.data());
    const std::array<cmsToneCurve*, 3> curves{curve, curve, curve};
    const cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves.data());
    cmsFreeToneCurve(curve);
    return saved(profile);
}

Bytes grayProfile()
{
    constexpr double gamma = 1.8;
    cmsToneCurve* curve = cmsBuildGamma(nullptr, gamma);
    const cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
    cmsFreeToneCurve(curve);
    return saved(profile);
}

} // namespace limpid::tests
