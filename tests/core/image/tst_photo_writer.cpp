// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_writer.h"

#include "core/image/photo_reader.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

using namespace limpid;
using namespace limpid::tests;
using image::ExportLoss;
using image::ExportOptions;
using image::FileFormat;
using image::Photo;
using image::Raster;
using image::SampleDepth;

namespace {

constexpr int lossless = 100;

bool isEqual(const Raster& a, const Raster& b)
{
    return a.size() == b.size() && a.channels() == b.channels() && a.depth() == b.depth() &&
           std::ranges::equal(a.bytes(), b.bytes());
}

bool contains(const std::vector<ExportLoss>& losses, ExportLoss loss)
{
    return std::ranges::find(losses, loss) != losses.end();
}

} // namespace

class TestPhotoWriter : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void losslessFormatsKeepEverySample_data();
    void losslessFormatsKeepEverySample();
    void depthIsConvertedByRounding();
    void anExportIsUpright_data();
    void anExportIsUpright();
    void jpegKeepsFineColor();
    void grayLeavesItsProfileWhereItCannotFollow();
    void refusesTheSourceUnderAnyName_data();
    void refusesTheSourceUnderAnyName();
    void leavesNothingBehindWhenItFails_data();
    void leavesNothingBehindWhenItFails();
    void announcesWhatIsLost();
    void refusesSidesThatTheFormatCannotHold_data();
    void refusesSidesThatTheFormatCannotHold();
    void proposesANameThatIsFree();
    void proposedNamesFitTheFileSystem();

private:
    Photo photoOf(const PhotoRecipe& recipe) const
    {
        makePhotoFile(file("source"), recipe);
        return image::readPhoto(file("source")).value();
    }

    /// Writes the photo's own pixels to a new file and reads that.
    Result<Photo> exported(const Photo& photo, const ExportOptions& options)
    {
        const auto target = file("target" + QByteArray::number(++exports_));
        const auto written = image::writePhoto(photo.original, photo, target, options);
        if (!written)
            return tl::unexpected(written.error());
        return image::readPhoto(target);
    }

    int exports_ = 0;
};

void TestPhotoWriter::losslessFormatsKeepEverySample_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("channels");
    QTest::addColumn<SampleDepth>("depth");
    for (const int channels : {1, 2, 3, 4}) {
        for (const SampleDepth depth : {SampleDepth::U8, SampleDepth::U16}) {
            const int bits = static_cast<int>(depth);
            QTest::addRow("PNG %d x %d bit", channels, bits)
                << FileFormat::Png << channels << depth;
            if (channels != 2)
                QTest::addRow("TIFF %d x %d bit", channels, bits)
                    << FileFormat::Tiff << channels << depth;
        }
    }
    QTest::newRow("WebP 3") << FileFormat::WebP << 3 << SampleDepth::U8;
    QTest::newRow("WebP 4") << FileFormat::WebP << 4 << SampleDepth::U8;
}

void TestPhotoWriter::losslessFormatsKeepEverySample()
{
    QFETCH(FileFormat, format);
    QFETCH(int, channels);
    QFETCH(SampleDepth, depth);
    Photo photo;
    photo.original = makeRaster({301, 203}, channels, depth);

    const auto again = exported(photo, {.format = format, .quality = lossless, .depth = depth});

    QVERIFY2(again, again ? "" : again.error().detail.c_str());
    QVERIFY(isEqual(again->original, photo.original));
}

void TestPhotoWriter::depthIsConvertedByRounding()
{
    const std::vector<std::uint16_t> deep{0, 128, 129, 257, 65535, 65407, 65406, 32896};
    Bytes bytes(2 * deep.size());
    std::memcpy(bytes.data(), deep.data(), bytes.size());
    Photo photo;
    photo.original = Raster({8, 1}, 1, SampleDepth::U16, bytes);

    const auto shallow = exported(photo, {.format = FileFormat::Png, .depth = SampleDepth::U8});
    QVERIFY(shallow);
    const auto deepAgain =
        exported(*shallow, {.format = FileFormat::Png, .depth = SampleDepth::U16});
    QVERIFY(deepAgain);

    const std::vector<int> expected{0, 0, 1, 1, 255, 255, 254, 128};
    for (int x = 0; x < 8; ++x) {
        QCOMPARE(shallow->original.sample({x, 0}, 0), expected[std::size_t(x)]);
        QCOMPARE(deepAgain->original.sample({x, 0}, 0), expected[std::size_t(x)] * 257);
    }
}

void TestPhotoWriter::anExportIsUpright_data()
{
    QTest::addColumn<FileFormat>("from");
    QTest::addColumn<FileFormat>("to");
    const std::pair<const char*, FileFormat> formats[]{{"JPEG", FileFormat::Jpeg},
                                                       {"PNG", FileFormat::Png},
                                                       {"TIFF", FileFormat::Tiff},
                                                       {"WebP", FileFormat::WebP}};
    for (const auto& [fromName, from] : formats) {
        for (const auto& [toName, to] : formats)
            QTest::addRow("%s to %s", fromName, toName) << from << to;
    }
}

void TestPhotoWriter::anExportIsUpright()
{
    QFETCH(FileFormat, from);
    QFETCH(FileFormat, to);
    const Photo photo = photoOf({.format = from, .orientation = 6, .hasMetadata = true, .icc = {}});
    QCOMPARE(photo.metadata.orientation(), 6);

    const auto once = exported(photo, {.format = to, .quality = lossless});
    QVERIFY2(once, once ? "" : once.error().detail.c_str());
    const auto twice = exported(*once, {.format = from, .quality = lossless});
    QVERIFY2(twice, twice ? "" : twice.error().detail.c_str());

    for (const Photo& result : {*once, *twice}) {
        QVERIFY(result.size() == photo.size());
        QCOMPARE(result.metadata.orientation(), 1);
        QVERIFY(result.original.sample({2, 2}, 1) > 200); // the bright corner is top left
        QVERIFY(result.original.sample({2, 60}, 1) < 60); // and the dark one below it
    }
}

void TestPhotoWriter::jpegKeepsFineColor()
{
    Bytes stripes;
    for (int x = 0; x < 64 * 16; ++x)
        stripes.insert(stripes.end(), {std::uint8_t(x % 2 ? 200 : 40), 100, 100});
    Photo photo;
    photo.original = Raster({64, 16}, 3, SampleDepth::U8, stripes);

    const auto fine = exported(photo, {.format = FileFormat::Jpeg, .quality = 95});
    const auto coarse = exported(photo, {.format = FileFormat::Jpeg, .quality = 80});

    QVERIFY(fine && coarse);
    const auto contrast = [](const Raster& raster) {
        return std::abs(raster.sample({21, 8}, 0) - raster.sample({20, 8}, 0));
    };
    QVERIFY(contrast(fine->original) > 145);
    QVERIFY(contrast(coarse->original) < 130);
}

void TestPhotoWriter::grayLeavesItsProfileWhereItCannotFollow()
{
    const Photo photo = photoOf({.format = FileFormat::Png, .channels = 1, .icc = grayProfile()});

    const auto kept = exported(photo, {.format = FileFormat::Jpeg});
    QVERIFY(kept);
    const auto converted = exported(photo, {.format = FileFormat::WebP, .quality = lossless});
    QVERIFY(converted);

    QCOMPARE(kept->metadata.iccProfile().size(), grayProfile().size());
    QCOMPARE(kept->original.channels(), 1);
    QVERIFY(converted->metadata.iccProfile().empty());
    QCOMPARE(converted->original.channels(), 3);
    const float wanted = photo.image.row(30)[90];
    QVERIFY(std::abs(converted->image.row(30)[90] - wanted) < 0.003F);
}

void TestPhotoWriter::refusesTheSourceUnderAnyName_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::newRow("same path") << QByteArray("source");
    QTest::newRow("dot") << QByteArray("./source");
    QTest::newRow("dot dot") << QByteArray("inner/../source");
    QTest::newRow("doubled slash") << QByteArray("inner//..//source");
    QTest::newRow("symbolic link") << QByteArray("symbolic");
    QTest::newRow("link to a link") << QByteArray("second");
    QTest::newRow("hard link") << QByteArray("hard");
    QTest::newRow("through a linked folder") << QByteArray("inner/here/source");
}

void TestPhotoWriter::refusesTheSourceUnderAnyName()
{
    QFETCH(QByteArray, target);
    const Photo photo = photoOf({.hasMetadata = true, .icc = {}});
    const Bytes before = fileBytes(file("source"));
    std::filesystem::create_directory(file("inner"));
    std::filesystem::create_symlink("source", file("symbolic"));
    std::filesystem::create_symlink("symbolic", file("second"));
    std::filesystem::create_hard_link(file("source"), file("hard"));
    std::filesystem::create_directory_symlink("..", file("inner/here"));

    const auto written = image::writePhoto(photo.original, photo, file(target), {});

    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::WouldOverwriteSource);
    QVERIFY(fileBytes(file("source")) == before);
}

void TestPhotoWriter::leavesNothingBehindWhenItFails_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("missing folder") << QByteArray("none/x.jpg") << ErrorCode::FileUnwritable;
    QTest::newRow("name too long") << QByteArray(300, 'x') << ErrorCode::FileUnwritable;
    QTest::newRow("a folder") << QByteArray("inner") << ErrorCode::NotARegularFile;
    QTest::newRow("a pipe") << QByteArray("pipe") << ErrorCode::NotARegularFile;
    QTest::newRow("folder without rights")
        << QByteArray("locked/x.jpg") << ErrorCode::FileUnwritable;
}

void TestPhotoWriter::leavesNothingBehindWhenItFails()
{
    QFETCH(QByteArray, target);
    QFETCH(ErrorCode, code);
    if (target.startsWith("locked") && ::geteuid() == 0)
        QSKIP("root may write anywhere");
    const Photo photo = photoOf({.icc = {}});
    std::filesystem::create_directory(file("inner"));
    std::filesystem::create_directory(file("locked"));
    ::chmod(file("locked").c_str(), 0500);
    QCOMPARE(::mkfifo(file("pipe").c_str(), 0600), 0);

    const auto written = image::writePhoto(photo.original, photo, file(target), {});

    QVERIFY(!written);
    QVERIFY2(written.error().code == code, written.error().detail.c_str());
    QVERIFY(written.error().path == file(target));
    const std::filesystem::recursive_directory_iterator entries(file(""));
    QCOMPARE(std::distance(begin(entries), end(entries)), 4);
}

void TestPhotoWriter::announcesWhatIsLost()
{
    Photo photo = photoOf({.hasMetadata = true, .icc = {}});
    QVERIFY(image::foreseeLosses(photo, image::defaultExportOptions(photo)).empty());

    const auto toWebP = image::foreseeLosses(photo, {.format = FileFormat::WebP});
    photo.original = makeRaster({96, 64}, 4, SampleDepth::U16);
    const auto toJpeg = image::foreseeLosses(photo, {.format = FileFormat::Jpeg});
    const auto toPng =
        image::foreseeLosses(photo, {.format = FileFormat::Png, .depth = SampleDepth::U16});

    QVERIFY(contains(toWebP, ExportLoss::Iptc) && contains(toWebP, ExportLoss::Comment));
    QVERIFY(contains(toJpeg, ExportLoss::BitDepth) && contains(toJpeg, ExportLoss::Alpha));
    QVERIFY(!contains(toPng, ExportLoss::BitDepth) && !contains(toPng, ExportLoss::Alpha));
}

void TestPhotoWriter::refusesSidesThatTheFormatCannotHold_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("longest");
    QTest::newRow("WebP") << FileFormat::WebP << 16'383;
    QTest::newRow("JPEG") << FileFormat::Jpeg << 65'500;
}

void TestPhotoWriter::refusesSidesThatTheFormatCannotHold()
{
    QFETCH(FileFormat, format);
    QFETCH(int, longest);
    Photo fitting;
    fitting.original = makeRaster({longest, 1});
    Photo tooTall;
    tooTall.original = makeRaster({1, longest + 1});

    const auto written = exported(fitting, {.format = format});
    const auto refused =
        image::writePhoto(tooTall.original, tooTall, file("tall"), {.format = format});

    QVERIFY(image::longestSide(format) == longest);
    QVERIFY2(written, written ? "" : written.error().detail.c_str());
    QVERIFY(!refused && refused.error().code == ErrorCode::InvalidRequest);
    QCOMPARE(refused.error().detail, image::checkSides({1, longest + 1}, format).error().detail);
    QVERIFY(refused.error().detail.find(std::to_string(longest)) != std::string::npos);
    QVERIFY(!std::filesystem::exists(file("tall")));
    QVERIFY(image::checkSides({1, longest + 1}, FileFormat::Tiff));
}

void TestPhotoWriter::proposesANameThatIsFree()
{
    writeBytes(file("a photo.JPG"), {});

    const auto first = image::proposeTarget(file("a photo.JPG"), FileFormat::Jpeg);
    writeBytes(first, {});
    std::filesystem::create_symlink("nowhere", file("a photo-limpid-2.JPG"));
    const auto second = image::proposeTarget(file("a photo.JPG"), FileFormat::Jpeg);
    const auto other = image::proposeTarget(file("a photo.JPG"), FileFormat::Tiff);

    QCOMPARE(first.filename().string(), std::string("a photo-limpid.JPG"));
    QCOMPARE(second.filename().string(), std::string("a photo-limpid-3.JPG"));
    QCOMPARE(other.filename().string(), std::string("a photo-limpid.tif"));
}

void TestPhotoWriter::proposedNamesFitTheFileSystem()
{
    const QByteArray name = QByteArray("ä").repeated(125) + ".jpg";

    const auto target = image::proposeTarget(file(name), FileFormat::WebP);

    const QByteArray proposed(target.filename().c_str());
    QVERIFY(proposed.size() <= 255);
    QVERIFY(proposed.endsWith("ä-limpid.webp"));
    QCOMPARE(QString::fromUtf8(proposed).toUtf8(), proposed);
}

QTEST_APPLESS_MAIN(TestPhotoWriter)
#include "tst_photo_writer.moc"
