// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/gate_file.h"
#include "core/networks/load_weights.h"
#include "core/networks/msg_model.h"
#include "tests/support/make_gate.h"
#include "tests/support/tiny_msg.h"

#include <QTemporaryDir>
#include <QTest>
#include <torch/utils.h>

#include <optional>
#include <stdexcept>

using namespace limpid;
using namespace limpid::networks;
using checkpoint::SafetensorsFile;

namespace {

/// Busy on the left, calm on the right.
torch::Tensor picture(std::int64_t height, std::int64_t width)
{
    torch::manual_seed(3);
    const auto calm = torch::linspace(1.0, 0.0, width).view({1, 1, 1, width});
    return (torch::rand({1, 3, height, width}) - 0.5) * calm;
}

std::filesystem::path inFolder(const QTemporaryDir& folder, const char* name)
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

/// A model file without a gate.
SafetensorsFile savedModel(const std::filesystem::path& path)
{
    const auto model = tests::randomModel(tests::tinyConfig());
    const auto saved =
        saveWeights(*model, path, checkpoint::DType::F16, toMetadata(tests::tinyConfig()));
    return saved ? SafetensorsFile::open(path).value() : throw std::runtime_error("not saved");
}

/// A model file with a gate whose metadata says this instead; nothing: says nothing about it.
SafetensorsFile fileWith(const QTemporaryDir& folder, const std::string& key,
                         const std::optional<std::string>& value)
{
    const auto gated = inFolder(folder, "gated");
    const auto changed = inFolder(folder, "changed");
    if (!writeWithGate(savedModel(inFolder(folder, "plain")), tests::randomGate(), gated))
        throw std::runtime_error("not saved");
    const auto file = SafetensorsFile::open(gated).value();
    std::map<std::string, std::vector<std::byte>> bytes;
    std::map<std::string, checkpoint::TensorBytes> tensors;
    for (const auto& [name, entry] : file.index().tensors) {
        bytes[name] = file.bytes(entry).value();
        tensors.emplace(name, checkpoint::TensorBytes{entry.dtype, entry.shape, bytes[name]});
    }
    auto metadata = file.index().metadata;
    metadata.erase(key);
    if (value)
        metadata[key] = *value;
    const auto saved = checkpoint::writeSafetensors(changed, tensors, metadata);
    return saved ? SafetensorsFile::open(changed).value() : throw std::runtime_error("not saved");
}

} // namespace

class TestSharpnessGate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersOncePerCellBetweenNothingAndAll();
    void sharesOfSeveralScalesAreAllAtMost();
    void choosesAllOfTheSameIfAllIsShown();
    void tellsPicturesApart();
    void tellsWhetherRestorationsAgree();
    void seesInWhichOctavesRestorationsAgree();
    void aTileWithItsHaloGetsTheAnswerOfTheWhole();
    void answersByTheSceneIfItIsToldOfIt();
    void survivesTheFileOfItsModel_data();
    void survivesTheFileOfItsModel();
    void readsAFileFromBeforeThereWere_data();
    void readsAFileFromBeforeThereWere();
    void replacesTheGateOfAFile();
    void takesTheGateOffAFile();
    void aFileWithoutAGateHasNone();
    void refusesAnImpossibleGate_data();
    void refusesAnImpossibleGate();
};

void TestSharpnessGate::answersOncePerCellBetweenNothingAndAll()
{
    const auto blurred = picture(48, 64);

    const auto shares = tests::randomGate()->forward(blurred, {blurred * 0.2});

    QCOMPARE(shares.sizes(), (at::IntArrayRef{1, 1, 6, 8}));
    QVERIFY(shares.min().item<float>() >= 0.0F && shares.max().item<float>() <= 1.0F);
    QCOMPARE(sharesPerPixel(shares).sizes(), (at::IntArrayRef{1, 1, 48, 64}));
}

void TestSharpnessGate::sharesOfSeveralScalesAreAllAtMost()
{
    const auto blurred = picture(48, 64);
    const std::vector<torch::Tensor> changes{blurred * 0.2, blurred * 0.3, blurred * -0.1};

    const auto shares = tests::randomGate(false, 3)->forward(blurred, changes);
    const auto one = tests::gateForScale(1, 3)->forward(blurred, changes);

    QCOMPARE(shares.sizes(), (at::IntArrayRef{1, 3, 6, 8}));
    QVERIFY(shares.min().item<float>() >= 0.0F);
    QVERIFY(shares.sum(1).max().item<float>() <= 1.0F + 1e-6F);
    QVERIFY(torch::equal(one, torch::tensor({0.0F, 1.0F, 0.0F}).view({1, 3, 1, 1}).expand_as(one)));
}

void TestSharpnessGate::choosesAllOfTheSameIfAllIsShown()
{
    auto gate = tests::randomGate(false, 3);
    const auto blurred = picture(48, 64);
    const std::vector<torch::Tensor> changes{blurred * 0.2, blurred * 0.3, blurred * -0.1};

    const auto choice = gate->choice(blurred, changes);

    const auto shares = gate->forward(blurred, changes);
    const auto shown = shares.sum(1, /*keepdim=*/true);
    QVERIFY(shown.min().item<float>() < 0.9F);
    QVERIFY(torch::allclose(choice.sum(1), torch::ones({1, 6, 8})));
    QVERIFY(torch::allclose(choice * shown, shares, 0, 1e-6));
    QVERIFY(
        torch::equal(tests::randomGate()->choice(blurred, {blurred}), torch::ones({1, 1, 6, 8})));
}

void TestSharpnessGate::tellsPicturesApart()
{
    auto gate = tests::randomGate();
    const auto blurred = picture(64, 64);

    const auto sharpened = gate->forward(blurred, {blurred * 0.3});
    const auto smoothed = gate->forward(blurred, {blurred * -0.3});

    QVERIFY(!torch::allclose(sharpened, smoothed, 0, 1e-3));
    QVERIFY(!torch::allclose(sharpened.slice(3, 0, 2), sharpened.slice(3, 6, 8), 0, 1e-3));
}

void TestSharpnessGate::tellsWhetherRestorationsAgree()
{
    auto gate = tests::randomGate(false, 2);
    const auto flat = torch::zeros({1, 3, 64, 64});
    const auto change = picture(64, 64) * 0.2;

    const auto agreeing = gate->forward(flat, {change, change});
    const auto opposite = gate->forward(flat, {change, -change});

    QVERIFY(!torch::allclose(agreeing, opposite, 0, 1e-3));
}

void TestSharpnessGate::seesInWhichOctavesRestorationsAgree()
{
    const SharpnessGateConfig gate{.scales = 2, .octaveAgreement = true};
    const auto flat = torch::zeros({1, 3, 64, 64});
    const auto broad = torch::linspace(0.0, 1.0, 64).view({1, 1, 1, 64}).expand_as(flat);
    const auto detail = picture(64, 64) * 0.5;

    const auto features = gateFeatures(gate, flat, {broad + detail, broad - detail});

    constexpr std::int64_t ofAPair = 8; // how far they agree and by how much they differ, 4 times
    const auto seen = features.slice(1, features.size(1) - ofAPair).mean({0, 2, 3});
    QVERIFY(seen[0].item<float>() < -0.5F);          // of full size
    QVERIFY(seen[ofAPair - 2].item<float>() > 0.3F); // of the size of a cell
    QVERIFY(seen[1].item<float>() > seen[ofAPair - 1].item<float>());
}

void TestSharpnessGate::aTileWithItsHaloGetsTheAnswerOfTheWhole()
{
    auto gate = tests::randomGate();
    const auto blurred = picture(128, 160);
    const auto change = blurred * 0.3;
    const auto cells = gate->reachPixels() / SharpnessGateImpl::cellPixels;
    const std::int64_t begin = 5 - cells;

    const auto whole = gate->forward(blurred, {change});
    const auto part =
        gate->forward(blurred.slice(3, begin * 8, 160), {change.slice(3, begin * 8, 160)});

    QVERIFY(torch::allclose(whole.slice(3, 5), part.slice(3, cells), 0, 1e-5));
    QVERIFY(!torch::allclose(whole.slice(3, begin, begin + 1), part.slice(3, 0, 1), 0, 1e-5));
}

void TestSharpnessGate::answersByTheSceneIfItIsToldOfIt()
{
    const auto blurred = picture(64, 64);
    const auto soft = sceneFeatures(torch::avg_pool2d(blurred, 5, 1, 2));
    const auto sharp = sceneFeatures(blurred);
    const auto answer = [&](bool told, const torch::Tensor& scene) {
        return tests::randomGate(told)->forward(blurred, {blurred * 0.2}, scene);
    };

    QVERIFY(!torch::allclose(answer(true, soft), answer(true, sharp), 0, 1e-3));
    QVERIFY(torch::equal(answer(false, soft), answer(false, sharp)));
}

void TestSharpnessGate::survivesTheFileOfItsModel_data()
{
    QTest::addColumn<SharpnessGateConfig>("config");
    const auto row = [](const char* name, const SharpnessGateConfig& config) {
        QTest::newRow(name) << config;
    };
    row("told of the scene", {.scene = true});
    row("not told", {});
    row("for three scales", {.scene = true, .scales = 3});
    row("for two and a deconvolution", {.scene = true, .scales = 2, .deconvolved = true});
    row("for two and a refined one",
        {.scene = true, .scales = 2, .deconvolved = true, .refined = true});
    row("that sees agreement in octaves", {.scales = 2, .octaveAgreement = true});
}

void TestSharpnessGate::survivesTheFileOfItsModel()
{
    QFETCH(const SharpnessGateConfig, config);
    const QTemporaryDir folder;
    const auto model = savedModel(inFolder(folder, "plain"));
    auto gate = tests::randomGate(config);
    QVERIFY(writeWithGate(model, gate, inFolder(folder, "gated")));

    const auto file = SafetensorsFile::open(inFolder(folder, "gated")).value();
    auto loaded = loadGate(file, {});

    QVERIFY(loaded && *loaded);
    const auto blurred = picture(32, 32);
    const auto told = sceneFeatures(blurred);
    const std::vector<torch::Tensor> changes(
        static_cast<std::size_t>(gate->config().restorations()), -blurred);
    QVERIFY(torch::equal((*loaded)->forward(blurred, changes, told),
                         gate->forward(blurred, changes, told)));
    QCOMPARE((*loaded)->config().refined, config.refined);
    QCOMPARE((*loaded)->config().octaveAgreement, config.octaveAgreement);
    QCOMPARE(withoutGate(file.index()).tensors.size(), model.index().tensors.size());
}

void TestSharpnessGate::readsAFileFromBeforeThereWere_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("scenes") << QByteArray("gate.scene");
    QTest::newRow("scales") << QByteArray("gate.scales");
    QTest::newRow("deconvolutions") << QByteArray("gate.deconvolved");
    QTest::newRow("refinements") << QByteArray("gate.refined");
    QTest::newRow("agreement in octaves") << QByteArray("gate.octave_agreement");
}

void TestSharpnessGate::readsAFileFromBeforeThereWere()
{
    QFETCH(const QByteArray, key);
    const QTemporaryDir folder;

    const auto gate = loadGate(fileWith(folder, key.toStdString(), std::nullopt), {});

    QVERIFY(gate && *gate);
    QVERIFY(!(*gate)->config().scene);
    QCOMPARE((*gate)->config().restorations(), std::int64_t{1});
}

void TestSharpnessGate::replacesTheGateOfAFile()
{
    const QTemporaryDir folder;
    const auto path = inFolder(folder, "model");
    QVERIFY(writeWithGate(savedModel(path), tests::randomGate(), path));

    QVERIFY(writeWithGate(SafetensorsFile::open(path).value(), tests::constantGate(1.0), path));

    const auto gate = loadGate(SafetensorsFile::open(path).value(), {}).value();
    QCOMPARE(gate->config().channels, std::int64_t{4});
}

void TestSharpnessGate::takesTheGateOffAFile()
{
    const QTemporaryDir folder;
    const auto path = inFolder(folder, "model");
    const auto before = savedModel(path).index();
    QVERIFY(writeWithGate(SafetensorsFile::open(path).value(), tests::randomGate(), path));

    QVERIFY(writeWithoutGate(SafetensorsFile::open(path).value(), inFolder(folder, "bare")));

    const auto after = SafetensorsFile::open(inFolder(folder, "bare")).value().index();
    QCOMPARE(after.tensors.size(), before.tensors.size());
    QVERIFY(after.metadata == before.metadata);
}

void TestSharpnessGate::aFileWithoutAGateHasNone()
{
    const QTemporaryDir folder;
    const auto model = savedModel(inFolder(folder, "plain"));

    const auto gate = loadGate(model, {});

    QVERIFY(gate && gate->is_empty());
    QCOMPARE(withoutGate(model.index()).tensors.size(), model.index().tensors.size());
}

void TestSharpnessGate::refusesAnImpossibleGate_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("another width") << QByteArray("gate.channels") << QByteArray("5");
    QTest::newRow("far too wide") << QByteArray("gate.channels") << QByteArray("100000");
    QTest::newRow("endless") << QByteArray("gate.blocks") << QByteArray("99");
    QTest::newRow("not a number") << QByteArray("gate.blocks") << QByteArray("two");
    QTest::newRow("told of what it has no weights for")
        << QByteArray("gate.scene") << QByteArray("1");
    QTest::newRow("for scales it has no weights for")
        << QByteArray("gate.scales") << QByteArray("3");
    QTest::newRow("for no scale") << QByteArray("gate.scales") << QByteArray("0");
    QTest::newRow("for scales beyond all use") << QByteArray("gate.scales") << QByteArray("4");
    QTest::newRow("for a deconvolution without a guess")
        << QByteArray("gate.deconvolved") << QByteArray("1");
    QTest::newRow("for a refined one without a deconvolution")
        << QByteArray("gate.refined") << QByteArray("1");
}

void TestSharpnessGate::refusesAnImpossibleGate()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, value);
    const QTemporaryDir folder;

    const auto gate = loadGate(fileWith(folder, key.toStdString(), value.toStdString()), {});

    QVERIFY(!gate);
    QCOMPARE(gate.error().code, ErrorCode::ModelMismatch);
}

QTEST_APPLESS_MAIN(TestSharpnessGate)
#include "tst_sharpness_gate.moc"
