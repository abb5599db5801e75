// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/checkpoint/safetensors.h"
#include "core/evaluation/contact_sheet.h"
#include "core/evaluation/experiments.h"
#include "core/image/photo_reader.h"
#include "tests/core/evaluation/scenes.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace limpid;
using namespace limpid::evaluation;
using tests::scene;

namespace {

namespace fs = std::filesystem;

Contender unchanged()
{
    return {.name = "unchanged", .restore = [](const Puzzle& puzzle) {
                return puzzle.blurred;
            }};
}

Contender seeded()
{
    return {.name = "seeded", .drawsNoise = true, .restore = [](const Puzzle& puzzle) {
                return puzzle.blurred + static_cast<double>(puzzle.seed) * 4.0 / 255.0;
            }};
}

void writePicture(const torch::Tensor& picture, const fs::path& path)
{
    fs::create_directories(path.parent_path());
    ContactSheet sheet;
    sheet.beginRow();
    sheet.add(picture);
    if (!sheet.write(path))
        throw std::runtime_error("cannot write " + path.string());
}

/// A cache of "a.jpg" (large enough for a crop of 48) and "b.jpg" (too small), and their list.
SyntheticOptions photosIn(const fs::path& folder)
{
    const auto bytes = [](std::int64_t side) {
        return torch::round(scene(side)[0] * 255.0).to(torch::kUInt8).contiguous();
    };
    const auto a = bytes(160);
    const auto b = bytes(96);
    const auto entry = [](const torch::Tensor& photo) {
        return checkpoint::TensorBytes{checkpoint::DType::U8,
                                       photo.sizes().vec(),
                                       {static_cast<const std::byte*>(photo.const_data_ptr()),
                                        static_cast<std::size_t>(photo.numel())}};
    };
    const fs::path cache = folder / "photos.safetensors";
    if (!checkpoint::writeSafetensors(cache, {{"a.jpg", entry(a)}, {"b.jpg", entry(b)}}, {}))
        throw std::runtime_error("cannot write the cache");
    std::ofstream(folder / "list.txt") << "# two\na.jpg\nb.jpg\n";
    return {.photos = cache, .validation = folder / "list.txt", .side = 48};
}

} // namespace

class TestExperiments : public QObject {
    Q_OBJECT

private:
    QTemporaryDir temporary_;
    fs::path folder_ = temporary_.path().toStdString();
    std::ostringstream progress_;

private Q_SLOTS:
    void everyCellIsMeasuredOnceForEachContender()
    {
        const auto samples = runSynthetic(photosIn(folder_), {unchanged()}, progress_);

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{39 * 2});
        QVERIFY(progress_.str().find("b.jpg is too small") != std::string::npos);
        for (const auto& sample : *samples)
            QCOMPARE(sample.output.at("psnr"), sample.input.at("psnr"));
    }

    void theKernelThatIsToldUndoesTheBlur()
    {
        const auto oracle =
            contendersOf({.methods = {"wiener"}, .steps = {}, .models = {}, .kernelKnown = true});

        const auto samples = runSynthetic(photosIn(folder_), *oracle, progress_);

        double gain = 0.0;
        for (const auto& sample : *samples)
            if (sample.severity == "mild (2–6 px)" && sample.finish == "clean")
                gain += sample.output.at("psnr") - sample.input.at("psnr");
        QVERIFY(gain > 0.0);
    }

    void theSameRunHasTheSameFigures()
    {
        const auto once = runSynthetic(photosIn(folder_), {}, progress_);
        const auto again = runSynthetic(photosIn(folder_), {}, progress_);

        for (std::size_t i = 0; i < once->size(); ++i)
            QVERIFY((*once)[i].output == (*again)[i].output);
    }

    void refusesAnOddSize()
    {
        auto options = photosIn(folder_);
        options.side = 50;

        QCOMPARE(runSynthetic(options, {}, progress_).error().code, ErrorCode::InvalidRequest);
    }

    void pairsAreMetByName()
    {
        writePicture(scene(64) + 0.1, folder_ / "blurred/one.png");
        writePicture(scene(64), folder_ / "sharp/one.png");
        writePicture(scene(64, 2), folder_ / "sharp/other.png");

        const auto samples = runPairs({.blurred = folder_ / "blurred", .sharp = folder_ / "sharp"},
                                      {unchanged()}, progress_);

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{2});
        QVERIFY(std::abs(samples->back().output.at("psnr") - 20.0) < 0.2);
    }

    void aPairOfTwoSizesIsRefusedByName()
    {
        writePicture(scene(64), folder_ / "uneven/one.png");
        writePicture(scene(48), folder_ / "true/one.png");

        const auto samples = runPairs({.blurred = folder_ / "uneven", .sharp = folder_ / "true"},
                                      {unchanged()}, progress_);

        QCOMPARE(samples.error().path, folder_ / "uneven/one.png");
    }

    void blindHasNoPsnrButASheet()
    {
        writePicture(scene(64), folder_ / "blind/one.png");
        writePicture(scene(48), folder_ / "blind/two.png");
        const fs::path sheet = folder_ / "sheet.png";

        const auto samples = runBlind({.photos = folder_ / "blind", .seeds = 2, .sheet = sheet},
                                      {unchanged(), seeded()}, progress_);

        QVERIFY(samples);
        QVERIFY(!samples->front().output.contains("psnr"));
        // Seeds 1 and 2 lie four levels apart.
        QVERIFY(std::abs(samples->back().output.at("seed_deviation") - 4.0 / std::sqrt(2.0)) < 0.1);
        QCOMPARE(image::readPhoto(sheet)->size(), (Size{3 * 64 + 2 * 4, 64 + 4 + 48}));
    }

    void anEmptyFolderIsNamed()
    {
        const auto samples = runBlind({.photos = folder_ / "nothing"}, {}, progress_);

        QCOMPARE(samples.error().code, ErrorCode::FileNotFound);
        QCOMPARE(samples.error().path, folder_ / "nothing");
    }
};

QTEST_APPLESS_MAIN(TestExperiments)
#include "tst_experiments.moc"
