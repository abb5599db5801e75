// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/initialize_for_training.h"
#include "tests/support/tiny_compact.h"

#include <QTest>
#include <torch/utils.h>

using namespace limpid;
using namespace limpid::networks;

class TestInitializeForTraining : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        torch::manual_seed(2);
        initializeForTraining(model_);
    }

    void leavesTheBlurredLatentAsItIs()
    {
        const torch::NoGradGuard noGradients;
        const auto noisy = torch::randn({1, 8, 8, 4});
        const auto blurred = torch::randn({1, 8, 8, 4});

        const auto answer = model_->predict(noisy, torch::tensor({400}), {}, blurred);

        QVERIFY(torch::equal(answer.kernelLatent, blurred));
        QVERIFY(torch::equal(answer.eps, torch::zeros_like(noisy)));
    }

    void answersTheBlurredLatentAtAlphaZeroInTheCompactForm()
    {
        const torch::NoGradGuard noGradients;
        const auto blurred = torch::randn({1, 8, 8, 4});
        const CompactLevel noise{torch::zeros({1, 1, 1, 1}), torch::ones({1, 1, 1, 1}),
                                 torch::full({1}, 999.0)};
        StepNetworks networks{model_->unet, model_->kpn, model_->controlnet};

        const auto answer = networks.predictClean(torch::randn_like(blurred), noise, blurred);

        QVERIFY(torch::equal(answer.clean, blurred));
    }

    void letsTheCompactControlNetSeeItsHintAtOnce()
    {
        const torch::NoGradGuard noGradients;
        const auto x = torch::zeros({1, 8, 4, 4});
        const auto t = torch::tensor({999});
        const auto control = [&] {
            return model_->controlnet(x, torch::randn({1, 16, 4, 4}), t, torch::Tensor()).back();
        };

        QVERIFY(!torch::allclose(control(), control(), 0, 1e-3));
    }

    void beginsThePublishedControlNetAsASilentCopy()
    {
        auto config = tests::tinyCompact();
        config.form = LatentForm::Published;
        DeblurDiffModel model(config);
        initializeForTraining(model);
        const torch::NoGradGuard noGradients;
        const auto x = torch::randn({1, 8, 4, 4});
        const auto hint = torch::randn({1, 16, 4, 4});
        const auto t = torch::tensor({400});
        auto& control = model->controlnet;

        for (const auto& output : control(x, hint, t, torch::Tensor()))
            QVERIFY(torch::equal(output, torch::zeros_like(output)));
        const auto own = model->unet->encode(x, model->unet->embed(t), {});
        const auto copied = control->encode(torch::cat({x, hint}, 1), control->embed(t), {});
        QVERIFY(torch::allclose(copied.back(), own.back(), 0, 1e-5));
    }

    void returnsTheBlurredPictureFromAnyLatent()
    {
        const torch::NoGradGuard noGradients;
        const auto blurred = torch::rand({1, 3, 16, 8}) * 2 - 1;
        auto& vae = model_->vae;

        const auto picture =
            vae->decodeOnto(torch::randn({1, 8, 4, 2}), blurred, vae->skipsOf(blurred));

        QVERIFY(torch::equal(picture, blurred));
    }

    void letsGradientsReachBothLastLayers()
    {
        const auto noisy = torch::randn({1, 8, 4, 4});
        const auto answer =
            model_->predict(noisy, torch::tensor({400}), {}, torch::randn_like(noisy));

        ((answer.eps - 1).square() + (answer.kernelLatent - 1).square()).mean().backward();

        for (auto* const unet : {&model_->unet, &model_->kpn->unet})
            QVERIFY((*unet)->lastLayer()->weight.grad().abs().max().item<float>() > 0);
    }

    void seesAPartAsItSeesTheWholeInTheCompactForm()
    {
        torch::manual_seed(3);
        const torch::NoGradGuard noGradients;
        auto config = tests::tinyCompact();
        config.unet.channelMultipliers = {1};
        Unet unet(config.unet); // one level: it reaches only a few pixels
        const auto x = torch::randn({1, 8, 8, 96});
        const auto run = [&](const torch::Tensor& latent) {
            return unet(latent, torch::tensor({400}), torch::Tensor());
        };

        const auto part = run(x.narrow(3, 0, 64));

        QVERIFY(torch::allclose(run(x).narrow(3, 0, 32), part.narrow(3, 0, 32), 0, 1e-5));
    }

private:
    DeblurDiffModel model_{tests::tinyCompact()};
};

QTEST_APPLESS_MAIN(TestInitializeForTraining)
#include "tst_initialize_for_training.moc"
