// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/engine/batch_folder.h"

#include <QTest>

using namespace limpid;
using namespace limpid::engine;
using image::FileFormat;
using tests::list;
namespace fs = std::filesystem;

/// Photographs and a template become files of results.
class TestBatch : public QObject, private tests::BatchFolder {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void fillsTheTemplate_data();
    void fillsTheTemplate();
    void refusesANameThatIsNone_data();
    void refusesANameThatIsNone();
    void shortensALongName();
    void refusesATemplateThatIsTooLong();
    void choosesTheExtension_data();
    void choosesTheExtension();
    void keepsFolders();
    void tellsEqualNamesApart();
    void leavesWhatIsThere();
    void givesANewNameWhereOneIsThere();
    void replacesWhatIsThere();
};

void TestBatch::init()
{
    renew();
}

void TestBatch::fillsTheTemplate_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("second");
    const auto row = [](const char* name, const char* second) {
        QTest::newRow(name) << QByteArray(name) << QString::fromUtf8(second);
    };
    row("{name}-limpid", "b {x}-limpid.jpg");
    row("{name}", "b {x}.jpg");
    row("{n}", "2.jpg");
    row("{n}. {name} ({method}, {steps} steps, {seed})", "2. b {x} (msg, 4 steps, 77).jpg");
    row("{name}{name}", "b {x}b {x}.jpg");
    row("schärfer-{n}", "schärfer-2.jpg");
}

void TestBatch::fillsTheTemplate()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QString, second);
    auto settings = into("out");
    settings.name = name.toStdString();
    settings.steps = 4;
    settings.seed = 77;

    QCOMPARE(outputs({photo("a.jpg"), photo("b {x}.jpg")}, settings).value(1), second);
}

void TestBatch::refusesANameThatIsNone_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char* name : {"{date}", "{}", "{name", "name}", "{name}}", "{Name}", "a/{name}",
                             "../{name}", "a\nb", "{{name}}", ""})
        QTest::newRow(name) << QByteArray(name);
}

void TestBatch::refusesANameThatIsNone()
{
    QFETCH(const QByteArray, name);
    auto settings = into("out");
    settings.name = name.toStdString();

    const auto checked = checkNameTemplate(settings.name);
    const auto plan = planBatch({photo("a.jpg")}, settings);

    QVERIFY(!checked && !plan);
    QCOMPARE(checked.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(checked.error(), plan.error());
    QVERIFY(!checked.error().detail.empty());
}

void TestBatch::shortensALongName()
{
    std::string longest; // what may be cut is a letter of two bytes
    while (longest.size() < 250)
        longest += "ä";
    const auto limpid = longest.substr(0, 244) + "-limpid.jpg";
    const auto second = longest.substr(0, 242) + "-limpid-2.jpg";

    QCOMPARE(
        outputs({photo(longest + ".jpg"), photo("a.jpg"), photo(longest + ".jpe")}, into("out")),
        list({limpid.c_str(), "a-limpid.jpg", (longest.substr(0, 244) + "-limpid.jpe").c_str()}));
    QCOMPARE(outputs({photo(longest + ".jpg"), photo("x/" + longest + ".jpg")}, into("out")),
             list({limpid.c_str(), second.c_str()}));

    // The next run finds it, though it would shorten the result's own name to the same.
    make(longest + ".jpg");
    make(limpid);
    QCOMPARE(outputs({photo(limpid), photo(longest + ".jpg")}, into(".")),
             list({(limpid + " is there").c_str()}));
}

void TestBatch::refusesATemplateThatIsTooLong()
{
    auto settings = into("out");
    settings.name = std::string(251, 'x'); // with ".jpg" it fits, just
    QVERIFY(planBatch({photo("a.jpg")}, settings));
    settings.name += "{name}";

    const auto refused = planBatch({photo("a.jpg")}, settings);

    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
    QVERIFY(refused.error().detail.find("255 bytes") != std::string::npos);
}

void TestBatch::choosesTheExtension_data()
{
    QTest::addColumn<QByteArray>("photo");
    QTest::addColumn<FileFormat>("own");
    QTest::addColumn<std::optional<FileFormat>>("wanted");
    QTest::addColumn<QString>("output");
    using Wanted = std::optional<FileFormat>;
    const auto row = [](const char* photo, FileFormat own, Wanted wanted, const char* output) {
        QTest::newRow(output) << QByteArray(photo) << own << wanted << QString::fromUtf8(output);
    };
    row("a.JPEG", FileFormat::Jpeg, {}, "a-limpid.JPEG");
    row("b.tif", FileFormat::Tiff, {}, "b-limpid.tif");
    row("c.jpg", FileFormat::Png, {}, "c-limpid.png"); // by content
    row("d", FileFormat::WebP, {}, "d-limpid.webp");
    row("e.jpg", FileFormat::Jpeg, FileFormat::Tiff, "e-limpid.tif");
    row("f.tiff", FileFormat::Tiff, FileFormat::Tiff, "f-limpid.tiff");
    row("g.heic", FileFormat::Heic, {}, "g-limpid.jpg"); // cannot be written
}

void TestBatch::choosesTheExtension()
{
    QFETCH(const QByteArray, photo);
    QFETCH(const FileFormat, own);
    QFETCH(const std::optional<FileFormat>, wanted);
    QFETCH(const QString, output);
    auto settings = into("out");
    settings.format = wanted;

    QCOMPARE(outputs({this->photo(photo.toStdString(), own)}, settings), QStringList{output});
}

void TestBatch::keepsFolders()
{
    auto deep = photo("in/2024/may/a.jpg");
    deep.folder = "2024/may";

    QCOMPARE(outputs({photo("in/a.jpg"), deep}, into("out")),
             list({"a-limpid.jpg", "2024/may/a-limpid.jpg"}));
}

void TestBatch::tellsEqualNamesApart()
{
    auto settings = into("out");
    settings.format = FileFormat::Jpeg;

    QCOMPARE(outputs({photo("a.jpg"), photo("a.png"), photo("x/a.jpg"), photo("A.webp")}, settings),
             list({"a-limpid.jpg", "a-limpid-2.jpg", "a-limpid-3.jpg", "A-limpid-4.jpg"}));
}

void TestBatch::leavesWhatIsThere()
{
    make("out/a-limpid.jpg");
    fs::create_directory(file("out/c-limpid.jpg"));

    const auto names = outputs({photo("a.jpg"), photo("b.jpg"), photo("c.jpg")}, into("out"));

    QCOMPARE(names, list({"a-limpid.jpg is there", "b-limpid.jpg", "c-limpid.jpg"}));
}

void TestBatch::givesANewNameWhereOneIsThere()
{
    make("out/a-limpid.jpg");
    make("out/a-limpid-3.jpg");
    fs::create_symlink("nowhere", file("out/b-limpid.jpg"));
    auto settings = into("out");
    settings.existing = ExistingFile::Rename;

    QCOMPARE(outputs({photo("a.jpg"), photo("x/a.jpg"), photo("b.jpg")}, settings),
             list({"a-limpid-2.jpg", "a-limpid-4.jpg", "b-limpid-2.jpg"}));
}

void TestBatch::replacesWhatIsThere()
{
    make("out/a-limpid.jpg");
    auto settings = into("out");
    settings.existing = ExistingFile::Overwrite;

    QCOMPARE(outputs({photo("a.jpg"), photo("x/a.jpg")}, settings),
             list({"a-limpid.jpg", "a-limpid-2.jpg"}));
}

QTEST_APPLESS_MAIN(TestBatch)
#include "tst_batch.moc"
