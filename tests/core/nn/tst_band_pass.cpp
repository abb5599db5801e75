// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/band_pass.h"

#include <QtTest/QtTest>

using namespace limpid::nn;

class TestBandPass : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void boxBlurAveragesWhatExistsAtTheBorder()
    {
        const auto x = torch::tensor({{1.F, 2.F, 3.F}, {4.F, 5.F, 6.F}, {7.F, 8.F, 9.F}});

        const auto blurred = boxBlur(x.view({1, 1, 3, 3}), 1);

        QCOMPARE(blurred[0][0][1][1].item<float>(), 5.0F);
        QCOMPARE(blurred[0][0][0][0].item<float>(), 3.0F); // mean of 1, 2, 4, 5
        QCOMPARE(blurred[0][0][0][1].item<float>(), 3.5F); // mean of 1 … 6
    }

    void bandsSumToThePictureWithoutItsWidestBlur()
    {
        const auto x = torch::rand({2, 3, 24, 20});

        const auto bands = bandPass(x, 4);

        QCOMPARE(bands.sizes(), (at::IntArrayRef{2, 4, 3, 24, 20}));
        QVERIFY(torch::allclose(bands.sum(1), x - boxBlur(x, 8), 1e-4, 1e-5));
    }

    void flatPicturesHaveEmptyBands()
    {
        const auto bands = bandPass(torch::full({1, 3, 16, 16}, 0.7), 4);

        QVERIFY(bands.abs().max().item<float>() < 1e-6F);
    }
};

QTEST_APPLESS_MAIN(TestBandPass)
#include "tst_band_pass.moc"
