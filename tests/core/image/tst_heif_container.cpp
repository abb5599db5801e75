// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/heif_container.h"

#include "core/image/photo_reader.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_heif.h"
#include "tests/support/make_photo.h"

#include <QByteArray>
#include <QTest>

#include <random>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;

namespace {

QByteArray textOf(const Bytes& bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())};
}

Bytes bytesOf(const QByteArray& text)
{
    return {text.begin(), text.end()};
}

/// Width and height in the box that states them: version and flags, then 32 bits each.
QByteArray withSize(QByteArray file, const char* widthAndHeight)
{
    const qsizetype box = file.indexOf("ispe");
    return file.replace(box + 8, 8, QByteArray::fromHex(widthAndHeight));
}

QByteArray fileTypeBox(const QByteArray& brand)
{
    return QByteArray::fromHex("00000014") + "ftyp" + brand + QByteArray(4, '\0') + brand;
}

} // namespace

class TestHeifContainer : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void brandsAreRecognized_data();
    void brandsAreRecognized();
    void truncatedFilesAreDamaged_data();
    void truncatedFilesAreDamaged();
    void tooManyPixelsAreRefusedUndecoded_data();
    void tooManyPixelsAreRefusedUndecoded();
    void theLimitOfPixelsCounts();
    void otherCodecsAreNamed_data();
    void otherCodecsAreNamed();
    void aSequenceWithoutAStillIsRefused();
    void noPictureIsDamage();
    void damageNeverEndsTheProgram_data();
    void damageNeverEndsTheProgram();

private:
    QByteArray made(const HeifRecipe& recipe)
    {
        makeHeifFile(file("made"), recipe);
        return textOf(fileBytes(file("made")));
    }

    Result<image::PhotoHeader> inspected(const QByteArray& contents)
    {
        writeBytes(file("photo"), bytesOf(contents));
        return image::inspectPhoto(file("photo"));
    }
};

void TestHeifContainer::brandsAreRecognized_data()
{
    QTest::addColumn<QByteArray>("brand");
    QTest::addColumn<bool>("isOurs");
    for (const char* brand : {"heic", "heix", "mif1", "msf1", "avif", "avis"})
        QTest::newRow(brand) << QByteArray(brand) << true;
    for (const char* brand : {"isom", "mp42", "qt  ", "jp2 ", "crx "})
        QTest::newRow(brand) << QByteArray(brand) << false;
}

void TestHeifContainer::brandsAreRecognized()
{
    QFETCH(QByteArray, brand);
    QFETCH(bool, isOurs);
    const QByteArray other = fileTypeBox("isom").replace(16, 4, brand);

    QCOMPARE(image::isHeif(bytesOf(fileTypeBox(brand))), isOurs);
    QCOMPARE(image::isHeif(bytesOf(other)), isOurs);
    const auto header = inspected(fileTypeBox(brand));
    QVERIFY(!header);
    QVERIFY(header.error().code ==
            (isOurs ? ErrorCode::DamagedFile : ErrorCode::UnsupportedFormat));
}

void TestHeifContainer::truncatedFilesAreDamaged_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<int>("percent");
    for (const int percent : {1, 5, 20, 50, 90, 99}) {
        QTest::addRow("HEIC, %d %%", percent) << FileFormat::Heic << percent;
        QTest::addRow("AVIF, %d %%", percent) << FileFormat::Avif << percent;
    }
}

void TestHeifContainer::truncatedFilesAreDamaged()
{
    QFETCH(FileFormat, format);
    QFETCH(int, percent);
    const QByteArray whole = made({.format = format, .pixels = makeRaster({192, 144})});

    const auto header = inspected(whole.left(whole.size() * percent / 100));
    const auto photo = image::readPhoto(file("photo"));

    QVERIFY(!header && !photo);
    QVERIFY2(header.error().code == ErrorCode::DamagedFile, header.error().detail.c_str());
    QVERIFY2(header.error().detail.find("ends before") != std::string::npos,
             header.error().detail.c_str());
    QVERIFY(photo.error().code == ErrorCode::DamagedFile);
}

void TestHeifContainer::tooManyPixelsAreRefusedUndecoded_data()
{
    QTest::addColumn<QByteArray>("size");
    QTest::newRow("20,000 x 20,000") << QByteArray("00004e2000004e20");
    QTest::newRow("1,000,000 x 500,000") << QByteArray("000f42400007a120");
    QTest::newRow("the most that the box holds") << QByteArray("ffffffffffffffff");
}

void TestHeifContainer::tooManyPixelsAreRefusedUndecoded()
{
    QFETCH(QByteArray, size);

    const auto header = inspected(withSize(made({}), size.constData()));

    QVERIFY(!header);
    QVERIFY2(header.error().code == ErrorCode::PictureTooLarge, header.error().detail.c_str());
}

void TestHeifContainer::theLimitOfPixelsCounts()
{
    makeHeifFile(file("photo"), {});

    const auto above = image::readPhoto(file("photo"), {.maxPixels = 96 * 64 - 1});
    const auto below = image::readPhoto(file("photo"), {.maxPixels = 96 * 64});

    QVERIFY(!above && above.error().code == ErrorCode::PictureTooLarge);
    QVERIFY(below);
}

void TestHeifContainer::otherCodecsAreNamed_data()
{
    QTest::addColumn<QByteArray>("item");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("JPEG") << QByteArray("jpeg") << QByteArray("coded with JPEG");
    QTest::newRow("VVC") << QByteArray("vvc1") << QByteArray("coded with VVC");
    QTest::newRow("unheard of") << QByteArray("zzz9") << QByteArray("unknown codec");
}

void TestHeifContainer::otherCodecsAreNamed()
{
    QFETCH(QByteArray, item);
    QFETCH(QByteArray, name);
    QByteArray changed = made({});
    const qsizetype entry = changed.indexOf("infe");
    QCOMPARE(changed.mid(entry + 12, 4), QByteArray("hvc1"));

    const auto header = inspected(changed.replace(entry + 12, 4, item));

    QVERIFY(!header && header.error().code == ErrorCode::UnsupportedFormat);
    QVERIFY2(header.error().detail.find(name.toStdString()) != std::string::npos,
             header.error().detail.c_str());
}

void TestHeifContainer::aSequenceWithoutAStillIsRefused()
{
    const auto header =
        inspected(fileTypeBox("msf1") + QByteArray::fromHex("00000008") + QByteArray("moov"));

    QVERIFY(!header && header.error().code == ErrorCode::UnsupportedFormat);
    QVERIFY(header.error().detail.find("animated") != std::string::npos);
}

/// The box that names the primary picture names one that there is not.
void TestHeifContainer::noPictureIsDamage()
{
    QByteArray changed = made({});
    changed.replace(changed.indexOf("pitm") + 8, 2, QByteArray::fromHex("7777"));

    const auto header = inspected(changed);

    QVERIFY(!header && header.error().code == ErrorCode::DamagedFile);
    QVERIFY(header.error().detail.find("no picture") != std::string::npos);
}

void TestHeifContainer::damageNeverEndsTheProgram_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::addColumn<bool>("inBoxes");
    QTest::newRow("HEIC, boxes") << FileFormat::Heic << true;
    QTest::newRow("HEIC, anywhere") << FileFormat::Heic << false;
    QTest::newRow("AVIF, boxes") << FileFormat::Avif << true;
    QTest::newRow("AVIF, anywhere") << FileFormat::Avif << false;
}

/// Opened or refused, but with a reason that is about the file.
void TestHeifContainer::damageNeverEndsTheProgram()
{
    QFETCH(FileFormat, format);
    QFETCH(bool, inBoxes);
    const Bytes whole = bytesOf(made({.format = format, .xmp = {'<', 'x', '/', '>'}}));
    std::mt19937 random(7);
    const std::size_t end = inBoxes ? std::min<std::size_t>(whole.size(), 600) : whole.size();
    int refused = 0;
    for (int round = 0; round < 80; ++round) {
        Bytes damaged = whole;
        for (int hit = 0; hit < 4; ++hit)
            damaged[random() % end] = static_cast<std::uint8_t>(random());
        writeBytes(file("photo"), damaged);

        const auto photo = image::readPhoto(file("photo"));

        refused += photo ? 0 : 1;
        QVERIFY2(photo || photo.error().code != ErrorCode::Internal,
                 photo ? "" : photo.error().detail.c_str());
    }
    QVERIFY(refused > 0);
}

QTEST_APPLESS_MAIN(TestHeifContainer)
#include "tst_heif_container.moc"
