// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/photo_decoding.h"

#include "core/checkpoint/safetensors.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

#include <fstream>
#include <set>

using namespace limpid;
using namespace limpid::training;

using Lines = std::vector<std::string>;

class TestPhotoDecoding : public QObject, private tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        renew();
        lines_.clear();
        std::filesystem::create_directories(photos());
        addPhoto("one.jpg");
    }

    void usesTheCacheOfAFolderThatHasNotChanged()
    {
        QVERIFY(cacheFor(photos(), path(), tell()).has_value());
        const auto made = std::filesystem::last_write_time(cache());

        QCOMPARE(cacheFor(photos(), path(), tell()).value().string(), cache().string());

        QVERIFY(std::filesystem::last_write_time(cache()) == made);
        QCOMPARE(lines_.size(), std::size_t{1});
        QVERIFY(said("used as it is"));
    }

    void decodesAgainWhatHasChanged_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("names");
        QTest::newRow("added") << "added"
                               << "one.jpg two.jpg";
        QTest::newRow("renamed") << "renamed"
                                 << "other.jpg";
        QTest::newRow("of another size") << "written"
                                         << "one.jpg";
        QTest::newRow("of another time") << "touched"
                                         << "one.jpg";
    }
    void decodesAgainWhatHasChanged()
    {
        QFETCH(const QString, change);
        QFETCH(const QString, names);
        QVERIFY(cacheFor(photos(), path()).has_value());
        const auto one = photos() / "one.jpg";
        if (change == QLatin1String("added"))
            addPhoto("two.jpg");
        else if (change == QLatin1String("renamed"))
            std::filesystem::rename(one, photos() / "other.jpg");
        else if (change == QLatin1String("written"))
            tests::makePhotoFile(one, {.size = {48, 32}, .icc = {}});
        else
            std::filesystem::last_write_time(one, std::filesystem::last_write_time(one) +
                                                      std::chrono::seconds(1));

        QVERIFY(cacheFor(photos(), path(), tell()).has_value());

        QVERIFY(said("decoded again"));
        QCOMPARE(namesInCache(), names.toStdString());
        if (change == QLatin1String("written"))
            QCOMPARE(cached().index().tensors.at("one.jpg").shape.back(), std::int64_t{48});
    }

    void staysWithItsCacheWhenALicenceIsAdded()
    {
        QVERIFY(cacheFor(photos(), path()).has_value());
        std::ofstream(photos() / "LICENCE.txt") << "free\n";

        QVERIFY(cacheFor(photos(), path(), tell()).has_value());

        QVERIFY(said("used as it is"));
    }

    void neverLearnsFromWhatItsRunHasDrawn_data()
    {
        QTest::addColumn<QString>("run");
        QTest::newRow("among the photographs") << "run";
        QTest::newRow("where the photographs are") << ".";
    }
    void neverLearnsFromWhatItsRunHasDrawn()
    {
        QFETCH(const QString, run);
        const auto out = (photos() / run.toStdString()).lexically_normal();
        std::filesystem::create_directories(out);
        QVERIFY(cacheFor(photos(), out).has_value());
        tests::makePhotoFile(out / "samples.png", {.size = {48, 32}, .icc = {}});

        QVERIFY(cacheFor(photos(), out, tell()).has_value());

        QVERIFY(said("has not changed"));
    }

    void usesACacheThatDoesNotTellWhatItWasMadeOf()
    {
        const std::vector<std::byte> pixels(3);
        QVERIFY(checkpoint::writeSafetensors(
            cache(), {{"old.jpg", {checkpoint::DType::U8, {3, 1, 1}, pixels}}}, {}));

        QVERIFY(cacheFor(photos(), path(), tell()).has_value());

        QCOMPARE(namesInCache(), std::string("old.jpg"));
        QVERIFY(said("used as it is"));
    }

    void keepsPhotographsOfOneNameApart()
    {
        addPhoto("a/same.jpg");
        addPhoto("b/same.jpg");

        QCOMPARE(writePhotoCache(photos(), cache(), 0, tell()).value(), std::size_t{3});

        QCOMPARE(namesInCache(), std::string("a/same.jpg b/same.jpg one.jpg"));
        QVERIFY(said("a/same.jpg, b/same.jpg"));
    }

    void namesAPhotographInASubfolderByItsFile()
    {
        addPhoto("a/two.jpg");

        QVERIFY(writePhotoCache(photos(), cache(), 0, tell()).has_value());

        QCOMPARE(namesInCache(), std::string("one.jpg two.jpg"));
        QVERIFY(lines_.empty());
    }

    void saysWhatItLeavesOut()
    {
        addPhoto("a/cut.jpg");
        std::filesystem::resize_file(photos() / "a/cut.jpg", 60);
        std::ofstream(photos() / "names.txt") << "one.jpg\n";

        QCOMPARE(writePhotoCache(photos(), cache(), 0, tell()).value(), std::size_t{1});

        QCOMPARE(lines_.size(), std::size_t{1});
        QVERIFY2(lines_.front().starts_with("a/cut.jpg: "), lines_.front().c_str());
    }

    void tellsAMissingFolderFromAnEmptyOne()
    {
        std::filesystem::create_directories(file("empty"));

        const auto empty = writePhotoCache(file("empty"), cache(), 0);
        const auto missing = writePhotoCache(file("missing"), cache(), 0);
        const auto photograph = writePhotoCache(photos() / "one.jpg", cache(), 0);

        QVERIFY(!empty && !missing && !photograph);
        const std::set<std::string> details{empty.error().detail, missing.error().detail,
                                            photograph.error().detail};
        QCOMPARE(details.size(), std::size_t{3});
        QCOMPARE(missing.error().path.string(), file("missing").string());
    }

private:
    std::filesystem::path photos() const { return file("photos"); }
    std::filesystem::path cache() const { return file("photos.safetensors"); }

    void addPhoto(const char* name) const
    {
        const auto target = photos() / name;
        std::filesystem::create_directories(target.parent_path());
        tests::makePhotoFile(target, {.size = {40, 24}, .icc = {}});
    }

    Tell tell()
    {
        return [this](const std::string& line) {
            lines_.push_back(line);
        };
    }

    bool said(const std::string& words) const
    {
        for (const auto& line : lines_)
            if (line.find(words) != std::string::npos)
                return true;
        return false;
    }

    checkpoint::SafetensorsFile cached() const
    {
        return checkpoint::SafetensorsFile::open(cache()).value();
    }

    std::string namesInCache() const
    {
        std::string names;
        const auto opened = cached();
        for (const auto& [name, entry] : opened.index().tensors)
            names += (names.empty() ? "" : " ") + name;
        return names;
    }

    Lines lines_;
};

QTEST_APPLESS_MAIN(TestPhotoDecoding)
#include "tst_photo_decoding.moc"
