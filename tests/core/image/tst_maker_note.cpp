// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/maker_note.h"

#include "core/image/photo_reader.h"
#include "core/image/photo_writer.h"
#include "tests/core/image/exiv2_file.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QTest>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;
using image::movedMakerNote;

namespace {

constexpr std::size_t notePlace = 32;

/// An EXIF block of one tag, the maker, with a note behind it: a directory of one value, the owner,
/// and a footer with the note's own place.
Bytes blockOf(std::string_view sixLetters)
{
    Bytes block{'I', 'I', '*', 0, 8, 0, 0, 0};
    const auto appendDirectory = [&](std::uint32_t tag, std::uint32_t place) {
        constexpr std::uint32_t ascii = 2;
        constexpr std::uint32_t letters = 6;
        for (const auto& [value, width] :
             {std::pair{1U, 2}, {tag, 2}, {ascii, 2}, {letters, 4}, {place, 4}, {0U, 4}})
            image::appendNumber(block, value, width, image::ByteOrder::Little);
    };
    appendDirectory(0x010F, 26);
    image::append(block, image::viewOf(sixLetters));
    appendDirectory(9, 50);
    image::append(block, image::viewOf({"Owner\0", 6}));
    image::append(block, image::viewOf({"II*\0\x20\0\0\0", 8}));
    return block;
}

image::TiffEntry noteOf(const Bytes& block)
{
    return {.tag = 0x927C, .valuePosition = notePlace, .valueSize = block.size() - notePlace};
}

std::uint32_t longAt(const Bytes& bytes, std::size_t position)
{
    return image::number(bytes, position, 4, image::ByteOrder::Little);
}

} // namespace

class TestMakerNote : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void isReadableAfterATiffHasBeenExported_data();
    void isReadableAfterATiffHasBeenExported();
    void tellsItsNewPlaces();
    void ofAnUnknownMakerStaysAsItIs();
    void cutShortStaysAsItIs();
};

void TestMakerNote::isReadableAfterATiffHasBeenExported_data()
{
    QTest::addColumn<QByteArray>("make");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](const char* make, const char* key, const char* value) {
        QTest::newRow(make) << QByteArray(make) << QByteArray(key) << QByteArray(value);
    };
    row("Canon", "Exif.Canon.OwnerName", "A. Photographer");
    row("SONY", "Exif.Sony1.ColorReproduction", "Standard, and a little more");
    row("Panasonic", "Exif.Panasonic.LensType", "LUMIX G VARIO 12-35/F2.8");
    row("PENTAX", "Exif.Pentax.LensInfo", "1 2 3 4 5 6 7 8 9");
    row("KONICA MINOLTA", "Exif.Minolta.0x0f00", "1 2 3 4 5 6 7");
    row("NIKON CORPORATION", "Exif.Nikon3.Lens", "240/10 700/10 28/10 28/10"); // counts from itself
    row("FUJIFILM", "Exif.Fujifilm.SerialNumber", "FC A1234567");              // likewise
}

void TestMakerNote::isReadableAfterATiffHasBeenExported()
{
    QFETCH(const QByteArray, make);
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, value);
    makePhotoFile(file("source"), {.format = FileFormat::Tiff, .icc = {}});
    const auto source = opened(file("source"));
    source->exifData()["Exif.Image.Make"] = make.toStdString();
    source->exifData()[key.toStdString()] = value.toStdString();
    source->writeMetadata();
    QCOMPARE(opened(file("source"))->exifData()[key.toStdString()].toString(), value.toStdString());
    const auto photo = image::readPhoto(file("source"));
    QVERIFY(photo);

    for (const auto format : {FileFormat::Jpeg, FileFormat::Tiff, FileFormat::Png}) {
        const auto target = path() / ("target" + std::to_string(static_cast<int>(format)));
        QVERIFY(image::writePhoto(photo->original, *photo, target, {.format = format}));
        QCOMPARE(opened(target)->exifData()[key.toStdString()].toString(), value.toStdString());
    }
}

void TestMakerNote::tellsItsNewPlaces()
{
    const Bytes block = blockOf({"Canon\0", 6});

    const Bytes moved = movedMakerNote(image::TiffStructure(block), noteOf(block), 100);

    QCOMPARE(moved.size(), block.size() - notePlace);
    QCOMPARE(longAt(moved, 10), 118U);               // of its value
    QCOMPARE(longAt(moved, moved.size() - 4), 100U); // of itself
}

void TestMakerNote::ofAnUnknownMakerStaysAsItIs()
{
    const Bytes block = blockOf({"Nobody", 6});

    const Bytes moved = movedMakerNote(image::TiffStructure(block), noteOf(block), 100);

    QVERIFY(std::equal(moved.begin(), moved.end(), block.begin() + notePlace, block.end()));
}

void TestMakerNote::cutShortStaysAsItIs()
{
    const Bytes block = blockOf({"Canon\0", 6});
    auto note = noteOf(block);

    for (note.valueSize = 5; note.valueSize < 24; ++note.valueSize) {
        const Bytes moved = movedMakerNote(image::TiffStructure(block), note, 100);
        QVERIFY(std::equal(moved.begin(), moved.end(), block.begin() + notePlace));
    }
}

QTEST_APPLESS_MAIN(TestMakerNote)
#include "tst_maker_note.moc"
