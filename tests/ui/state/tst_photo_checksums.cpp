// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"
#include "tests/ui/saved_work_sample.h"
#include "ui/state/photo_checksums.h"

#include <QFile>

#include <atomic>
#include <future>
#include <thread>
#include <tuple>

using namespace limpid;

class TestPhotoChecksums : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isOfTheFileAsItWasOpened();
    void isNotOfWhatIsWrittenDuringTheReading();
    void isOfTheNewestReading();
    void isOfTheNewestReadingAlsoWhenAnOlderOneTakesLonger();
    void whatIsTooLargeForAPhotoIsNotRead();
    void whatIsNoFileHasNone();
};

void TestPhotoChecksums::isOfTheFileAsItWasOpened()
{
    const tests::SavedWorkSample sample;
    const ui::PhotoChecksums checksums;
    QCOMPARE(checksums.of(sample.photo.path), std::string());

    QVERIFY(checksums.noting({})(sample.photo.path).has_value());
    sample.replacePhoto();

    QCOMPARE(checksums.of(sample.photo.path), sample.work.checksum);
}

void TestPhotoChecksums::isNotOfWhatIsWrittenDuringTheReading()
{
    const tests::SavedWorkSample sample;
    const ui::PhotoChecksums checksums;
    const auto read = checksums.noting([&](const std::filesystem::path& path) {
        sample.replacePhoto();
        return image::readPhoto(path);
    });

    QVERIFY(read(sample.photo.path).has_value());

    QCOMPARE(checksums.of(sample.photo.path), sample.work.checksum);
    QVERIFY(checksums.of(sample.photo.path) != sha256OfFile(sample.photo.path).value());
}

void TestPhotoChecksums::isOfTheNewestReading()
{
    const tests::SavedWorkSample sample;
    const ui::PhotoChecksums checksums;
    const auto read = checksums.noting({});

    QVERIFY(read(sample.photo.path).has_value());
    sample.replacePhoto();
    QVERIFY(read(sample.photo.path).has_value());

    QCOMPARE(checksums.of(sample.photo.path), sha256OfFile(sample.photo.path).value());
}

void TestPhotoChecksums::isOfTheNewestReadingAlsoWhenAnOlderOneTakesLonger()
{
    std::promise<void> began;
    std::promise<void> mayEnd;
    std::atomic<int> calls = 0;
    const ui::PhotoChecksums checksums([&](const std::filesystem::path&) -> std::string {
        if (calls++ > 0)
            return "newer";
        began.set_value();
        mayEnd.get_future().wait();
        return "older";
    });
    const auto read = checksums.noting(
        [](const std::filesystem::path&) -> Result<image::Photo> { return image::Photo(); });

    std::thread older([&] { std::ignore = read("a.jpg"); });
    began.get_future().wait();
    std::ignore = read("a.jpg");
    mayEnd.set_value();
    older.join();

    QCOMPARE(checksums.of("a.jpg"), std::string("newer"));
}

/// A video, say: it is refused by its size, and that at once.
void TestPhotoChecksums::whatIsTooLargeForAPhotoIsNotRead()
{
    const tests::SavedWorkSample sample;
    const auto video = sample.file("video.mp4");
    QFile file(ui::toText(video));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64{2} << 30)); // a hole
    const ui::PhotoChecksums checksums;

    const auto photo = checksums.noting({})(video);

    QVERIFY(!photo.has_value());
    QCOMPARE(photo.error().code, ErrorCode::PictureTooLarge);
    QCOMPARE(checksums.of(video), std::string());
}

void TestPhotoChecksums::whatIsNoFileHasNone()
{
    const ui::PhotoChecksums checksums;

    const auto photo = checksums.noting({})("/nowhere/holiday.jpg");

    QVERIFY(!photo.has_value());
    QCOMPARE(photo.error().code, ErrorCode::FileNotFound);
    QCOMPARE(checksums.of("/nowhere/holiday.jpg"), std::string());
}

QTEST_GUILESS_MAIN(TestPhotoChecksums)
#include "tst_photo_checksums.moc"
