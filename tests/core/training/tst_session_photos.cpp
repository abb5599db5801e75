// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/session_photos.h"
#include "tests/core/training/cache_file.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace limpid;
using namespace limpid::training;

class TestSessionPhotos : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void partsThePhotographsByTheList_data();
    void partsThePhotographsByTheList();
    void namesWhatNoPhotographHas();
    void refusesAListThatLeavesNothing_data();
    void refusesAListThatLeavesNothing();
    void oneThatIsLargeEnoughWillDo();
    void partsWithoutAskingWhetherTheyCanBeMeasured();
    void summarizesWhatItFound_data();
    void summarizesWhatItFound();
    void requiresAPhotographThatHoldsThePictureAndItsMargin();
    void refusesANameThatHasBecomeSeveral();

private:
    Result<SessionPhotos> opened(const std::string& list)
    {
        std::ofstream(list_) << list;
        return openSessionPhotos(cache_, list_);
    }

    QTemporaryDir folder_;
    std::filesystem::path path_ = folder_.path().toStdString();
    std::filesystem::path list_ = path_ / "held.txt";
    std::filesystem::path cache_ = tests::writeCache(
        path_, {{"a.jpg", 256}, {"b c.jpg", 256}, {"d.jpg", 272}, {"small.jpg", 248}});
};

void TestSessionPhotos::partsThePhotographsByTheList_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::newRow("lines of Unix") << QByteArray("# held\na.jpg\nb c.jpg\n");
    QTest::newRow("lines of Windows") << QByteArray("# held\r\na.jpg\r\nb c.jpg\r\n");
    QTest::newRow("a mark before the first name") << QByteArray("\xEF\xBB\xBF"
                                                                "a.jpg\r\nb c.jpg");
    QTest::newRow("outer blanks") << QByteArray("  # held\n a.jpg\t\n\n \t\n  b c.jpg  ");
}

void TestSessionPhotos::partsThePhotographsByTheList()
{
    QFETCH(const QByteArray, list);

    const auto photos = opened(list.toStdString());

    QVERIFY(photos);
    QCOMPARE(photos->held.size(), std::size_t{2});
    QCOMPARE(photos->learned.size(), std::size_t{2});
    QVERIFY(photos->missing.empty());
}

void TestSessionPhotos::namesWhatNoPhotographHas()
{
    const auto photos = opened("z.jpg\na.jpg\nphotos/d.jpg\n");

    QVERIFY(photos);
    QCOMPARE(photos->held.size(), std::size_t{1});
    QCOMPARE(photos->learned.size(), std::size_t{3});
    QCOMPARE(photos->missing, (std::vector<std::string>{"photos/d.jpg", "z.jpg"}));
}

void TestSessionPhotos::refusesAListThatLeavesNothing_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QString>("words");
    QTest::newRow("no name") << QByteArray("# a.jpg\n") << QStringLiteral("one a line");
    QTest::newRow("other names") << QByteArray("x.jpg\nphotos/a.jpg\n")
                                 << QStringLiteral("none of the 2 names");
    QTest::newRow("all of them") << QByteArray("a.jpg\nb c.jpg\nd.jpg\nsmall.jpg\nmore.jpg\n")
                                 << QStringLiteral("none is left to learn from");
    QTest::newRow("one too small to be measured")
        << QByteArray("small.jpg\n") << QStringLiteral("cut from 256 × 256");
}

void TestSessionPhotos::refusesAListThatLeavesNothing()
{
    QFETCH(const QByteArray, list);
    QFETCH(const QString, words);

    const auto photos = opened(list.toStdString());

    QVERIFY(!photos);
    QCOMPARE(photos.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(photos.error().path, list_);
    QVERIFY2(QString::fromStdString(photos.error().detail).contains(words),
             photos.error().detail.c_str());
}

void TestSessionPhotos::oneThatIsLargeEnoughWillDo()
{
    QVERIFY(opened("small.jpg\na.jpg\n"));
}

void TestSessionPhotos::partsWithoutAskingWhetherTheyCanBeMeasured()
{
    std::ofstream(list_) << "small.jpg\n";

    const auto photos = partPhotos(cache_, list_);

    QVERIFY(photos);
    QCOMPARE(photos->held.size(), std::size_t{1});
    QCOMPARE(photos->learned.size(), std::size_t{3});
}

void TestSessionPhotos::summarizesWhatItFound_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("end");
    QTest::newRow("every name") << QByteArray("a.jpg\n") << QByteArray("1 held apart\n");
    QTest::newRow("one not there") << QByteArray("a.jpg\nx.jpg\n")
                                   << QByteArray("1 of 2 names are of no photograph here: x.jpg\n");
    QTest::newRow("many not there") << QByteArray("a.jpg\nw.jpg\nx.jpg\ny.jpg\nz.jpg\n")
                                    << QByteArray("4 of 5 names are of no photograph here: "
                                                  "w.jpg, x.jpg, y.jpg, …\n");
}

void TestSessionPhotos::summarizesWhatItFound()
{
    QFETCH(const QByteArray, list);
    QFETCH(const QByteArray, end);

    const auto summary = summaryOf(opened(list.toStdString()).value(), list_);

    QVERIFY2(summary.starts_with("3 photographs to learn from, 1 held apart\n"), summary.c_str());
    QVERIFY2(summary.ends_with(end.toStdString()), summary.c_str());
}

void TestSessionPhotos::requiresAPhotographThatHoldsThePictureAndItsMargin()
{
    const auto photos = PhotoCache::open(cache_, {}, /*exclude=*/true).value();
    QCOMPARE(photos.largestShortSide(), std::int64_t{272});

    QVERIFY(requireRoom(photos, 208, "--crop", cache_)); // and 64 are the margin
    const auto missed = requireRoom(photos, 224, "--crop", cache_);

    QVERIFY(!missed);
    QCOMPARE(missed.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(missed.error().path, cache_);
    for (const auto* const words : {"288 × 288", "272", "a smaller --crop"})
        QVERIFY2(missed.error().detail.find(words) != std::string::npos,
                 missed.error().detail.c_str());
}

void TestSessionPhotos::refusesANameThatHasBecomeSeveral()
{
    QTemporaryDir folder;
    const auto cache =
        tests::writeCache(folder.path().toStdString(),
                          {{"one/a.jpg", 256}, {"two/a.jpg", 256}, {"b.jpg", 256}, {"c.jpg", 256}});
    std::ofstream(list_) << "a.jpg\nb.jpg\n";

    const auto photos = openSessionPhotos(cache, list_);

    QVERIFY(!photos);
    QCOMPARE(photos.error().path, list_);
    QVERIFY(photos.error().detail.find("one/a.jpg, two/a.jpg") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestSessionPhotos)
#include "tst_session_photos.moc"
