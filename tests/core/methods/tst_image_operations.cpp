// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/adain.h"
#include "core/methods/byte_picture.h"
#include "core/methods/wavelet.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace limpid::methods;

namespace {

bool near(const torch::Tensor& a, const torch::Tensor& b)
{
    return torch::allclose(a, b, 0.0, 1e-6);
}

torch::Tensor row(const std::vector<float>& values)
{
    return torch::tensor(values).view({1, 1, 1, -1});
}

} // namespace

class TestImageOperations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void colorsTakeTheMeanAndTheSpreadOfTheOther()
    {
        // Unbiased variances 2 and 8 with 1e-5 added.
        const auto result = withColorsOf(row({1.0F, 3.0F}), row({10.0F, 14.0F}));

        const auto distance = static_cast<float>(std::sqrt((8.0 + 1e-5) / (2.0 + 1e-5)));
        QVERIFY(torch::allclose(result, row({12.0F - distance, 12.0F + distance})));
    }

    void colorsAreMatchedPerChannelWhateverTheExtents()
    {
        const auto content = torch::rand({1, 3, 8, 6});
        const auto style = torch::rand({1, 3, 5, 9}) * torch::arange(1, 4).view({1, 3, 1, 1});

        const auto result = withColorsOf(content, style);

        QVERIFY(torch::allclose(result.mean({2, 3}), style.mean({2, 3}), 1e-4, 1e-4));
        QVERIFY(torch::allclose(result.std({2, 3}), style.std({2, 3}), 1e-3, 1e-3));
    }

    void aPlainPictureBecomesTheMean_data()
    {
        QTest::addColumn<int>("side");
        QTest::newRow("several pixels") << 4;
        QTest::newRow("a single pixel") << 1;
    }
    void aPlainPictureBecomesTheMean()
    {
        QFETCH(int, side);
        const auto style = torch::rand({1, 3, 4, 4});

        const auto result = withColorsOf(torch::full({1, 3, side, side}, 0.25), style);

        QVERIFY(near(result, style.mean({2, 3}, true).expand_as(result)));
    }

    void blurRepeatsTheEdge()
    {
        const auto blurred = waveletBlurred(row({1.0F, 0.0F, 0.0F, 4.0F}), 1);

        QVERIFY(near(blurred, row({0.75F, 0.25F, 1.0F, 3.0F})));
    }

    void blurReachesBeyondASmallPicture()
    {
        // Radius 16: one tap on the pixel, two on the edges.
        const auto blurred = waveletBlurred(row({1.0F, 0.0F, 4.0F}), 16);

        QVERIFY(near(blurred, row({1.75F, 1.25F, 3.25F})));
    }

    void bandsAddUpToThePicture()
    {
        const auto picture = torch::rand({2, 3, 20, 13});

        const auto bands = waveletBands(picture);

        QVERIFY(near(bands.low + bands.high, picture));
        QVERIFY(bands.low.std().item<double>() < 0.2 * picture.std().item<double>());
    }

    void bytesAreDividedBy255()
    {
        const auto bytes = torch::arange(24, torch::kUInt8).view({2, 4, 3});

        const auto picture = pictureFromBytes(bytes);

        QCOMPARE(picture.sizes().vec(), (std::vector<std::int64_t>{1, 3, 2, 4}));
        QCOMPARE(picture[0][2][1][3].item<float>(), 23.0F / 255.0F);
        QVERIFY(torch::equal(truncatedToBytes((picture * 255.0 + 0.25) / 255.0), bytes));
    }

    void bytesAreTruncatedAndClamped()
    {
        const auto picture = torch::tensor({-0.5F, 0.999F, 1.7F}).view({1, 3, 1, 1});

        const auto bytes = truncatedToBytes(picture);

        QVERIFY(torch::equal(bytes, torch::tensor({0, 254, 255}, torch::kUInt8).view({1, 1, 3})));
    }

    void paddingIsBlackAtTheRightAndBelow_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("padded");
        QTest::newRow("one short") << 7 << 8;
        QTest::newRow("exact") << 8 << 8;
        QTest::newRow("one more") << 9 << 16;
    }
    void paddingIsBlackAtTheRightAndBelow()
    {
        QFETCH(int, width);
        QFETCH(int, padded);
        const auto x = torch::ones({1, 1, 3, width});

        const auto result = zeroPadded(x, 8);

        QCOMPARE(result.sizes().vec(), (std::vector<std::int64_t>{1, 1, 8, padded}));
        QVERIFY(torch::equal(result.narrow(2, 0, 3).narrow(3, 0, width), x));
        QCOMPARE(result.sum().item<double>(), 3.0 * width);
    }
};

QTEST_APPLESS_MAIN(TestImageOperations)
#include "tst_image_operations.moc"
