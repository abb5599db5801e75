// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/batch_folder.h"

#include <QTest>

using namespace limpid;
using namespace limpid::engine;
using image::FileFormat;
using tests::list;
namespace fs = std::filesystem;

/// Results that go where the photographs are.
class TestBatchAmongPhotos : public QObject, private tests::BatchFolder {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesNamesThatTellNoResults_data();
    void refusesNamesThatTellNoResults();
    void neverNamesAnInput_data();
    void neverNamesAnInput();
    void replacesNoOtherPhotoInItsFolder_data();
    void replacesNoOtherPhotoInItsFolder();
    void replacesNoPhotoThatAnotherNameLeadsTo();
    void replacesNoOtherNameOfAnInput_data();
    void replacesNoOtherNameOfAnInput();
    void findsItsOwnResultsBehindAGap();
    void leavesOutItsOwnResults_data();
    void leavesOutItsOwnResults();
    void namesTheSameFilesAgain();
};

void TestBatchAmongPhotos::init()
{
    renew();
}

void TestBatchAmongPhotos::refusesNamesThatTellNoResults_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("to");
    for (const char* name : {"{name}", "{n}", "{n}-{name}", "{name}-{n}-limpid"}) {
        for (const char* to : {"in", "link", "in/../in/"})
            QTest::addRow("%s in %s", name, to) << QByteArray(name) << QByteArray(to);
    }
}

void TestBatchAmongPhotos::refusesNamesThatTellNoResults()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, to);
    make("in/a.jpg");
    fs::create_directory_symlink("in", file("link"));
    auto settings = into(to.constData());
    settings.name = name.toStdString();

    const auto refused = planBatch({photo("in/a.jpg")}, settings);

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
    QVERIFY(refused.error().detail.find("--to") != std::string::npos);
    settings.to = file("out");
    QVERIFY(planBatch({photo("in/a.jpg")}, settings));
}

void TestBatchAmongPhotos::neverNamesAnInput_data()
{
    QTest::addColumn<ExistingFile>("existing");
    QTest::addColumn<QByteArray>("to");
    using Row = std::pair<const char*, ExistingFile>;
    for (const auto& [word, existing] :
         {Row{"skip", ExistingFile::Skip}, Row{"rename", ExistingFile::Rename},
          Row{"overwrite", ExistingFile::Overwrite}}) {
        QTest::addRow("%s, its own folder", word) << existing << QByteArray("in");
        QTest::addRow("%s, another spelling", word) << existing << QByteArray("in/../in/.");
        QTest::addRow("%s, a link to it", word) << existing << QByteArray("link");
    }
}

void TestBatchAmongPhotos::neverNamesAnInput()
{
    QFETCH(const ExistingFile, existing);
    QFETCH(const QByteArray, to);
    make("in/a.jpg");
    make("in/a.png");
    fs::create_symlink("in", file("link"));
    auto settings = into(to.constData());
    settings.existing = existing;
    settings.name = "a";
    settings.format = FileFormat::Jpeg;

    QCOMPARE(outputs({photo("in/a.jpg"), photo("in/a.png")}, settings),
             list({"a-2.jpg", "a-3.jpg"}));
}

void TestBatchAmongPhotos::replacesNoOtherPhotoInItsFolder_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("output");
    const auto row = [](const char* title, const char* name, const char* to, const char* output) {
        QTest::newRow(title) << QByteArray(name) << QByteArray(to) << QString::fromUtf8(output);
    };
    row("the other half of a pair", "img", "in", "img-2.jpg");
    row("through a link", "img", "link", "img-2.jpg");
    row("a link to it", "linked", "out", "linked-2.jpg");
    row("an earlier result", "{name}-limpid", "in", "img-limpid.jpg");
    row("where no photo lies", "{name}", "out", "img.jpg");
}

void TestBatchAmongPhotos::replacesNoOtherPhotoInItsFolder()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, to);
    QFETCH(const QString, output);
    for (const char* there : {"in/img.heic", "in/img.jpg", "in/img-limpid.jpg", "out/img.jpg"})
        make(there);
    fs::create_directory_symlink("in", file("link"));
    fs::create_symlink("../in/img.jpg", file("out/linked.jpg"));
    auto settings = into(to.constData());
    settings.name = name.toStdString();
    settings.existing = ExistingFile::Overwrite;

    QCOMPARE(outputs({photo("in/img.heic", FileFormat::Heic)}, settings), QStringList{output});
}

void TestBatchAmongPhotos::replacesNoPhotoThatAnotherNameLeadsTo()
{
    make("in/img.jpg"); // of a pair
    auto settings = into("in");
    settings.name = "img";
    settings.existing = ExistingFile::Overwrite;

    QCOMPARE(outputs({photo("in/img.heic", FileFormat::Heic), photo("in/b.jpg")}, settings),
             list({"img-2.jpg", "img-3.jpg"}));
}

void TestBatchAmongPhotos::replacesNoOtherNameOfAnInput_data()
{
    QTest::addColumn<ExistingFile>("existing");
    QTest::newRow("skip") << ExistingFile::Skip;
    QTest::newRow("overwrite") << ExistingFile::Overwrite;
}

void TestBatchAmongPhotos::replacesNoOtherNameOfAnInput()
{
    QFETCH(const ExistingFile, existing);
    make("in/a.jpg");
    make("in/b.jpg");
    fs::create_directory(file("out"));
    fs::create_hard_link(file("in/b.jpg"), file("out/a-limpid.jpg"));
    auto settings = into("out");
    settings.existing = existing;

    QCOMPARE(outputs({photo("in/a.jpg"), photo("in/b.jpg")}, settings),
             list({"a-limpid-2.jpg", "b-limpid.jpg"}));
}

void TestBatchAmongPhotos::findsItsOwnResultsBehindAGap()
{
    for (const char* name : {"a.jpg", "a.png", "a-limpid-2.jpg"})
        make(name);
    auto settings = into(".");
    settings.format = FileFormat::Jpeg;
    const std::vector photos{photo("a.jpg"), photo("a.png"), photo("a-limpid-2.jpg")};

    const auto plan = planBatch(photos, settings);

    QVERIFY(plan);
    QCOMPARE(plan->earlierResults, std::vector{photos[2].file});
    QCOMPARE(outputs(photos, settings), list({"a-limpid.jpg", "a-limpid-2.jpg is there"}));
}

void TestBatchAmongPhotos::leavesOutItsOwnResults_data()
{
    QTest::addColumn<ExistingFile>("existing");
    QTest::addColumn<QString>("output");
    QTest::newRow("skip") << ExistingFile::Skip << QStringLiteral("a-limpid.jpg is there");
    QTest::newRow("rename") << ExistingFile::Rename << QStringLiteral("a-limpid-3.jpg");
    // They may be photographs all the same, so they are not replaced.
    QTest::newRow("overwrite") << ExistingFile::Overwrite << QStringLiteral("a-limpid-3.jpg");
}

void TestBatchAmongPhotos::leavesOutItsOwnResults()
{
    QFETCH(const ExistingFile, existing);
    QFETCH(const QString, output);
    for (const char* name : {"a.jpg", "a-limpid.jpg", "a-limpid-2.jpg"})
        make(name);
    auto settings = into(".");
    settings.existing = existing;
    const std::vector photos{photo("a-limpid-2.jpg"), photo("a-limpid.jpg"), photo("a.jpg")};

    const auto plan = planBatch(photos, settings);

    QVERIFY(plan);
    QCOMPARE(outputs(photos, settings), QStringList{output});
    QCOMPARE(plan->earlierResults, (std::vector{photos[0].file, photos[1].file}));
}

void TestBatchAmongPhotos::namesTheSameFilesAgain()
{
    const std::vector photos{photo("in/a.jpg"), photo("in/a.png", FileFormat::Png),
                             photo("in/b.jpg")};
    auto settings = into("in");
    settings.format = FileFormat::WebP;
    for (const auto& photo : photos)
        make(photo.file);
    const auto first = planBatch(photos, settings);
    QVERIFY(first);
    make(first->items[0].output);
    make(first->items[1].output);

    auto found = photos;
    found.push_back(photo(first->items[0].output, FileFormat::WebP));
    found.push_back(photo(first->items[1].output, FileFormat::WebP));

    QCOMPARE(outputs(photos, settings),
             list({"a-limpid.webp is there", "a-limpid-2.webp is there", "b-limpid.webp"}));
    QCOMPARE(outputs(found, settings), outputs(photos, settings));
}

QTEST_APPLESS_MAIN(TestBatchAmongPhotos)
#include "tst_batch_among_photos.moc"
