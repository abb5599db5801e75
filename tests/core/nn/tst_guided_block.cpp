// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/channel_norm.h"
#include "core/nn/guided_block.h"
#include "core/nn/shape_check.h"
#include "core/nn/timestep_embedding.h"

#include <QtTest/QtTest>
#include <torch/nn/init.h>
#include <torch/utils.h>

#include <cmath>

using namespace limpid::nn;

class TestGuidedBlock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startsAsTheIdentity()
    {
        GuidedBlock block(
            GuidedBlockOptions{.inChannels = 8, .outChannels = 8, .embedding = 16, .guidance = 4});
        const auto x = torch::randn({2, 8, 6, 6});

        const auto y = block(x, torch::randn({2, 16}), torch::randn({2, 4, 6, 6}));

        QVERIFY(torch::equal(x, y));
    }

    void heedsGuidanceAndNoiseLevelOnceTrained()
    {
        torch::manual_seed(1);
        GuidedBlock block(
            GuidedBlockOptions{.inChannels = 8, .outChannels = 8, .embedding = 16, .guidance = 4});
        torch::NoGradGuard noGradients;
        for (auto& parameter : block->parameters())
            torch::nn::init::normal_(parameter, 0.0, 0.3);
        const auto x = torch::randn({1, 8, 6, 6});
        const auto level = torch::randn({1, 16});
        const auto guide = torch::randn({1, 4, 6, 6});

        const auto y = block(x, level, guide);

        QVERIFY(!torch::allclose(y, block(x, level, guide + 1.0)));
        QVERIFY(!torch::allclose(y, block(x, level + 1.0, guide)));
    }

    void normalizesEachPixelOnItsOwn()
    {
        ChannelNorm norm(16);
        const auto x = torch::randn({1, 16, 5, 7}) * 3.0 + 2.0;

        const auto y = norm(x);

        const auto pixel = x[0].select(1, 2).select(1, 4);
        const auto wanted = (pixel - pixel.mean()) / torch::sqrt(pixel.var(false) + 1e-5);
        QVERIFY(torch::allclose(y[0].select(1, 2).select(1, 4), wanted, 1e-4, 1e-5));
        QVERIFY(torch::allclose(norm(x.slice(3, 2, 6)), y.slice(3, 2, 6), 1e-5, 1e-6));
    }

    void embedsLevelsAsCosinesThenSines()
    {
        const auto embedding = sinusoidalEmbedding(torch::tensor({0.0F, 2.0F}), 4, 10000.0);

        QVERIFY(torch::allclose(embedding[0], torch::tensor({1.F, 1.F, 0.F, 0.F})));
        const auto wanted =
            torch::tensor({std::cos(2.0F), std::cos(0.02F), std::sin(2.0F), std::sin(0.02F)});
        QVERIFY(torch::allclose(embedding[1], wanted, 1e-5, 1e-6));
    }

    void saysWhatShapeWasWanted()
    {
        try {
            checkShape("kernels", torch::zeros({1, 3, 4, 4}), {1, 75, -1, -1});
            QFAIL("a wrong shape was accepted");
        } catch (const c10::Error& error) {
            QVERIFY(
                QString::fromUtf8(error.what_without_backtrace())
                    .contains(QStringLiteral("kernels: want [1, 75, -1, -1], got [1, 3, 4, 4]")));
        }
    }
};

QTEST_APPLESS_MAIN(TestGuidedBlock)
#include "tst_guided_block.moc"
