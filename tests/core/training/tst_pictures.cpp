// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "core/training/degradation_sheet.h"
#include "core/training/picture_file.h"
#include "core/training/sample_grid.h"
#include "tests/core/training/cache_file.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace limpid;
using namespace limpid::training;

class TestPictures : public QObject {
    Q_OBJECT

private:
    QTemporaryDir temporary_;
    std::filesystem::path folder_ = temporary_.path().toStdString();
    std::filesystem::path cache_ =
        tests::writeCache(folder_, {{"large.jpg", 144}, {"other.jpg", 128}});

private Q_SLOTS:
    void aPictureSurvivesItsPhotoBitForBit()
    {
        torch::manual_seed(1);
        const auto picture = torch::round(torch::rand({1, 3, 5, 7}) * 255.0) / 255.0;

        QVERIFY(torch::equal(training::pictureOf(photoOf(picture).original), picture));
    }

    void theDegradationSheetHasARowForEachKindAndClass()
    {
        const auto target = folder_ / "sheet.png";

        QVERIFY(writeDegradationSheet({.photos = cache_, .side = 32}, target));

        // 15 kinds and classes, unblurred, shallow focus, four as drawn: each as high as a kernel
        // and three lines.
        QCOMPARE(image::readPhoto(target)->size().height, 21 * (130 + 48) + 20 * 6);
    }

    void theSheetNeedsAPhotographThatHoldsItsCrops()
    {
        const auto target = folder_ / "too-large.png";

        // The larger photograph has 144 pixels, and 64 are the margin.
        const auto written = writeDegradationSheet({.photos = cache_, .side = 96}, target);

        QVERIFY(!written.has_value());
        QCOMPARE(written.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(written.error().path.string(), cache_.string());
        QVERIFY2(written.error().detail.find("a smaller --side") != std::string::npos,
                 written.error().detail.c_str());
    }

    void theSheetIsTheSameForTheSameSeed()
    {
        const auto photos = PhotoCache::open(cache_, {}, true);
        const auto sheet = [&](std::uint64_t seed) {
            return degradationSheet(*photos, {.photos = {}, .side = 32, .seed = seed}).picture();
        };

        QVERIFY(torch::equal(sheet(1), sheet(1)));
        QVERIFY(!torch::equal(sheet(1), sheet(2)));
    }

    void theSampleGridShowsInputAnswerAndTruth()
    {
        const auto photos = PhotoCache::open(cache_, {}, true);

        const auto gray = onBlurred([](const torch::Tensor& x) { return torch::zeros_like(x); });
        const auto grid = sampleGrid(*photos, 64, {{"one step", gray}, {"kernels", gray}});

        // Four rows of two photographs, each four times, below a label.
        const auto picture = grid.picture();
        QCOMPARE(picture.size(2), 4 * (64 + 16) + 3 * 6);
        QVERIFY(picture.size(3) >= 8 * 64 + 7 * 6);
    }

    void photographsThatAreTooSmallAreLeftOutOfTheGrid()
    {
        const auto photos = PhotoCache::open(cache_, {}, true);

        const auto grid = sampleGrid(*photos, 80, {});

        QCOMPARE(grid.picture().size(2), 4 * (80 + 16) + 3 * 6);
    }
};

QTEST_APPLESS_MAIN(TestPictures)
#include "tst_pictures.moc"
