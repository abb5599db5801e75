// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/sample_photo.h"
#include "ui/state/photo_loader.h"

#include <QSignalSpy>
#include <QTest>

#include <future>

using namespace limpid;

class TestPhotoLoader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewerOpenSupersedesAnOlderOne();
    void saysWhyAFileCannotBeOpened();
    void survivesAReaderThatThrows();
};

void TestPhotoLoader::aNewerOpenSupersedesAnOlderOne()
{
    std::promise<void> release;
    const auto released = release.get_future().share();
    ui::PhotoLoader loader([released](const std::filesystem::path& path) -> Result<image::Photo> {
        if (path == "slow.jpg")
            released.wait();
        auto photo = tests::samplePhoto();
        photo.path = path;
        return photo;
    });
    QSignalSpy opened(&loader, &ui::PhotoLoader::opened);

    loader.open("slow.jpg");
    loader.open("fast.jpg");
    release.set_value(); // both may finish now, in any order
    QTRY_VERIFY(!loader.isBusy());
    QTest::qWait(0);

    QCOMPARE(opened.count(), 1);
    QVERIFY(opened.first().first().value<image::Photo>().path == "fast.jpg");
}

void TestPhotoLoader::saysWhyAFileCannotBeOpened()
{
    ui::PhotoLoader loader([](const std::filesystem::path& path) -> Result<image::Photo> {
        return fail(ErrorCode::DamagedFile, "cut", path);
    });
    QSignalSpy failed(&loader, &ui::PhotoLoader::failed);

    loader.open("bad.jpg");
    QTRY_COMPARE(failed.count(), 1);

    QCOMPARE(failed.first().first().value<Error>().code, ErrorCode::DamagedFile);
    QVERIFY(!loader.isBusy());
}

void TestPhotoLoader::survivesAReaderThatThrows()
{
    ui::PhotoLoader loader(
        [](const std::filesystem::path&) -> Result<image::Photo> { throw std::bad_alloc(); });
    QSignalSpy failed(&loader, &ui::PhotoLoader::failed);

    loader.open("huge.tif");

    QTRY_COMPARE(failed.count(), 1);
}

QTEST_GUILESS_MAIN(TestPhotoLoader)
#include "tst_photo_loader.moc"
