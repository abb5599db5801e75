// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/deblurdiff_model.h"
#include "core/networks/make_uninitialized.h"
#include "core/networks/text_file.h"
#include "tests/core/networks/deblurdiff_samples.h"
#include "tests/support/tiny_compact.h"

#include <QElapsedTimer>
#include <QTest>
#include <torch/utils.h>

using namespace limpid;
using namespace limpid::networks;

namespace {

/// "name<tab>320x4x3x3" of every tensor, sorted.
QStringList listed(const torch::nn::Module& module)
{
    QStringList lines;
    for (const auto& item : module.named_parameters()) {
        QStringList sizes;
        for (const auto size : item.value().sizes())
            sizes << QString::number(size);
        lines << QString::fromStdString(item.key()) + u'\t' +
                     (sizes.isEmpty() ? QStringLiteral("scalar") : sizes.join(u'x'));
    }
    lines.sort();
    return lines;
}

QStringList publishedList()
{
    const auto path = std::string(LIMPID_SOURCE_DIR) + "/tests/data/deblurdiff-keys.tsv.gz";
    auto lines =
        QString::fromStdString(readTextFile(path, 1 << 20)).split(u'\n', Qt::SkipEmptyParts);
    lines.sort();
    return lines;
}

std::int64_t elements(const torch::nn::Module& module)
{
    std::int64_t count = 0;
    for (const auto& parameter : module.parameters())
        count += parameter.numel();
    return count;
}

} // namespace

class TestDeblurDiffModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { torch::manual_seed(1); }

    void hasTheNamesAndShapesOfThePublishedCheckpoint()
    {
        const auto model =
            makeUninitialized<DeblurDiffModel>(torch::device(torch::kMeta), publishedConfig());

        const auto actual = listed(*model);
        const auto wanted = publishedList();

        QCOMPARE(wanted.size(), 2238);
        for (qsizetype i = 0; i < std::min(actual.size(), wanted.size()); ++i)
            QCOMPARE(actual[i], wanted[i]);
        QCOMPARE(actual.size(), wanted.size());
        QCOMPARE(elements(*model), std::int64_t{1811669264});
    }

    void isBuiltQuicklyInItsFinalPlace()
    {
        QElapsedTimer timer;
        timer.start();

        const auto unet = makeUninitialized<Unet>(torch::dtype(torch::kBFloat16), UnetConfig{});

        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        for (const auto& parameter : unet->parameters())
            QVERIFY(parameter.scalar_type() == torch::kBFloat16 && !parameter.requires_grad());
    }

    void answersInTheShapeOfTheLatent_data()
    {
        QTest::addColumn<bool>("compact");
        QTest::newRow("published kind") << false;
        QTest::newRow("compact kind") << true;
    }
    void answersInTheShapeOfTheLatent()
    {
        QFETCH(const bool, compact);
        const torch::NoGradGuard noGradients;
        DeblurDiffModel model(compact ? tests::tinyCompact() : tests::tinyDeblurDiff());
        const auto channels = model->config().autoencoder.embedChannels;
        const auto noisy = torch::randn({1, channels, 6, 4});
        const auto context = compact ? torch::Tensor() : torch::randn({1, 77, 16});

        const auto answer =
            model->predict(noisy, torch::tensor({500}), context, torch::randn_like(noisy));

        QCOMPARE(answer.eps.sizes(), noisy.sizes());
        QCOMPARE(answer.kernelLatent.sizes(), noisy.sizes());
        QVERIFY(answer.eps.isfinite().all().item<bool>());
    }

    void fitsOneFileOf16MiBInTheCompactForm()
    {
        const auto model = makeUninitialized<DeblurDiffModel>(torch::device(torch::kMeta),
                                                              compactDeblurDiffConfig());

        QVERIFY2(elements(*model) <= 8'000'000, qPrintable(QString::number(elements(*model))));
    }

    void answersWithoutNoiseAtAlphaZero()
    {
        const torch::NoGradGuard noGradients;
        DeblurDiffModel model(tests::tinyCompact());
        StepNetworks networks{model->unet, model->kpn, model->controlnet};
        const auto blurred = torch::randn({2, 8, 4, 4});
        const auto clean = [&](double alpha) {
            const auto a = torch::full({2, 1, 1, 1}, alpha);
            return networks
                .predictClean(torch::randn_like(blurred),
                              {a, torch::sqrt(1 - a * a), torch::full({2}, 999.0)}, blurred)
                .clean;
        };

        QVERIFY(torch::equal(clean(0.0), clean(0.0)));
        QVERIFY(!torch::allclose(clean(0.6), clean(0.6), 0, 1e-3));
    }

    void addsTheResidualVelocityToTheKernelLatent()
    {
        const torch::NoGradGuard noGradients;
        DeblurDiffModel model(tests::tinyCompact());
        StepNetworks networks{model->unet, model->kpn, model->controlnet};
        const auto noisy = torch::randn({1, 8, 4, 4});
        const auto blurred = torch::randn({1, 8, 4, 4});
        const auto t = torch::tensor({412.5});
        const CompactLevel level{torch::full({1, 1, 1, 1}, 0.6), torch::full({1, 1, 1, 1}, 0.8), t};

        const auto answer = networks.predictClean(noisy, level, blurred);

        const auto parts = networks.predict(0.6 * noisy, t, {}, blurred);
        const auto wanted = 0.6 * noisy + 0.64 * parts.kernelLatent + 0.8 * parts.eps;
        QVERIFY(torch::equal(answer.kernelLatent, parts.kernelLatent));
        QVERIFY(torch::allclose(answer.clean, wanted, 1e-5, 1e-5));
    }

    void boundsTheKernelsOfTheCompactForm()
    {
        const torch::NoGradGuard noGradients;
        DeblurDiffModel model(tests::tinyCompact());
        const auto blurred = torch::ones({1, 8, 12, 12});
        const auto kernels = torch::full({1, 8 * 25 * 2, 12, 12}, 1e4);

        const auto deblurred = model->kpn->deblurred(blurred, kernels);

        const auto most = deblurred.max().item<float>(); // twice: itself and less than two of it
        QVERIFY2(most > 8.5F && most < 9.0F, qPrintable(QString::number(most)));
    }

    void ignoresTheHintWhenControlIsScaledToZero()
    {
        const torch::NoGradGuard noGradients;
        DeblurDiffModel model(tests::tinyDeblurDiff());
        const auto noisy = torch::randn({1, 4, 4, 4});
        const auto t = torch::tensor({7});
        const auto context = torch::randn({1, 77, 16});
        const auto predict = [&](double scale) {
            return model->predict(noisy, t, context, torch::ones_like(noisy),
                                  std::vector<double>(13, scale));
        };

        const auto free = model->unet(noisy, t, context);

        QVERIFY(torch::allclose(predict(0.0).eps, free));
        QVERIFY(!torch::allclose(predict(1.0).eps, free));
        QVERIFY(torch::equal(predict(0.0).kernelLatent, predict(1.0).kernelLatent));
    }

    void addsEachControlToItsOwnSkip()
    {
        const torch::NoGradGuard noGradients;
        Unet unet(tests::tinyDeblurDiff().unet);
        const auto t = torch::tensor({3});
        const auto context = torch::randn({1, 77, 16});
        const auto outputs = [&](const torch::Tensor& x) {
            auto list = unet->encode(x, unet->embed(t), context);
            list.push_back(unet->middleBlock(list.back(), unet->embed(t), context));
            return list;
        };
        const auto x = torch::randn({1, 4, 4, 4});
        const auto other = torch::randn({1, 4, 4, 4});
        auto control = outputs(other);
        const auto own = outputs(x);
        for (std::size_t i = 0; i < control.size(); ++i)
            control[i] = control[i] - own[i];

        const auto result = unet(x, t, context, control);

        QVERIFY(torch::allclose(result, unet(other, t, context), 0, 1e-5));
    }

    void takesAsManyControlsAsItHasSkips()
    {
        const torch::NoGradGuard noGradients;
        Unet unet(tests::tinyDeblurDiff().unet);
        const auto x = torch::randn({1, 4, 4, 4});
        const std::vector<torch::Tensor> control(3, torch::zeros({1, 32, 4, 4}));

        QVERIFY_THROWS_EXCEPTION(c10::Error,
                                 unet(x, torch::tensor({3}), torch::randn({1, 77, 16}), control));
    }

    void hidesLaterWordsFromEarlierOnes()
    {
        const torch::NoGradGuard noGradients;
        TextEncoder text(*tests::tinyDeblurDiff().text);
        auto tokens = torch::randint(0, 520, {1, 77}, torch::kInt64);
        const auto before = text(tokens);
        tokens[0][40] = (tokens[0][40] + 1) % 520;

        const auto after = text(tokens);

        QVERIFY(torch::allclose(before.narrow(1, 0, 40), after.narrow(1, 0, 40), 0, 1e-6));
        QVERIFY(!torch::allclose(before.narrow(1, 40, 1), after.narrow(1, 40, 1), 0, 1e-4));
    }

    void computesInTheTypeOfItsWeights()
    {
        const torch::NoGradGuard noGradients;
        DeblurDiffModel model(tests::tinyDeblurDiff());
        const auto noisy = torch::randn({1, 4, 4, 4});
        const auto context = torch::randn({1, 77, 16});
        const auto predict = [&] {
            return model->predict(noisy, torch::tensor({500}), context, torch::ones_like(noisy));
        };
        const auto exact = predict();
        model->to(torch::kBFloat16);

        const auto rounded = predict();

        QCOMPARE(rounded.eps.scalar_type(), torch::kFloat32);
        QVERIFY(torch::allclose(rounded.eps, exact.eps, 0.1, 0.1));
        QVERIFY(!torch::equal(rounded.eps, exact.eps));
    }

    void encodesToTheScaledModeAndDecodesBack()
    {
        const torch::NoGradGuard noGradients;
        AutoencoderKl vae(tests::tinyDeblurDiff().autoencoder, 0.5);
        const auto image = torch::rand({1, 3, 8, 6});

        const auto latent = vae->encodeMode(image);

        QCOMPARE(latent.sizes(), (at::IntArrayRef{1, 4, 4, 3}));
        QVERIFY(torch::allclose(latent, vae->moments(image).narrow(1, 0, 4) * 0.5));
        QVERIFY(torch::allclose(latent, vae->encodeSample(image, torch::zeros_like(latent))));
        QCOMPARE(vae->decode(latent).sizes(), image.sizes());
    }
};

QTEST_APPLESS_MAIN(TestDeblurDiffModel)
#include "tst_deblurdiff_model.moc"
