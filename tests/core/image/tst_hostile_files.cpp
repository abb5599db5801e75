// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "core/image/png_container.h"

#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QElapsedTimer>
#include <QTest>

#include <sys/stat.h>

#include <random>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;

namespace {

Bytes bytesOf(const QByteArray& text)
{
    return {text.begin(), text.end()};
}

/// An extended WebP header and a lossless picture that claim 16384 × 16384 pixels in 38 bytes.
Bytes webPBomb()
{
    return bytesOf(QByteArray::fromHex("524946461e000000574542505650384c11000000"
                                       "2fffffff0f00000000000000000000000000"));
}

/// Signature, a header with this size, an empty IDAT and IEND. Checksums are right.
Bytes pngOfSize(const char* widthAndHeight)
{
    return bytesOf(QByteArray::fromHex("89504e470d0a1a0a0000000d49484452") +
                   QByteArray::fromHex(widthAndHeight) +
                   QByteArray::fromHex("080200000000000000"
                                       "000000004944415435af061e0000000049454e44ae426082"));
}

/// A progressive JPEG whose one scan is repeated `scans` times.
Bytes jpegOfScans(int scans)
{
    QByteArray file = QByteArray::fromHex("ffd8ffc2000b080100010001011100");
    for (int i = 0; i < scans; ++i)
        file += QByteArray::fromHex("ffda0008010100000000aa");
    return bytesOf(file + QByteArray::fromHex("ffd9"));
}

/// A little-endian TIFF whose directory claims 65,535 entries.
Bytes tiffOfManyEntries()
{
    return bytesOf(QByteArray::fromHex("49492a0008000000ffff0001") + QByteArray(100, '\1'));
}

/// A TIFF of one pixel. 65,529 of its directory's 65,535 entries name that directory as EXIF's.
Bytes tiffOfManyPointers()
{
    const QByteArray pixel = QByteArray::fromHex("000104000100000001000000"   // width
                                                 "010104000100000001000000"   // height
                                                 "020103000100000008000000"   // bits
                                                 "060103000100000001000000"   // black is zero
                                                 "110104000100000000000000"   // where
                                                 "170104000100000001000000"); // bytes
    return bytesOf(QByteArray::fromHex("49492a0008000000ffff") + pixel +
                   QByteArray::fromHex("698704000100000008000000").repeated(65'529) +
                   QByteArray(4, '\0'));
}

Bytes noise(std::size_t length)
{
    std::mt19937 generator(7);
    Bytes bytes(length);
    std::generate(bytes.begin(), bytes.end(),
                  [&] { return static_cast<std::uint8_t>(generator()); });
    return bytes;
}

/// Takes the metadata apart and puts what is left together, whatever state it is in.
void exportAtEveryLevel(const image::Photo& photo, const std::filesystem::path& target)
{
    Bytes bytes = image::copyOf(photo.original.bytes());
    bytes[0] ^= 1; // or there would be nothing to say
    const image::Raster changed(photo.original.size(), photo.original.channels(),
                                photo.original.depth(), std::move(bytes));
    for (const auto level : {image::MetadataLevel::All, image::MetadataLevel::NoLocation,
                             image::MetadataLevel::Basic, image::MetadataLevel::None}) {
        const image::ExportOptions options{
            .format = photo.format,
            .metadata = level,
            .provenance = image::Provenance{.program = "Limpid", .recipes = {{}}}};
        image::foreseeLosses(photo, options);
        QVERIFY(image::writePhoto(changed, photo, target, options));
        QVERIFY(image::readPhoto(target));
    }
}

} // namespace

class TestHostileFiles : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void refusesQuickly_data();
    void refusesQuickly();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void refusesTruncatedFiles_data();
    void refusesTruncatedFiles();
    void survivesDamagedBytes_data();
    void survivesDamagedBytes();
    void takesTheLimitFromTheCaller();
    void followsFewOfATiffsPointers();
    void unpacksFewOfAPngsProfiles();
    void aSecondBrokenProfileCostsNotTheFirst();
    void aBrokenExifBlockCostsNothingElse_data();
    void aBrokenExifBlockCostsNothingElse();
};

void TestHostileFiles::refusesQuickly_data()
{
    QTest::addColumn<Bytes>("contents");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const Bytes& contents, ErrorCode code) {
        QTest::newRow(name) << contents << code;
    };
    row("empty", {}, ErrorCode::DamagedFile);
    row("one byte", {0xFF}, ErrorCode::UnsupportedFormat);
    row("text", bytesOf("This is a letter, not a photo.\n"), ErrorCode::UnsupportedFormat);
    row("random bytes", noise(100'000), ErrorCode::UnsupportedFormat);
    row("GIF", bytesOf("GIF89a\1\0\1\0"), ErrorCode::UnsupportedFormat);
    row("BigTIFF", bytesOf(QByteArray::fromHex("49492b00080000001000")),
        ErrorCode::UnsupportedFormat);
    row("WebP bomb", webPBomb(), ErrorCode::PictureTooLarge);
    row("PNG of 100000 x 100000", pngOfSize("000186a0000186a0"), ErrorCode::PictureTooLarge);
    row("PNG of 2^31 x 1", pngOfSize("8000000000000001"), ErrorCode::DamagedFile);
    row("PNG of 0 x 5", pngOfSize("0000000000000005"), ErrorCode::DamagedFile);
    row("PNG without pixels", pngOfSize("0000000500000005"), ErrorCode::DamagedFile);
    row("JPEG of 10000 scans", jpegOfScans(10'000), ErrorCode::PictureTooLarge);
    row("JPEG start alone", {0xFF, 0xD8, 0xFF}, ErrorCode::DamagedFile);
    row("TIFF of many entries", tiffOfManyEntries(), ErrorCode::DamagedFile);
    row("TIFF header alone", bytesOf(QByteArray::fromHex("4d4d002a00000008")),
        ErrorCode::DamagedFile);
    row("RIFF without WebP", bytesOf("RIFF\4\0\0\0WAVE"), ErrorCode::UnsupportedFormat);
}

void TestHostileFiles::refusesQuickly()
{
    QFETCH(Bytes, contents);
    QFETCH(ErrorCode, code);
    writeBytes(file("bad.jpg"), contents);
    QElapsedTimer timer;
    timer.start();

    const auto header = image::inspectPhoto(file("bad.jpg"));
    const auto photo = image::readPhoto(file("bad.jpg"));

    QVERIFY(!photo);
    QVERIFY2(photo.error().code == code, photo.error().detail.c_str());
    QVERIFY(photo.error().path == file("bad.jpg") && !photo.error().detail.empty());
    QVERIFY(!header || code == ErrorCode::DamagedFile);
    QVERIFY(timer.elapsed() < 2000);
}

void TestHostileFiles::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("pipe") << QByteArray("pipe") << ErrorCode::NotARegularFile;
    QTest::newRow("folder") << QByteArray("folder") << ErrorCode::NotARegularFile;
    QTest::newRow("link to a pipe") << QByteArray("link") << ErrorCode::NotARegularFile;
    QTest::newRow("missing") << QByteArray("missing") << ErrorCode::FileNotFound;
    QTest::newRow("below a file") << QByteArray("below") << ErrorCode::FileNotFound;
}

void TestHostileFiles::refusesWhatIsNoFile()
{
    QFETCH(QByteArray, kind);
    QFETCH(ErrorCode, code);
    QCOMPARE(::mkfifo(file("pipe.jpg").c_str(), 0600), 0);
    std::filesystem::create_directory(file("folder.jpg"));
    std::filesystem::create_symlink("pipe.jpg", file("link.jpg"));
    writeBytes(file("below.jpg"), {});

    const auto path = kind == "below" ? file("below.jpg") / "x.jpg" : file(kind + ".jpg");
    const auto photo = image::readPhoto(path);

    QVERIFY(!photo);
    QVERIFY2(photo.error().code == code, photo.error().detail.c_str());
}

void TestHostileFiles::refusesTruncatedFiles_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("percent");
    const std::pair<const char*, FileFormat> formats[]{{"JPEG", FileFormat::Jpeg},
                                                       {"PNG", FileFormat::Png},
                                                       {"TIFF", FileFormat::Tiff},
                                                       {"WebP", FileFormat::WebP}};
    for (const auto& [name, format] : formats) {
        for (const int percent : {5, 30, 60, 90, 99})
            QTest::addRow("%s cut at %d percent", name, percent) << format << percent;
    }
}

void TestHostileFiles::refusesTruncatedFiles()
{
    QFETCH(FileFormat, format);
    QFETCH(int, percent);
    makePhotoFile(file("whole"),
                  {.format = format, .size = {200, 150}, .hasMetadata = true, .icc = {}});
    Bytes contents = fileBytes(file("whole"));
    contents.resize(contents.size() * std::size_t(percent) / 100);
    writeBytes(file("cut"), contents);

    const auto photo = image::readPhoto(file("cut"));

    QVERIFY(image::readPhoto(file("whole")));
    QVERIFY(!photo);
    QVERIFY2(photo.error().code == ErrorCode::DamagedFile, photo.error().detail.c_str());
}

void TestHostileFiles::survivesDamagedBytes_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::newRow("JPEG") << FileFormat::Jpeg;
    QTest::newRow("PNG") << FileFormat::Png;
    QTest::newRow("TIFF") << FileFormat::Tiff;
    QTest::newRow("WebP") << FileFormat::WebP;
}

void TestHostileFiles::survivesDamagedBytes()
{
    QFETCH(FileFormat, format);
    makePhotoFile(file("good"), {.format = format, .hasMetadata = true, .icc = displayP3Profile()});
    const Bytes good = fileBytes(file("good"));
    std::mt19937 generator(11);
    int refused = 0;
    for (int round = 0; round < 150; ++round) {
        Bytes bad = good;
        for (int change = 0; change < 1 + round % 8; ++change)
            bad[generator() % bad.size()] = static_cast<std::uint8_t>(generator());
        writeBytes(file("bad"), bad);
        const auto photo = image::readPhoto(file("bad"));
        refused += photo ? 0 : 1;
        if (photo)
            photo->metadata.fields();
        if (photo && round % 5 == 0) // writing takes a while
            exportAtEveryLevel(*photo, file("export"));
    }
    QVERIFY2(refused < 150, "not one survivor: the test would prove nothing");
}

void TestHostileFiles::takesTheLimitFromTheCaller()
{
    makePhotoFile(file("photo"), {.size = {96, 64}, .icc = {}});

    const auto refused = image::inspectPhoto(file("photo"), {.maxPixels = 96 * 64 - 1});

    QVERIFY(!refused && refused.error().code == ErrorCode::PictureTooLarge);
    QVERIFY(image::inspectPhoto(file("photo"), {.maxPixels = 96 * 64}));
}

/// To follow all of them would take hours.
void TestHostileFiles::followsFewOfATiffsPointers()
{
    writeBytes(file("loop.tif"), tiffOfManyPointers());

    const auto header = image::inspectPhoto(file("loop.tif"));

    QVERIFY2(header, header ? "" : header.error().detail.c_str());
    QVERIFY(header->size == (Size{1, 1}));
}

/// Each of them may be 64 MB.
void TestHostileFiles::unpacksFewOfAPngsProfiles()
{
    makePhotoFile(file("plain.png"), {.format = FileFormat::Png, .icc = {}});
    const auto behind = [&](int profiles) {
        std::vector<image::PngChunk> chunks(static_cast<std::size_t>(profiles),
                                            image::rawProfileChunk("exif", bytesOf("damaged")));
        chunks.push_back(image::iccChunk(displayP3Profile()));
        writeBytes(file("many.png"), image::withChunks(fileBytes(file("plain.png")), chunks));
        return image::readPhoto(file("many.png")).value().metadata.iccProfile().size();
    };

    QCOMPARE(behind(3), displayP3Profile().size());
    QCOMPARE(behind(300), std::size_t{0});
}

void TestHostileFiles::aSecondBrokenProfileCostsNotTheFirst()
{
    makePhotoFile(file("plain.png"), {.format = FileFormat::Png, .icc = {}});
    const std::vector<image::PngChunk> chunks{image::iccChunk(displayP3Profile()),
                                              {.type = "iCCP", .content = bytesOf("damaged")}};
    writeBytes(file("two.png"), image::withChunks(fileBytes(file("plain.png")), chunks));

    const auto photo = image::readPhoto(file("two.png"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QVERIFY(std::ranges::equal(photo->metadata.iccProfile(), displayP3Profile()));
    QVERIFY(image::foreseeLosses(*photo, {.format = FileFormat::Png}) ==
            std::vector{image::ExportLoss::Unreadable});
}

void TestHostileFiles::aBrokenExifBlockCostsNothingElse_data()
{
    QTest::addColumn<FileFormat>("to");
    QTest::newRow("JPEG") << FileFormat::Jpeg;
    QTest::newRow("PNG") << FileFormat::Png;
    QTest::newRow("TIFF") << FileFormat::Tiff;
    QTest::newRow("WebP") << FileFormat::WebP;
}

void TestHostileFiles::aBrokenExifBlockCostsNothingElse()
{
    QFETCH(FileFormat, to);
    makePhotoFile(file("photo"), {.hasMetadata = true, .icc = displayP3Profile()});
    Bytes contents = fileBytes(file("photo"));
    const char mark[] = "Exif\0\0";
    const auto exif = std::search(contents.begin(), contents.end(), mark, mark + 6);
    QVERIFY(exif != contents.end());
    std::fill_n(exif + 6, 40, std::uint8_t{0xEE});
    writeBytes(file("photo"), contents);

    const auto photo = image::readPhoto(file("photo"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QCOMPARE(photo->metadata.orientation(), 1);
    QCOMPARE(photo->metadata.iccProfile().size(), displayP3Profile().size());
    QVERIFY(!photo->metadata.fields().empty());
    QVERIFY(image::writePhoto(photo->original, *photo, file("export"), {.format = to}));
    const auto again = image::readPhoto(file("export"));
    QVERIFY(again && again->metadata.iccProfile().size() == displayP3Profile().size());
}

QTEST_APPLESS_MAIN(TestHostileFiles)
#include "tst_hostile_files.moc"
