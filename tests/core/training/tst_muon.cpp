// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/muon.h"

#include <QtTest/QtTest>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/utils.h>

using namespace limpid::training;

class TestMuon : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bringsSingularValuesNearOne_data()
    {
        QTest::addColumn<qint64>("rows");
        QTest::addColumn<qint64>("columns");
        QTest::newRow("wide") << qint64{12} << qint64{80};
        QTest::newRow("tall") << qint64{80} << qint64{12};
        QTest::newRow("square") << qint64{24} << qint64{24};
    }

    void bringsSingularValuesNearOne()
    {
        QFETCH(qint64, rows);
        QFETCH(qint64, columns);
        torch::manual_seed(3);

        const auto values = torch::linalg_svdvals(
            orthogonalized(torch::randn({2, rows, columns}) * 0.01), /*driver=*/{});

        QVERIFY(values.max().item<float>() < 1.3F);
        // The smallest of a square random matrix are too small for five iterations.
        QVERIFY(values.median().item<float>() > 0.6F);
    }

    void agreesWithTheIterationOnTheWholeMatrix()
    {
        torch::manual_seed(4);
        const auto matrices = torch::randn({3, 6, 30});
        const auto matrix = matrices[1];
        auto x = matrix / matrix.norm();
        for (int i = 0; i < 5; ++i) {
            const auto gram = torch::matmul(x, x.t());
            x = 3.4445 * x + torch::matmul(-4.7750 * gram + 2.0315 * torch::matmul(gram, gram), x);
        }

        QVERIFY(torch::allclose(orthogonalized(matrices)[1], x, 1e-3, 1e-3));
    }

    void movesAgainstTheGradientByTheRate()
    {
        auto kernel = torch::zeros({4, 4, 3, 3}).set_requires_grad(true);
        Muon muon({kernel}, {.weightDecay = 0.0});
        const auto target = torch::randn({4, 4, 3, 3});

        ((kernel - target).pow(2).sum()).backward();
        muon.step(0.1);

        QVERIFY((kernel * target).sum().item<float>() > 0.0F);
        const auto sizes = torch::linalg_svdvals(kernel.detach().reshape({4, 36}), {});
        QVERIFY(sizes.max().item<float>() < 0.13F);
        QVERIFY(sizes.min().item<float>() > 0.05F);
    }

    void movesKernelsTogetherAsEachAlone()
    {
        torch::manual_seed(6);
        const auto weights = [](std::int64_t out, std::int64_t in) {
            return torch::randn({out, in, 3, 3}).set_requires_grad(true);
        };
        const std::vector<torch::Tensor> together{weights(8, 4), weights(4, 8), weights(8, 4)};
        std::vector<torch::Tensor> alone;
        for (const auto& kernel : together)
            alone.push_back(kernel.detach().clone().set_requires_grad(true));
        const auto loss = [](const torch::Tensor& kernel) {
            return (kernel.square().sum({1, 2, 3}) * torch::arange(1, kernel.size(0) + 1)).sum();
        };

        Muon all(together);
        for (std::size_t i = 0; i < together.size(); ++i) {
            Muon one({alone[i]});
            for (int step = 0; step < 3; ++step) {
                loss(alone[i]).backward();
                one.step(0.1);
                alone[i].mutable_grad().reset();
            }
        }
        for (int step = 0; step < 3; ++step) {
            for (const auto& kernel : together)
                loss(kernel).backward();
            all.step(0.1);
            for (const auto& kernel : together)
                kernel.mutable_grad().reset();
        }

        for (std::size_t i = 0; i < together.size(); ++i)
            QVERIFY(torch::allclose(together[i], alone[i], 1e-4, 1e-4));
        QVERIFY(!torch::allclose(together[0], together[2], 1e-2, 1e-2));
    }

    void leavesKernelsWithoutAGradientAlone()
    {
        const auto kernel = torch::ones({4, 4, 3, 3}).set_requires_grad(true);
        Muon muon({kernel});

        muon.step(0.1);

        QVERIFY(torch::equal(kernel.detach(), torch::ones({4, 4, 3, 3})));
    }

    void tellsKernelsFromTheRest()
    {
        const torch::nn::Sequential module(torch::nn::Conv2d(torch::nn::Conv2dOptions(8, 8, 3)),
                                           torch::nn::Conv2d(torch::nn::Conv2dOptions(1, 8, 3)),
                                           torch::nn::Linear(8, 8));

        const auto groups = groupParameters(*module);

        QCOMPARE(groups.kernels.size(), std::size_t{1});
        QCOMPARE(groups.others.size(), std::size_t{5});
    }
};

QTEST_APPLESS_MAIN(TestMuon)
#include "tst_muon.moc"
