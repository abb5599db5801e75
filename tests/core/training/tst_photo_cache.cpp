// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/photo_cache.h"
#include "core/training/photo_decoding.h"

#include "tests/core/training/cache_file.h"
#include "tests/core/training/training_samples.h"

#include <QImage>
#include <QtTest/QtTest>

#include <set>

using namespace limpid;
using namespace limpid::tests;
using namespace limpid::training;

class TestPhotoCache : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("photos")));
        QImage photo(40, 20, QImage::Format_RGB888);
        photo.fill(QColor(10, 20, 30));
        QVERIFY(photo.save(folder_->filePath(QStringLiteral("photos/one.png"))));
    }

    void decodesAFolderIntoTheRun()
    {
        const auto cache = cacheFor(inFolder(*folder_, "photos"), inFolder(*folder_, "."));
        QVERIFY(cache.has_value());

        const auto photos = PhotoCache::open(*cache, {}, /*exclude=*/true);

        QVERIFY(photos.has_value());
        QCOMPARE(photos->size(), std::size_t{1});
        QCOMPARE(photos->photo(0).sizes().vec(), (std::vector<std::int64_t>{3, 20, 40}));
        QCOMPARE(photos->photo(0)[2][0][0].item<int>(), 30);
    }

    void takesACacheAsItIs()
    {
        const auto cache = inFolder(*folder_, "any.safetensors");

        QCOMPARE(cacheFor(cache, {})->string(), cache.string());
    }

    void framesDifferInSizeByWhatADegradationNeeds()
    {
        const auto cache = writeCache(inFolder(*folder_, "."), {{"a.jpg", 160}, {"b.jpg", 320}});
        const auto photos = PhotoCache::open(cache, {}, /*exclude=*/true).value();
        constexpr std::int64_t least = 120;
        std::set<std::pair<std::int64_t, std::int64_t>> sizes;

        for (std::uint64_t i = 0; i < 40; ++i) {
            Dice dice(1, i);
            const auto frame = photos.randomFrame(dice, least);
            for (const auto side : {frame.size(1), frame.size(2)})
                QVERIFY(side >= least && side <= 320 && side % 16 == least % 16);
            sizes.insert({frame.size(1), frame.size(2)});
        }

        QVERIFY(sizes.size() > 10);
        QVERIFY(sizes.contains({312, 312})); // all of the larger one
    }

    void cropsTheOnlyPhotographThatIsLargeEnough()
    {
        std::map<std::string, std::int64_t> sides{{"large.jpg", 64}};
        for (int i = 0; i < 60; ++i)
            sides["small" + std::to_string(i) + ".jpg"] = 16;
        const auto cache = writeCache(inFolder(*folder_, "."), sides);
        const auto photos = PhotoCache::open(cache, {}, /*exclude=*/true).value();

        for (std::uint64_t i = 0; i < 20; ++i) {
            Dice dice(1, i);
            QCOMPARE(photos.randomCrop(dice, 48).size(2), 48);
            QCOMPARE(photos.plainCrop(dice, 48).size(2), 48);
        }
    }

    void refusesAFolderWithoutPhotographs()
    {
        QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("empty")));

        const auto cache = cacheFor(inFolder(*folder_, "empty"), inFolder(*folder_, "."));

        QVERIFY(!cache.has_value());
        QCOMPARE(cache.error().code, ErrorCode::FileNotFound);
    }

private:
    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_APPLESS_MAIN(TestPhotoCache)
#include "tst_photo_cache.moc"
