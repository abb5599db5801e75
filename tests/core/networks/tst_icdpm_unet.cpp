// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diffusion/ddpm_sampler.h"
#include "core/diffusion/sampling_loop.h"
#include "core/diffusion/timesteps.h"
#include "core/networks/msg_model.h"

#include <QtTest/QtTest>
#include <torch/nn/init.h>
#include <torch/utils.h>

using namespace limpid;
using namespace limpid::networks;

namespace {

std::int64_t parameterCount(const torch::nn::Module& module)
{
    std::int64_t count = 0;
    for (const auto& parameter : module.parameters())
        count += parameter.numel();
    return count;
}

IcdpmUnetConfig tiny(IcdpmUnetConfig config)
{
    config.channels = {8, 8, 12, 16};
    config.embedding = 16;
    config.guidanceChannels = 4;
    return config;
}

std::vector<torch::Tensor> featuresOf(MsgModel& model, const torch::Tensor& blurred)
{
    std::vector<torch::Tensor> features;
    for (const auto& scale : model->guidance(blurred))
        features.push_back(scale.features);
    return features;
}

/// Weights that do something: an untrained network is the identity and would prove little.
void scramble(torch::nn::Module& module)
{
    torch::manual_seed(4);
    const torch::NoGradGuard noGradients;
    for (auto& parameter : module.parameters())
        torch::nn::init::normal_(parameter, 0.0, 0.08);
}

/// The published form as a denoiser: ε-prediction, conditioned on √ᾱ.
class PublishedDenoiser : public diffusion::Denoiser {
public:
    PublishedDenoiser(MsgModel& model, torch::Tensor blurred)
        : model_(model), blurred_(std::move(blurred)), features_(featuresOf(model, blurred_))
    {}

    diffusion::Prediction predict(const torch::Tensor& xt,
                                  const diffusion::NoiseLevel& level) override
    {
        const auto alpha = torch::full({xt.size(0)}, level.alpha);
        const auto noise = model_->unet(xt, blurred_, alpha, features_);
        return {diffusion::cleanFromNoise(xt, noise, level), {}};
    }

private:
    MsgModel& model_;
    torch::Tensor blurred_;
    std::vector<torch::Tensor> features_;
};

} // namespace

class TestIcdpmUnet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasTheStatedSizes_data()
    {
        QTest::addColumn<QString>("size");
        QTest::addColumn<double>("millions");
        QTest::newRow("xs") << QStringLiteral("xs") << 3.31;
        QTest::newRow("s") << QStringLiteral("s") << 7.53;
        QTest::newRow("m") << QStringLiteral("m") << 12.32;
    }
    void hasTheStatedSizes()
    {
        QFETCH(QString, size);
        QFETCH(double, millions);

        const MsgModel model(compactConfig(size.toStdString()));

        QVERIFY2(std::abs(static_cast<double>(parameterCount(*model)) / 1e6 - millions) < 0.05,
                 qPrintable(QString::number(parameterCount(*model))));
    }

    void returnsTheBlurredPictureBeforeTraining()
    {
        MsgModel model(tiny({}));
        const auto blurred = torch::rand({2, 3, 32, 48}) * 2.0 - 1.0;

        const auto clean = model->unet(torch::randn({2, 3, 32, 48}), blurred, torch::zeros({2}),
                                       featuresOf(model, blurred));

        QVERIFY(torch::equal(clean, blurred));
    }

    void predictsGrayPicturesAtThreeScales()
    {
        MsgModel model(tiny({}));
        const auto blurred = torch::rand({1, 3, 32, 48}) * 2.0 - 1.0;

        const auto scales = model->guidance(blurred);

        QCOMPARE(scales.size(), std::size_t{3});
        QCOMPARE(scales[1].gray.sizes(), (at::IntArrayRef{1, 1, 8, 12}));
        QCOMPARE(scales[1].features.sizes(), (at::IntArrayRef{1, 4, 8, 12}));
        QVERIFY(torch::allclose(scales[2].gray, torch::avg_pool2d(luma(blurred), 8)));
    }

    void seesAPartAsItSeesTheWhole()
    {
        MsgModel model(tiny({}));
        scramble(*model);
        const torch::NoGradGuard noGradients;
        const auto blurred = torch::rand({1, 3, 16, 640}) * 2.0 - 1.0;
        const auto part = blurred.narrow(3, 0, 544);
        const auto run = [&](const torch::Tensor& y) {
            return model->unet(torch::zeros_like(y), y, torch::full({1}, -12.0),
                               featuresOf(model, y));
        };

        const auto difference = run(blurred).narrow(3, 0, 256) - run(part).narrow(3, 0, 256);

        QVERIFY(difference.abs().max().item<float>() < 1e-5F);
    }

    void samplesInThePublishedForm()
    {
        MsgModel model(tiny(paperConfig()));
        scramble(*model);
        const torch::NoGradGuard noGradients;
        const auto blurred = torch::rand({1, 3, 32, 32}) * 2.0 - 1.0;
        PublishedDenoiser denoiser(model, blurred);
        diffusion::DdpmSampler sampler(1.0);
        const auto levels = diffusion::levelsAt(diffusion::linearAlphaBars(1e-6, 1e-2, 2000),
                                                diffusion::spacedTimesteps(2000, 20));
        torch::manual_seed(2);

        const auto result = diffusion::sample(denoiser, sampler, diffusion::stepsThrough(levels),
                                              torch::randn({1, 3, 32, 32}), {.noise = [](int) {
                                                  return torch::randn({1, 3, 32, 32});
                                              }});

        QVERIFY(result.isfinite().all().item<bool>());
        QVERIFY(result.abs().max().item<float>() <= 1.0F);
        QVERIFY(model->unet->config().output == NetworkOutput::Epsilon);
    }

    void publishedFormHasThePublishedWeight()
    {
        const IcdpmUnet unet(paperConfig());

        QVERIFY2(std::abs(static_cast<double>(parameterCount(*unet)) / 26e6 - 1.0) < 0.06,
                 qPrintable(QString::number(parameterCount(*unet))));
    }

    void configurationSurvivesTheFile()
    {
        for (const auto& config : {compactConfig("s"), tiny(paperConfig())}) {
            const auto back = configFromMetadata(toMetadata(config));
            QVERIFY(back.has_value());
            QCOMPARE(toMetadata(*back), toMetadata(config));
        }
    }

    void refusesABrokenConfiguration_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("not a number") << QStringLiteral("bands") << QStringLiteral("four");
        QTest::newRow("negative") << QStringLiteral("channels") << QStringLiteral("32,-64");
        QTest::newRow("absurd") << QStringLiteral("embedding") << QStringLiteral("99999999");
        QTest::newRow("empty") << QStringLiteral("channels") << QString();
    }
    void refusesABrokenConfiguration()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        auto metadata = toMetadata(compactConfig("xs"));
        metadata[key.toStdString()] = value.toStdString();

        const auto config = configFromMetadata(metadata);

        QVERIFY(!config.has_value());
        QCOMPARE(config.error().code, ErrorCode::ModelMismatch);
        QVERIFY(QString::fromStdString(config.error().detail).contains(key));
    }
};

QTEST_APPLESS_MAIN(TestIcdpmUnet)
#include "tst_icdpm_unet.moc"
