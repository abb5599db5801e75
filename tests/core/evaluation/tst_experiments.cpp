// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/experiments.h"
#include "core/evaluation/natural_features.h"
#include "core/evaluation/photo_source.h"
#include "core/image/photo_reader.h"
#include "core/training/picture_file.h"
#include "tests/core/evaluation/scenes.h"
#include "tests/core/training/cache_file.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
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
    if (!training::writePicture(picture, path))
        throw std::runtime_error("cannot write " + path.string());
}

/// A cache of "a.jpg" (large enough for a crop of 48) and "b.jpg" (too small), and their list.
SyntheticOptions photosIn(const fs::path& folder)
{
    const auto cache = tests::writeCache(folder, {{"a.jpg", 160}, {"b.jpg", 96}});
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
    RunControl control_{.progress = progress_};
    std::set<std::int64_t> seen_;

    /// Changes nothing, notes the widths of what it is given.
    Contender sizes()
    {
        return {.name = "sizes", .restore = [this](const Puzzle& puzzle) {
                    seen_.insert(puzzle.blurred.size(3));
                    return puzzle.blurred;
                }};
    }

private Q_SLOTS:
    void everyCellIsMeasuredOnceForEachContender()
    {
        const auto samples = runSynthetic(photosIn(folder_), {unchanged()}, control_);

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{52 * 2});
        for (const auto& sample : *samples)
            QCOMPARE(sample.output.at("psnr"), sample.input.at("psnr"));
    }

    void aCacheThatLacksSomeOfTheListIsGoodForTheRest()
    {
        const auto options = photosIn(folder_);
        std::ofstream(options.validation) << "a.jpg\nmissing.jpg\n";

        const auto photos = photosOf(options.photos, options.validation);

        QVERIFY(photos);
        QCOMPARE(photos->size(), std::size_t{1});
        QCOMPARE(photos->front().name, std::string("a.jpg"));
        QVERIFY(photos->front().load());
        QVERIFY(runSynthetic(options, {}, control_));
    }

    void aCacheThatHasNoneOfTheListIsNamed()
    {
        const auto options = photosIn(folder_);
        std::ofstream(options.validation) << "missing.jpg\n";

        const auto photos = photosOf(options.photos, options.validation);

        QVERIFY(!photos);
        QCOMPARE(photos.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(photos.error().path, options.photos);
    }

    void whatIsNotHeldApartMayComeFromAFolder()
    {
        const fs::path photos = folder_ / "apart";
        writePicture(scene(64), photos / "held.png");
        writePicture(scene(64), photos / "below/other.png");
        std::ofstream(photos / "list.txt") << "held.png\n";

        const auto others = photosExcept(photos, photos / "list.txt");

        QVERIFY(others);
        QCOMPARE(others->size(), std::size_t{1});
        QCOMPARE(others->front().name, std::string("other.png"));
        QVERIFY(others->front().load());
    }

    void aListOfOtherPhotographsHoldsNothingApart()
    {
        const auto options = photosIn(folder_);
        for (const char* names : {"missing.jpg\n", "# none\n", "a.jpg\nb.jpg\n"}) {
            std::ofstream(options.validation) << names;

            const auto others = photosExcept(options.photos, options.validation);

            QVERIFY(!others);
            QCOMPARE(others.error().code, ErrorCode::InvalidRequest);
            QCOMPARE(others.error().path, options.validation);
        }
    }

    void theKernelThatIsToldUndoesTheBlur()
    {
        const auto oracle = contendersOf(
            {.methods = {"oracle-wiener"}, .steps = {}, .models = {}, .kernelKnown = true});

        const auto samples = runSynthetic(photosIn(folder_), *oracle, control_);

        double gain = 0.0;
        for (const auto& sample : *samples)
            if (sample.severity == "mild (2–6 px)" && sample.finish == "clean")
                gain += sample.output.at("psnr") - sample.input.at("psnr");
        QVERIFY(gain > 0.0);
    }

    void theSameRunHasTheSameFigures()
    {
        const auto once = runSynthetic(photosIn(folder_), {}, control_);
        const auto again = runSynthetic(photosIn(folder_), {}, control_);

        for (std::size_t i = 0; i < once->size(); ++i)
            QVERIFY((*once)[i].output == (*again)[i].output);
    }

    void aRunThatEndsEarlyHasSeenEverySeverity()
    {
        std::set<std::string> seen;
        const RunControl control{
            .progress = progress_,
            .save = [&seen](const std::vector<Sample>& samples) -> Result<void> {
                for (const auto& sample : samples)
                    seen.insert(sample.severity);
                if (samples.size() < 52 / 4)
                    return {};
                return fail(ErrorCode::DiskFull, "enough");
            },
            .saveEvery = std::chrono::seconds(0)};

        const auto samples = runSynthetic(photosIn(folder_), {}, control);

        QCOMPARE(samples.error().code, ErrorCode::DiskFull);
        QVERIFY(seen.size() >= 4);
    }

    void endsWithThePictureDuringWhichTheTimeIsOver()
    {
        const RunControl control{.progress = progress_, .minutes = 1e-9};

        QCOMPARE(runSynthetic(photosIn(folder_), {}, control)->size(), std::size_t{1});
    }

    void theReportIsOrderedBySeverityWhateverWasFirst()
    {
        const auto samples = runSynthetic(photosIn(folder_), {}, control_);

        QCOMPARE(samples->size(), std::size_t{52});
        QCOMPARE(samples->front().severity, std::string("mild (2–6 px)"));
        QCOMPARE((*samples)[47].severity, std::string("strong (14–30 px)"));
        QCOMPARE(samples->back().severity, std::string("sharp, but noisy"));
    }

    void kernelsFromAFolderTakeThePlaceOfDrawnOnes()
    {
        auto options = photosIn(folder_);
        options.kernels = folder_ / "kernels";
        auto kernel = torch::zeros({1, 3, 9, 9});
        kernel.slice(3, 2, 7).select(2, 4).fill_(1.0);
        writePicture(kernel, options.kernels / "street.png");

        const auto samples = runSynthetic(options, {}, control_);

        QCOMPARE(samples->size(), std::size_t{8});
        QCOMPARE(samples->front().blur, std::string("street"));
        QVERIFY(samples->front().output.at("psnr") < 45.0);
    }

    void fewerPhotographsAreEvenlySpread()
    {
        QVERIFY(thinned(10, 0).size() == 10 && thinned(10, 20).size() == 10);
        QVERIFY(thinned(10, 3) == (std::vector<std::size_t>{0, 3, 6}));
    }

    void naturalnessIsTakenWhereThereIsAModel()
    {
        const auto features = naturalPatches(tests::deadLeaves(480, 1)).features;
        const RunControl control{.progress = progress_, .naturalness = NaturalnessModel(features)};
        writePicture(scene(160), folder_ / "natural/one.png");

        const auto samples = runBlind({.photos = folder_ / "natural", .sheet = folder_ / "s.png"},
                                      {unchanged()}, control);

        QVERIFY(samples->back().output.at("naturalness") > 0.0);
    }

    void takesWholePhotographsIfAsked()
    {
        auto options = photosIn(folder_);
        options.side = 0;

        const auto samples = runSynthetic(options, {sizes()}, control_);

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{2 * 52 * 2});
        QVERIFY(seen_ == (std::set<std::int64_t>{96, 32})); // less than 160 and 96 by the margins
    }

    void refusesAnOddSize()
    {
        auto options = photosIn(folder_);
        options.side = 50;

        QCOMPARE(runSynthetic(options, {}, control_).error().code, ErrorCode::InvalidRequest);
    }

    void pairsAreMetByName()
    {
        writePicture(scene(64) + 0.1, folder_ / "blurred/one.png");
        writePicture(scene(64), folder_ / "sharp/one.png");
        writePicture(scene(64, 2), folder_ / "sharp/other.png");

        const auto samples = runPairs({.blurred = folder_ / "blurred", .sharp = folder_ / "sharp"},
                                      {unchanged()}, control_);

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{2});
        QVERIFY(std::abs(samples->back().output.at("psnr") - 20.0) < 0.2);
    }

    void blindHasNoPsnrButASheet()
    {
        writePicture(scene(64), folder_ / "blind/one.png");
        writePicture(scene(48), folder_ / "blind/two.png");
        const fs::path sheet = folder_ / "sheet.png";

        const auto samples = runBlind({.photos = folder_ / "blind", .seeds = 2, .sheet = sheet},
                                      {unchanged(), seeded()}, control_);

        QVERIFY(samples);
        QVERIFY(!samples->front().output.contains("psnr"));
        // Seeds 1 and 2 lie four levels apart.
        QVERIFY(std::abs(samples->back().output.at("seed_deviation") - 4.0 / std::sqrt(2.0)) < 0.1);
        // Three pictures, each below its name, in two rows.
        const auto size = image::readPhoto(sheet)->size();
        QCOMPARE(size.height, 64 + 16 + 6 + 48 + 16);
        QVERIFY(size.width >= 3 * 64 + 2 * 6);
    }

    void anEmptyFolderIsNamed()
    {
        const auto samples = runBlind({.photos = folder_ / "nothing"}, {}, control_);

        QCOMPARE(samples.error().code, ErrorCode::FileNotFound);
        QCOMPARE(samples.error().path, folder_ / "nothing");
    }
};

QTEST_APPLESS_MAIN(TestExperiments)
#include "tst_experiments.moc"
