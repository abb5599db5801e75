// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/scene.h"

#include "core/methods/tensor_image.h"

#include <QTest>
#include <torch/utils.h>

using namespace limpid;
using methods::sceneOf;

namespace {

/// Soft all over. → [1, 3, height, width], −1…1.
torch::Tensor softPicture(std::int64_t height, std::int64_t width)
{
    torch::manual_seed(4);
    return torch::upsample_bicubic2d(torch::rand({1, 3, height / 40 + 2, width / 40 + 2}) - 0.5,
                                     {height, width}, true);
}

torch::Tensor checks(std::int64_t side)
{
    const auto x = torch::arange(side).div(6, "floor").remainder(2) - 0.5;
    return (x.view({1, 1, 1, side}) * x.view({1, 1, side, 1}) * 2.0).expand({1, 3, side, side});
}

/// A subject of 90 × 90 pixels, in the middle of softness.
torch::Tensor pictureWithASubject(std::int64_t height, std::int64_t width)
{
    auto picture = softPicture(height, width);
    const auto top = height / 2 - 45;
    const auto left = width / 2 - 45;
    picture.narrow(2, top, 90).narrow(3, left, 90).copy_(checks(90));
    return picture;
}

torch::Tensor sceneOfPicture(const torch::Tensor& picture)
{
    return sceneOf(methods::toImage(picture)).flatten();
}

} // namespace

class TestScene : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seesTheSharpSubjectOfASoftPicture_data();
    void seesTheSharpSubjectOfASoftPicture();
    void isBlindToWhereTheSubjectIs();
    void hearsGrain();
    void readsAnySize_data();
    void readsAnySize();
};

void TestScene::seesTheSharpSubjectOfASoftPicture_data()
{
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::newRow("a small picture, read in full") << 300 << 420;
    QTest::newRow("no multiple of anything") << 331 << 257;
}

void TestScene::seesTheSharpSubjectOfASoftPicture()
{
    QFETCH(const int, height);
    QFETCH(const int, width);

    const auto soft = sceneOfPicture(softPicture(height, width));
    const auto sharp = sceneOfPicture(pictureWithASubject(height, width));

    // The first figure is the finest octave: about a gray level a pixel, and dozens of them.
    QVERIFY2(
        sharp[0].item<float>() > soft[0].item<float>() + 1.5F,
        qPrintable(QStringLiteral("%1 %2").arg(sharp[0].item<float>()).arg(soft[0].item<float>())));
}

void TestScene::isBlindToWhereTheSubjectIs()
{
    const auto picture = pictureWithASubject(256, 384);

    const auto turned = sceneOfPicture(picture.flip({2, 3}));

    QVERIFY(torch::allclose(turned, sceneOfPicture(picture), 0.0, 0.1));
}

void TestScene::hearsGrain()
{
    const auto picture = softPicture(256, 256);

    const auto grainy = sceneOfPicture(picture + torch::randn(picture.sizes()) * 0.04);

    QVERIFY(grainy[-1].item<float>() > sceneOfPicture(picture)[-1].item<float>() + 1.0F);
}

void TestScene::readsAnySize_data()
{
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::newRow("one pixel") << 1 << 1;
    QTest::newRow("a strip") << 3 << 500;
    QTest::newRow("through windows") << 1600 << 2400;
    QTest::newRow("a panorama through windows") << 130 << 20000;
}

void TestScene::readsAnySize()
{
    QFETCH(const int, height);
    QFETCH(const int, width);
    const image::Image gray(
        {width, height},
        std::vector<float>(3 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
                           0.5F));

    const auto scene = sceneOf(gray);

    QVERIFY(torch::equal(scene, torch::zeros_like(scene))); // nothing to see, but no accident
}

QTEST_APPLESS_MAIN(TestScene)
#include "tst_scene.moc"
