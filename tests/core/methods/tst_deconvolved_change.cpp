// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deconvolved_change.h"

#include "core/methods/blur_kernel.h"
#include "core/methods/coarse_changes.h"
#include "core/methods/halo_tiles.h"
#include "core/nn/srgb_curve.h"
#include "tests/core/methods/blurred_scene.h"

#include <QTest>

using namespace limpid;
using namespace limpid::methods;
using tests::blurredBy;
using tests::box;
using tests::disks;
using tests::hook;

namespace {

/// A photograph of light: [1, 3, H, W], −1…1.
torch::Tensor photographOf(const torch::Tensor& light)
{
    return (2.0 * nn::toSrgb(light) - 1.0).expand({1, 3, -1, -1}).contiguous();
}

/// The centroid of the hook taken to its middle, as near as pixels go.
torch::Tensor centeredHook()
{
    return torch::roll(hook(), {1, -2}, {0, 1});
}

/// A blurred photograph, what was there, and a soft guess at half its size.
struct Scene {
    torch::Tensor sharp;
    torch::Tensor blurred;
    torch::Tensor coarse;
};

Scene sceneOf(std::int64_t height, std::int64_t width)
{
    const auto light = disks(height, width);
    const auto sharp = photographOf(light);
    const auto blurred = photographOf(blurredBy(centeredHook(), light));
    return {.sharp = sharp,
            .blurred = blurred,
            .coarse = torch::avg_pool2d(photographOf(blurredBy(box(5), light)) - blurred, 2)};
}

torch::Tensor changeOf(const Scene& scene, const Rect& region)
{
    const auto parts = blurPartsUnder(region, sizeOf(scene.blurred));
    return deconvolvedChange(narrowed(scene.blurred, parts.area),
                             narrowed(scene.coarse, parts.area, 2), parts, Regression{});
}

torch::Tensor changeOf(const Scene& scene)
{
    return changeOf(scene, wholeOf(sizeOf(scene.blurred)));
}

double error(const torch::Tensor& a, const torch::Tensor& b)
{
    return tests::errorInside(a, b, 48);
}

} // namespace

class TestDeconvolvedChange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gainsOnItsGuess();
    void isTheGuessWhereThatChangesNothing();
    void isTheGuessWhereAPhotographIsTooSmall();
    void partsCoverARegionWithAsFewAsNeeded();
    void ofARegionIsThatOfTheWhole();
    void endsWhenCancelled();
};

void TestDeconvolvedChange::gainsOnItsGuess()
{
    const auto scene = sceneOf(256, 320);

    const auto restored = scene.blurred + changeOf(scene);

    const auto guess = scene.blurred + atFullSize(scene.coarse, 2);
    const double left = error(restored, scene.sharp) / error(guess, scene.sharp);
    QVERIFY2(left < 0.75, qPrintable(QString::number(left)));
}

void TestDeconvolvedChange::isTheGuessWhereThatChangesNothing()
{
    auto scene = sceneOf(256, 320);
    scene.coarse = torch::full_like(scene.coarse, 0.002);

    QVERIFY(torch::allclose(changeOf(scene), torch::full_like(scene.blurred, 0.002)));
}

void TestDeconvolvedChange::isTheGuessWhereAPhotographIsTooSmall()
{
    const auto scene = sceneOf(64, 256);

    QVERIFY(torch::allclose(changeOf(scene), atFullSize(scene.coarse, 2)));
}

void TestDeconvolvedChange::partsCoverARegionWithAsFewAsNeeded()
{
    const Size photo{2000, 1500};
    const Rect region{900, 700, 64, 64};

    const auto some = blurPartsUnder(region, photo);

    QVERIFY(some.area.contains(region));
    QVERIFY(some.parts.size() <= 4);
    const auto all = blurPartsUnder(wholeOf(photo), photo).parts;
    for (const Rect& part : some.parts)
        QVERIFY(std::ranges::find(all, part) != all.end());
}

void TestDeconvolvedChange::ofARegionIsThatOfTheWhole()
{
    const auto scene = sceneOf(512, 896);
    const Rect region{64, 64, 96, 96};
    const auto parts = blurPartsUnder(region, sizeOf(scene.blurred));
    QVERIFY(parts.area != wholeOf(sizeOf(scene.blurred)));

    const auto part = changeOf(scene, region);

    const auto same = narrowed(changeOf(scene), region);
    QVERIFY(torch::allclose(narrowed(part, parts.inArea(region)), same, 0, 1e-6));
}

void TestDeconvolvedChange::endsWhenCancelled()
{
    const auto scene = sceneOf(128, 128);
    const auto parts = blurPartsUnder({0, 0, 128, 128}, {128, 128});
    CancelSource source;
    source.requestCancel();
    Regression regression;
    regression.token = source.token();

    QVERIFY_THROWS_EXCEPTION(Cancelled,
                             deconvolvedChange(scene.blurred, scene.coarse, parts, regression));
}

QTEST_APPLESS_MAIN(TestDeconvolvedChange)
#include "tst_deconvolved_change.moc"
