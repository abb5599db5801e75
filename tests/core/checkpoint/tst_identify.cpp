// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/identify.h"
#include "core/checkpoint/key_map.h"

#include <QTest>

using namespace limpid::checkpoint;

namespace {

using Shape = std::vector<std::int64_t>;

/// An index of the published tensors whose names begin with one of the prefixes.
TensorIndex published(const std::vector<std::string>& prefixes = {""})
{
    TensorIndex index;
    for (const auto& [name, shape] : tensorShapes({}))
        for (const auto& prefix : prefixes)
            if (name.starts_with(prefix))
                index.tensors[name] = {.shape = shape};
    return index;
}

/// With every name changed: what begins with `from` begins with `to` instead.
TensorIndex renamed(const TensorIndex& index, const std::string& from, const std::string& to)
{
    TensorIndex result;
    for (const auto& [name, entry] : index.tensors)
        result.tensors[name.starts_with(from) ? to + name.substr(from.size()) : name] = entry;
    return result;
}

/// The layout of v2-1_512-ema-pruned.ckpt, with what it holds besides.
TensorIndex stableDiffusion()
{
    TensorIndex index = published({"unet.", "vae.", "clip."});
    index = renamed(index, "unet.", "model.diffusion_model.");
    index = renamed(index, "vae.", "first_stage_model.");
    index = renamed(index, "clip.", "cond_stage_model.");
    index.tensors["cond_stage_model.model.attn_mask"] = {.shape = {77, 77}};
    index.tensors["betas"] = {.shape = {1000}};
    index.tensors["model_ema.decay"] = {};
    return index;
}

bool contains(const std::string& text, const char* words)
{
    return text.find(words) != std::string::npos;
}

} // namespace

class TestIdentify : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void translatesNames_data();
    void translatesNames();
    void recognizesTheCompleteCheckpoint_data();
    void recognizesTheCompleteCheckpoint();
    void recognizesStableDiffusion();
    void recognizesStableDiffusionOfAnotherSize();
    void recognizesSingleNetworks_data();
    void recognizesSingleNetworks();
    void namesWhatIsMissing();
    void namesWhatHasAnotherShape();
    void ignoresWhatBelongsToNothing();
    void knowsModelsThatSayWhatTheyAre_data();
    void knowsModelsThatSayWhatTheyAre();
};

void TestIdentify::translatesNames_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("translated");
    const auto row = [](const char* name, const char* translated) {
        QTest::newRow(name) << std::string(name) << std::string(translated);
    };

    row("unet.out.0.bias", "unet.out.0.bias");
    row("module.unet.out.0.bias", "unet.out.0.bias");
    row("state_dict.module.module.vae.quant_conv.bias", "vae.quant_conv.bias");
    row("model.diffusion_model.out.0.bias", "unet.out.0.bias");
    row("first_stage_model.quant_conv.bias", "vae.quant_conv.bias");
    row("cond_stage_model.model.ln_final.bias", "clip.model.ln_final.bias");
    row("module.model.diffusion_model.out.0.bias", "unet.out.0.bias");
    row("model.something", "model.something");
}

void TestIdentify::translatesNames()
{
    QFETCH(const std::string, name);
    QFETCH(const std::string, translated);

    QCOMPARE(publishedName(name), translated);
}

void TestIdentify::recognizesTheCompleteCheckpoint_data()
{
    QTest::addColumn<std::string>("prefix");
    QTest::newRow("as published") << std::string();
    QTest::newRow("wrapped") << std::string("module.");
}

void TestIdentify::recognizesTheCompleteCheckpoint()
{
    QFETCH(const std::string, prefix);

    const auto found = identify(renamed(published(), "", prefix));

    QCOMPARE(found.kind, CheckpointKind::DeblurDiff);
    QVERIFY(found.isUsable());
    QCOMPARE(found.architecture, std::string("deblurdiff"));
    QCOMPARE(found.names.size(), std::size_t{2238});
    QCOMPARE(found.names.at("unet.out.2.bias"), prefix + "unet.out.2.bias");
}

void TestIdentify::recognizesStableDiffusion()
{
    const auto found = identify(stableDiffusion());

    QCOMPARE(found.kind, CheckpointKind::StableDiffusion);
    QVERIFY(!found.isUsable());
    QVERIFY(contains(found.sentence, "a Stable Diffusion 2.1 base model without LKPN and "
                                     "ControlNet; DeblurDiff needs the published"));
    QCOMPARE(found.names.size(), std::size_t{1228});
    QVERIFY(found.comparison.misshaped.empty());
    QCOMPARE(found.comparison.unexpected, (std::vector<std::string>{"betas", "model_ema.decay"}));
    QVERIFY(!found.names.contains("clip.model.attn_mask"));
}

void TestIdentify::recognizesStableDiffusionOfAnotherSize()
{
    TensorIndex index = stableDiffusion();
    index.tensors["model.diffusion_model.input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight"]
        .shape = {320, 768};

    const auto found = identify(index);

    QCOMPARE(found.kind, CheckpointKind::StableDiffusion);
    QVERIFY(contains(found.sentence, "another version"));
}

void TestIdentify::recognizesSingleNetworks_data()
{
    QTest::addColumn<std::string>("prefix");
    QTest::addColumn<std::string>("replacement");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* prefix, const char* replacement,
                        CheckpointKind kind, const char* words) {
        QTest::newRow(name) << std::string(prefix) << std::string(replacement)
                            << static_cast<int>(kind) << QByteArray(words);
    };
    const auto control = CheckpointKind::ControlNet;
    const auto kernel = CheckpointKind::KernelNetwork;
    const auto autoencoder = CheckpointKind::Autoencoder;

    row("ControlNet", "controlnet.", "controlnet.", control, "ControlNet alone");
    row("ControlNet without its prefix", "controlnet.", "", control, "ControlNet alone");
    row("kernel network", "kpn.", "kpn.", kernel, "LKPN) alone");
    row("kernel network without its prefix", "kpn.", "", kernel, "LKPN) alone");
    row("autoencoder", "vae.", "vae.", autoencoder, "VAE) alone");
    row("autoencoder of an original file", "vae.", "first_stage_model.", autoencoder, "alone");
    row("autoencoder without its prefix", "vae.", "", autoencoder, "VAE) alone");
    row("U-Net", "unet.", "unet.", CheckpointKind::Incomplete, "only the U-Net");
    row("something else", "unet.", "generator.", CheckpointKind::Unknown, "none of its 686");
}

void TestIdentify::recognizesSingleNetworks()
{
    QFETCH(const std::string, prefix);
    QFETCH(const std::string, replacement);
    QFETCH(const int, kind);
    QFETCH(const QByteArray, words);

    const auto found = identify(renamed(published({prefix}), prefix, replacement));

    QCOMPARE(static_cast<int>(found.kind), kind);
    QVERIFY2(contains(found.sentence, words.constData()), found.sentence.c_str());
    QVERIFY(!found.isUsable());
}

void TestIdentify::namesWhatIsMissing()
{
    TensorIndex index = published();
    for (const char* name : {"kpn.unet.out.0.bias", "kpn.unet.out.0.weight", "vae.quant_conv.bias",
                             "vae.quant_conv.weight"})
        index.tensors.erase(name);

    const auto found = identify(index);

    QCOMPARE(found.kind, CheckpointKind::Incomplete);
    QCOMPARE(found.comparison.missing.size(), std::size_t{4});
    QVERIFY2(contains(found.sentence, "4 tensors are missing (kpn.unet.out.0.bias, "
                                      "kpn.unet.out.0.weight, vae.quant_conv.bias, …)"),
             found.sentence.c_str());
}

void TestIdentify::namesWhatHasAnotherShape()
{
    TensorIndex index = published();
    index.tensors["unet.out.2.weight"].shape = {4, 32, 3, 3};

    const auto found = identify(index);

    QCOMPARE(found.kind, CheckpointKind::Incomplete);
    QVERIFY2(contains(found.sentence, "1 has another shape (unet.out.2.weight: want "
                                      "[4, 320, 3, 3], got [4, 32, 3, 3])"),
             found.sentence.c_str());
}

void TestIdentify::ignoresWhatBelongsToNothing()
{
    TensorIndex index = published();
    index.tensors["optimizer.step"] = {};

    const auto found = identify(index);

    QCOMPARE(found.kind, CheckpointKind::DeblurDiff);
    QCOMPARE(found.comparison.unexpected, std::vector<std::string>{"optimizer.step"});
    QCOMPARE(found.names.size(), std::size_t{2238});
}

void TestIdentify::knowsModelsThatSayWhatTheyAre_data()
{
    QTest::addColumn<std::string>("architecture");
    QTest::addColumn<bool>("known");
    QTest::newRow("ours") << std::string("msg") << true;
    QTest::newRow("compact DeblurDiff") << std::string("deblurdiff") << true;
    QTest::newRow("of a later version") << std::string("other") << false;
}

void TestIdentify::knowsModelsThatSayWhatTheyAre()
{
    QFETCH(const std::string, architecture);
    QFETCH(const bool, known);
    TensorIndex index;
    index.tensors["any.weight"] = {.shape = {2}};
    index.metadata["architecture"] = architecture;

    const auto found = identify(index);

    QCOMPARE(found.isUsable(), known);
    QCOMPARE(found.architecture, architecture);
    QVERIFY(contains(found.sentence, architecture.c_str()));
    QCOMPARE(found.names.size(), std::size_t{known ? 1U : 0U});
}

QTEST_APPLESS_MAIN(TestIdentify)
#include "tst_identify.moc"
