// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/photo_source.h"
#include "core/training/photo_decoding.h"
#include "core/training/picture_file.h"
#include "tests/core/evaluation/scenes.h"
#include "tests/core/training/cache_file.h"
#include "tests/support/fresh_folder.h"

#include <QtTest/QtTest>

#include <fstream>
#include <stdexcept>
#include <unistd.h>

using namespace limpid;
using namespace limpid::evaluation;

namespace {

namespace fs = std::filesystem;

using Names = std::vector<std::string>;

Names namesOf(const std::vector<NamedPhoto>& photos)
{
    Names names;
    for (const auto& photo : photos)
        names.push_back(photo.name);
    return names;
}

} // namespace

/// How photographs are named, told apart by a list, and refused.
class TestPhotoSource : public QObject, private tests::FreshFolder {
    Q_OBJECT

private:
    void writePicture(const char* name) const
    {
        fs::create_directories(file(name).parent_path());
        if (!training::writePicture(tests::scene(64), file(name)))
            throw std::runtime_error("cannot write a picture");
    }

    /// Two of the same name in sub-folders, and one of its own.
    void writeNamesakes() const
    {
        for (const char* name : {"in/100/1.png", "in/101/1.png", "in/101/2.png"})
            writePicture(name);
    }

    fs::path listOf(const char* names) const
    {
        std::ofstream(file("list.txt")) << names;
        return file("list.txt");
    }

private Q_SLOTS:
    void init() { renew(); }

    void aFolderAndItsCacheHaveTheSameNames_data()
    {
        QTest::addColumn<bool>("isCache");
        QTest::newRow("folder") << false;
        QTest::newRow("cache") << true;
    }
    void aFolderAndItsCacheHaveTheSameNames()
    {
        QFETCH(const bool, isCache);
        writeNamesakes();
        writePicture("in/.hidden/3.png");
        writePicture("in/3.png");
        QVERIFY(training::writePhotoCache(file("in"), file("cache"), 0));
        const auto list = listOf("100/1.png\n2.png\n");
        const auto source = file(isCache ? "cache" : "in");

        const auto held = photosOf(source, list);
        const auto others = photosExcept(source, list);

        QVERIFY(held && others);
        QVERIFY(namesOf(*held) == (Names{"100/1.png", "2.png"}));
        QVERIFY(namesOf(*others) == (Names{".hidden/3.png", "101/1.png", "3.png"}));
        QVERIFY(held->front().load() && others->front().load());
        QCOMPARE(held->front().source, isCache ? fs::path("100/1.png") : file("in/100/1.png"));
    }

    void aNameOfSeveralIsRefused_data() { aFolderAndItsCacheHaveTheSameNames_data(); }
    void aNameOfSeveralIsRefused()
    {
        QFETCH(const bool, isCache);
        writeNamesakes();
        QVERIFY(training::writePhotoCache(file("in"), file("cache"), 0));
        const auto list = listOf("1.png\n2.png\n");
        const auto source = file(isCache ? "cache" : "in");

        for (const auto& photos : {photosOf(source, list), photosExcept(source, list)}) {
            QVERIFY(!photos);
            QCOMPARE(photos.error().code, ErrorCode::InvalidRequest);
            QCOMPARE(photos.error().path, list);
            QCOMPARE(photos.error().detail,
                     std::string("'1.png' is the name of several photographs: 100/1.png, "
                                 "101/1.png; write those that are meant"));
        }
    }

    void aPathHoldsApartAlsoWhenItsNamesakeIsGone()
    {
        writeNamesakes();
        fs::remove(file("in/100/1.png"));

        const auto others = photosExcept(file("in"), listOf("101/1.png\n"));

        QVERIFY(others);
        QVERIFY(namesOf(*others) == Names{"2.png"});
    }

    void whatIsNoPhotographIsNotTaken()
    {
        writePicture("in/1.png");
        writePicture("in/2.png");
        fs::rename(file("in/2.png"), file("in/2")); // known by its content
        std::ofstream(file("in/notes.txt")) << "no photograph";

        const auto others = photosExcept(file("in"), listOf("1.png\n"));

        QVERIFY(others);
        QVERIFY(namesOf(*others) == Names{"2"});
    }

    void aFolderThatMayNotBeOpenedIsTold()
    {
        if (::geteuid() == 0)
            QSKIP("root may open any folder");
        writePicture("in/1.png");
        writePicture("in/locked/2.png");
        fs::permissions(file("in/locked"), fs::perms::none);
        std::vector<fs::path> told;

        const auto photos = photosOf(file("in"), listOf("1.png\n2.png\n"),
                                     [&](const Error& why) { told.push_back(why.path); });

        fs::permissions(file("in/locked"), fs::perms::owner_all);
        QVERIFY(photos);
        QVERIFY(namesOf(*photos) == Names{"1.png"});
        QVERIFY(told == std::vector{file("in/locked")});
    }

    void whatIsNoCacheIsCalledSo_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("no tensors") << QStringLiteral("text") << ErrorCode::DamagedFile;
        QTest::newRow("cut off") << QStringLiteral("cut") << ErrorCode::DamagedFile;
        QTest::newRow("a model") << QStringLiteral("model") << ErrorCode::DamagedFile;
        QTest::newRow("missing") << QStringLiteral("missing") << ErrorCode::FileNotFound;
    }
    void whatIsNoCacheIsCalledSo()
    {
        QFETCH(const QString, kind);
        QFETCH(const ErrorCode, code);
        const auto cache = tests::writeCache(path(), {{"a.jpg", 32}});
        const std::byte weights[16]{};
        if (kind == QStringLiteral("text"))
            std::ofstream(cache) << "no cache";
        else if (kind == QStringLiteral("cut"))
            fs::resize_file(cache, fs::file_size(cache) / 2);
        else if (kind == QStringLiteral("model"))
            QVERIFY(checkpoint::writeSafetensors(
                cache, {{"weight", {checkpoint::DType::F32, {4}, weights}}}, {}));
        else
            fs::remove(cache);

        const auto photos = photosOf(cache, listOf("a.jpg\n"));

        QVERIFY(!photos);
        QCOMPARE(photos.error().code, code);
        QCOMPARE(photos.error().path, cache);
        if (code == ErrorCode::DamagedFile)
            QCOMPARE(photos.error().detail, std::string("this is no cache of photographs; make it "
                                                        "again with 'limpid-train cache'"));
    }
};

QTEST_APPLESS_MAIN(TestPhotoSource)
#include "tst_photo_source.moc"
