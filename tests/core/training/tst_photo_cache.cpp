// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/photo_cache.h"
#include "core/training/photo_decoding.h"

#include "tests/core/training/training_samples.h"

#include <QImage>
#include <QtTest/QtTest>

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

    void decodesAFolderOnce()
    {
        const auto photos = inFolder(*folder_, "photos");
        const auto first = cacheFor(photos, inFolder(*folder_, "."));
        QVERIFY(first.has_value());
        QVERIFY(std::filesystem::remove(photos / "one.png"));

        const auto second = cacheFor(photos, inFolder(*folder_, "."));

        QVERIFY(second.has_value());
        QCOMPARE(second->string(), first->string());
    }

    void takesACacheAsItIs()
    {
        const auto cache = inFolder(*folder_, "any.safetensors");

        QCOMPARE(cacheFor(cache, {})->string(), cache.string());
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
