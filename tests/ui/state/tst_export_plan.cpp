// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/sample_photo.h"
#include "ui/state/export_plan.h"
#include "ui/state/file_path.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace limpid;
using ui::ExportObstacle;

Q_DECLARE_METATYPE(limpid::ui::ExportObstacle)

namespace {

/// A folder with a file that stands for the opened photo.
struct Folder {
    Folder()
    {
        photo = tests::samplePhoto();
        photo.path = ui::toPath(folder.filePath(QStringLiteral("holiday.jpg")));
        touch(QStringLiteral("holiday.jpg"));
    }

    void touch(const QString& name) const
    {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    QTemporaryDir folder;
    image::Photo photo;
};

} // namespace

class TestExportPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void proposesANameThatIsNotTheSource();
    void aPhonesPhotoBecomesAJpeg();
    void refusesWhatCannotBe_data();
    void refusesWhatCannotBe();
    void refusesTheSourceThroughALink();
    void anotherFormatChangesTheEnding();
    void aTypedEndingChoosesTheFormat();
    void aTypedNameKeepsItsStemInAnotherFormat();
    void aNameWithoutEndingGetsOne();
    void deepSamplesStayDeepWhereTheFormatCan();
    void refusesAFormatWithShorterSides();
};

void TestExportPlan::proposesANameThatIsNotTheSource()
{
    Folder here;
    here.touch(QStringLiteral("holiday-limpid.jpg"));

    const ui::ExportPlan plan(here.photo);

    QVERIFY(plan.target() != here.photo.path);
    QVERIFY(!plan.targetExists());
    QCOMPARE(plan.obstacle(), ExportObstacle::None);
}

/// HEIC is read, never written.
void TestExportPlan::aPhonesPhotoBecomesAJpeg()
{
    Folder here;
    here.photo.format = image::FileFormat::Heic;
    here.photo.path = ui::toPath(here.folder.filePath(QStringLiteral("IMG_1.HEIC")));

    ui::ExportPlan plan(here.photo);
    const auto proposed = plan.target().filename();
    plan.setName(QStringLiteral("mine.heic"));

    QCOMPARE(proposed, std::filesystem::path("IMG_1-limpid.jpg"));
    QCOMPARE(plan.target().extension(), std::filesystem::path(".jpg"));
}

void TestExportPlan::refusesWhatCannotBe_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ExportObstacle>("obstacle");
    QTest::newRow("the source") << QStringLiteral("holiday.jpg") << ExportObstacle::IsTheSource;
    QTest::newRow("the source without ending")
        << QStringLiteral("holiday") << ExportObstacle::IsTheSource;
    QTest::newRow("the source in capitals")
        << QStringLiteral("HOLIDAY.JPG") << ExportObstacle::IsTheSource;
    QTest::newRow("no name") << QStringLiteral("  ") << ExportObstacle::NoName;
    QTest::newRow("a path") << QStringLiteral("../holiday.jpg") << ExportObstacle::NameIsAPath;
    QTest::newRow("another name") << QStringLiteral("a.jpg") << ExportObstacle::None;
}

void TestExportPlan::refusesWhatCannotBe()
{
    QFETCH(QString, name);
    Folder here;
    ui::ExportPlan plan(here.photo);

    plan.setName(name);

    QTEST(plan.obstacle(), "obstacle");
}

void TestExportPlan::refusesTheSourceThroughALink()
{
    Folder here;
    QVERIFY(
        QFile::link(ui::toText(here.photo.path), here.folder.filePath(QStringLiteral("link.jpg"))));
    ui::ExportPlan plan(here.photo);

    plan.setName(QStringLiteral("link.jpg"));

    QCOMPARE(plan.obstacle(), ExportObstacle::IsTheSource);
}

void TestExportPlan::anotherFormatChangesTheEnding()
{
    Folder here;
    ui::ExportPlan plan(here.photo);

    plan.setFormat(image::FileFormat::Png);

    QCOMPARE(plan.target().extension(), std::filesystem::path(".png"));
}

void TestExportPlan::aTypedEndingChoosesTheFormat()
{
    Folder here;
    ui::ExportPlan plan(here.photo);

    plan.setName(QStringLiteral("result.tif"));

    QCOMPARE(plan.options().format, image::FileFormat::Tiff);
}

void TestExportPlan::aTypedNameKeepsItsStemInAnotherFormat()
{
    Folder here;
    ui::ExportPlan plan(here.photo);
    plan.setName(QStringLiteral("my.best.jpg"));

    plan.setFormat(image::FileFormat::WebP);

    QCOMPARE(plan.name(), QStringLiteral("my.best.webp"));
}

void TestExportPlan::aNameWithoutEndingGetsOne()
{
    Folder here;
    ui::ExportPlan plan(here.photo);

    plan.setName(QStringLiteral("v1.2"));

    QCOMPARE(plan.target().filename(), std::filesystem::path("v1.2.jpg"));
}

void TestExportPlan::deepSamplesStayDeepWhereTheFormatCan()
{
    Folder here;
    const std::vector<std::uint8_t> bytes(64 * 48 * 6);
    here.photo.original = image::Raster({64, 48}, 3, image::SampleDepth::U16, bytes);
    here.photo.format = image::FileFormat::Png;
    ui::ExportPlan plan(here.photo);

    plan.setFormat(image::FileFormat::Jpeg);
    QVERIFY(!plan.losses().empty());
    plan.setFormat(image::FileFormat::Tiff);

    QCOMPARE(plan.options().depth, image::SampleDepth::U16);
}

void TestExportPlan::refusesAFormatWithShorterSides()
{
    Folder here;
    const std::vector<std::uint8_t> bytes(20'000 * 3);
    here.photo.original = image::Raster({20'000, 1}, 3, image::SampleDepth::U8, bytes);
    ui::ExportPlan plan(here.photo);
    QCOMPARE(plan.obstacle(), ExportObstacle::None);

    plan.setFormat(image::FileFormat::WebP);

    QCOMPARE(plan.obstacle(), ExportObstacle::TooLargeForFormat);
}

QTEST_GUILESS_MAIN(TestExportPlan)
#include "tst_export_plan.moc"
