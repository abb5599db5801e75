// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/photo_search.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_heif.h"
#include "tests/support/make_photo.h"
#include "tests/support/words.h"

#include <QTest>

#include <unistd.h>

using namespace limpid;
using namespace limpid::engine;
using image::FileFormat;
using tests::list;
namespace fs = std::filesystem;

/// Which files of folders a batch takes for photographs.
class TestPhotoSearch : public QObject, private tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsPhotosInNaturalOrder();
    void knowsThemByExtensionOrContent();
    void knowsFormatsThatAreOnlyRead();
    void leavesOutWhatIsHidden();
    void entersSubFoldersWhenAsked();
    void leavesOutTheFolderOfResults();
    void searchesTheFolderOfResultsWhenItIsNamed();
    void comesToAnEndWhereLinksLeadBack();
    void takesWhatIsNamedTwiceOnce();
    void takesWhatIsNamedThoughItIsNoPhoto();
    void tellsOfAFolderThatItMayNotRead();
    void endsWhenItIsCancelled();

private:
    void make(const fs::path& name, const tests::Bytes& bytes = {'x'}) const
    {
        fs::create_directories((path() / name).parent_path());
        tests::writeBytes(path() / name, bytes);
    }
    QStringList names(const SearchResult& found) const
    {
        QStringList names;
        for (const auto& photo : found.photos)
            names << QString::fromStdString(photo.file.lexically_relative(path()).string());
        return names;
    }
    QStringList found(const SearchOptions& options = {}) const
    {
        return names(findPhotos({path()}, options));
    }
};

void TestPhotoSearch::init()
{
    renew();
}

void TestPhotoSearch::findsPhotosInNaturalOrder()
{
    for (const char* name : {"img10.jpg", "img2.jpg", "IMG1.jpg", "img2-2.jpg", "img02.jpg",
                             "b.png", "B.jpg", "99999999999999999999999.jpg", "7.jpg"})
        make(name);

    QCOMPARE(found(), list({"7.jpg", "99999999999999999999999.jpg", "B.jpg", "b.png", "IMG1.jpg",
                            "img02.jpg", "img2.jpg", "img2-2.jpg", "img10.jpg"}));
}

void TestPhotoSearch::knowsThemByExtensionOrContent()
{
    tests::makePhotoFile(file("real.png"), {.format = FileFormat::Png, .icc = {}});
    tests::makePhotoFile(file("real.tif"), {.format = FileFormat::Tiff, .icc = {}});
    make("a.png", tests::fileBytes(file("real.png")));
    make("b.jpg", tests::fileBytes(file("real.png")));
    make("c", tests::fileBytes(file("real.png")));
    make("d.bin", tests::fileBytes(file("real.png")));
    make("e.nef", tests::fileBytes(file("real.tif"))); // a raw file looks like that
    make("f.webp");
    make("g.txt");
    make("h.xmp", {});
    fs::create_directory(file("i.jpg"));
    fs::remove(file("real.png"));
    fs::remove(file("real.tif"));

    const auto result = findPhotos({path()});

    QCOMPARE(names(result), list({"a.png", "b.jpg", "c", "d.bin", "f.webp"}));
    QVERIFY(result.photos[1].format == FileFormat::Png);  // by content
    QVERIFY(result.photos[4].format == FileFormat::WebP); // damaged: by name
}

void TestPhotoSearch::knowsFormatsThatAreOnlyRead()
{
    // Larger than what is looked at first, which is no whole HEIF file then.
    tests::makeHeifFile(file("a.heic"), {.pixels = tests::makeRaster({640, 480}),
                                         .exif = tests::Bytes(10'000, 'x')});
    auto cut = tests::fileBytes(file("a.heic"));
    cut.resize(cut.size() / 2);
    make("b.heic", cut);
    make("c", tests::fileBytes(file("a.heic")));

    for (const char* destroyed : {"d.heic", "e.HEIF", "f.hif", "g.avif"})
        make(destroyed);

    const auto result = findPhotos({path()});

    QCOMPARE(names(result), list({"a.heic", "b.heic", "c", "d.heic", "e.HEIF", "f.hif", "g.avif"}));
    QVERIFY(result.photos[0].format == FileFormat::Heic);
    QVERIFY(result.photos[2].format == FileFormat::Heic);
    QVERIFY(result.photos[4].format == FileFormat::Heic);
    QVERIFY(result.photos[6].format == FileFormat::Avif);
}

void TestPhotoSearch::leavesOutWhatIsHidden()
{
    for (const char* name : {"a.jpg", ".b.jpg", ".c/d.jpg", "e/.f.jpg"})
        make(name);

    QCOMPARE(found({.isRecursive = true}), list({"a.jpg"}));
    QCOMPARE(names(findPhotos({file(".b.jpg")})), list({".b.jpg"}));
}

void TestPhotoSearch::entersSubFoldersWhenAsked()
{
    for (const char* name : {"z.jpg", "m10/a.jpg", "m2/a.jpg", "m2/deep/b.jpg"})
        make(name);

    QCOMPARE(found(), list({"z.jpg"}));
    const auto result = findPhotos({path()}, {.isRecursive = true});

    QCOMPARE(names(result), list({"z.jpg", "m2/a.jpg", "m2/deep/b.jpg", "m10/a.jpg"}));
    QCOMPARE(result.photos[0].folder, fs::path());
    QCOMPARE(result.photos[2].folder, fs::path("m2/deep"));
}

void TestPhotoSearch::leavesOutTheFolderOfResults()
{
    for (const char* name : {"a.jpg", "out/a.jpg", "out/deep/a.jpg", "other/a.jpg"})
        make(name);
    fs::create_directory_symlink("out", file("to"));

    const QStringList expected = list({"a.jpg", "other/a.jpg"});

    QCOMPARE(found({.isRecursive = true, .results = file("out")}), expected);
    QCOMPARE(found({.isRecursive = true, .results = file("to")}), expected);
}

void TestPhotoSearch::searchesTheFolderOfResultsWhenItIsNamed()
{
    make("a.jpg");
    make("deep/b.jpg");

    QCOMPARE(found({.isRecursive = true, .results = path()}), list({"a.jpg", "deep/b.jpg"}));
}

void TestPhotoSearch::comesToAnEndWhereLinksLeadBack()
{
    make("a.jpg");
    make("sub/b.jpg");
    fs::create_directory_symlink("..", file("sub/up"));
    fs::create_directory_symlink("sub", file("twin"));
    fs::create_symlink("self.jpg", file("self.jpg"));
    fs::create_symlink("sub/b.jpg", file("link.jpg"));

    const auto result = findPhotos({path()}, {.isRecursive = true});

    QCOMPARE(names(result), list({"a.jpg", "link.jpg"})); // b.jpg under its other name
    QVERIFY(result.problems.empty());
}

void TestPhotoSearch::takesWhatIsNamedTwiceOnce()
{
    for (const char* name : {"a.jpg", "b.jpg", "sub/c.jpg"})
        make(name);

    const auto result = findPhotos({file("b.jpg"), path(), file("sub"), path() / "sub/../a.jpg"},
                                   {.isRecursive = true});

    QCOMPARE(names(result), list({"b.jpg", "a.jpg", "sub/c.jpg"}));
}

void TestPhotoSearch::takesWhatIsNamedThoughItIsNoPhoto()
{
    make("text.txt");

    const auto result = findPhotos({file("text.txt"), file("missing.jpg")});

    QCOMPARE(names(result), list({"text.txt", "missing.jpg"}));
}

void TestPhotoSearch::tellsOfAFolderThatItMayNotRead()
{
    if (::geteuid() == 0)
        QSKIP("the superuser may read every folder");
    make("a.jpg");
    make("locked/b.jpg");
    fs::permissions(file("locked"), fs::perms::none);

    const auto result = findPhotos({path()}, {.isRecursive = true});
    fs::permissions(file("locked"), fs::perms::owner_all);

    QCOMPARE(names(result), list({"a.jpg"}));
    QCOMPARE(result.problems.size(), std::size_t{1});
    QCOMPARE(result.problems.front().code, ErrorCode::FileUnreadable);
    QCOMPARE(result.problems.front().path, file("locked"));
}

void TestPhotoSearch::endsWhenItIsCancelled()
{
    make("a.jpg");
    const CancelSource source;
    QCOMPARE(names(findPhotos({path()}, {.cancel = source.token()})), list({"a.jpg"}));

    source.requestCancel();

    QVERIFY_EXCEPTION_THROWN((void)findPhotos({path()}, {.cancel = source.token()}), Cancelled);
}

QTEST_APPLESS_MAIN(TestPhotoSearch)
#include "tst_photo_search.moc"
