// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"

#include "tests/core/image/heif_assembly.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/make_heif.h"

#include <QTest>

using namespace limpid;
using namespace limpid::tests;
using image::FileFormat;

namespace {

/// 64 x 64 pixels.
AssembledItem codedItem(const std::filesystem::path& path, FileFormat format)
{
    makeHeifFile(path, {.format = format, .pixels = makeRaster({64, 64})});
    const Bytes bytes = fileBytes(path);
    return itemFrom({reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())},
                    format == FileFormat::Heic ? "hvc1" : "av01");
}

/// One row.
AssembledItem gridItem(quint32 columns, quint32 width, quint32 height)
{
    return {.type = "grid",
            .data = number(0, 3) + number(columns - 1, 1) + number(width, 2) + number(height, 2),
            .properties = {sizeProperty(width, height)}};
}

/// All pieces at the top left.
AssembledItem overlayItem(quint32 pieces)
{
    return {.type = "iovl",
            .data = number(0, 2) + QByteArray(8, '\xff') + number(64, 2) + number(64, 2) +
                    QByteArray(qsizetype(4 * pieces), '\0'),
            .properties = {sizeProperty(64, 64)}};
}

AssembledItem withSize(AssembledItem item, quint32 width, quint32 height)
{
    for (QByteArray& property : item.properties) {
        if (property.mid(4, 4) == "ispe")
            property = sizeProperty(width, height);
    }
    return item;
}

AssembledItem asAlpha(AssembledItem item)
{
    item.properties.push_back(
        fullBox("auxC", QByteArray("urn:mpeg:mpegB:cicp:systems:auxiliary:alpha") + '\0'));
    return item;
}

AssembledItem twice(AssembledItem item)
{
    item.data += item.data;
    return item;
}

} // namespace

class TestHeifHostile : public QObject, tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void theAssemblyItselfIsOpened();
    void whatLiesBehindTheLastBoxIsLeftAlone();
    void picturesOfPicturesAreRefused_data();
    void picturesOfPicturesAreRefused();
    void gridsThatContradictThemselvesAreRefused_data();
    void gridsThatContradictThemselvesAreRefused();
    void alphaIsRefusedAsThePictureIs_data();
    void alphaIsRefusedAsThePictureIs();
    void compressedMetadataAreRefused();
    void contentsMayNotBeMoreThanTheFile_data();
    void contentsMayNotBeMoreThanTheFile();
    void codedPicturesMayNotBeLargerThanTheySay_data();
    void codedPicturesMayNotBeLargerThanTheySay();
    void tablesMayNotBeThereTwice_data();
    void tablesMayNotBeThereTwice();

private:
    AssembledItem hevc() { return codedItem(file("coded"), FileFormat::Heic); }
    AssembledItem av1() { return codedItem(file("coded"), FileFormat::Avif); }

    /// By both ways to look at a file.
    void verifyRefused(const QByteArray& contents, ErrorCode code, const char* words)
    {
        writeBytes(file("photo"), bytesOf(contents));
        const auto header = image::inspectPhoto(file("photo"));
        const auto photo = image::readPhoto(file("photo"));
        QVERIFY(!header && !photo);
        QVERIFY2(header.error().code == code, header.error().detail.c_str());
        QVERIFY2(header.error().detail.find(words) != std::string::npos,
                 header.error().detail.c_str());
        QVERIFY(photo.error().code == code);
    }

    /// Item 1 is a coded picture.
    void addRow(const char* name, const HeifAssembly& assembly, ErrorCode code, const char* words)
    {
        QTest::newRow(name) << assembled(assembly) << code << QByteArray(words);
    }

    static void addColumns()
    {
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QByteArray>("words");
    }

    void verifyRow()
    {
        QFETCH(QByteArray, contents);
        QFETCH(ErrorCode, code);
        QFETCH(QByteArray, words);
        verifyRefused(contents, code, words.constData());
    }
};

/// So that the others are refused for their one fault.
void TestHeifHostile::theAssemblyItselfIsOpened()
{
    const HeifAssembly assembly{.items = {hevc(), asAlpha(hevc())},
                                .references = {{"auxl", 2, {1}}}};
    writeBytes(file("photo"), bytesOf(assembled(assembly)));

    const auto photo = image::readPhoto(file("photo"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QVERIFY(photo->size() == Size(64, 64) && photo->original.channels() == 4);
}

/// Samsung's telephones write such things.
void TestHeifHostile::whatLiesBehindTheLastBoxIsLeftAlone()
{
    writeBytes(file("photo"), bytesOf(assembled({.items = {hevc()}}) + "/>\n<rdf and so on SEFT"));

    const auto photo = image::readPhoto(file("photo"));

    QVERIFY2(photo, photo ? "" : photo.error().detail.c_str());
    QCOMPARE(photo->size(), Size(64, 64));
}

void TestHeifHostile::picturesOfPicturesAreRefused_data()
{
    renew();
    addColumns();
    const AssembledItem grid = gridItem(2, 128, 64);
    const AssembledItem turned{.type = "iden", .properties = {sizeProperty(64, 64)}};
    const AssembledItem exif{.type = "Exif", .data = QByteArray(20, '\0')};
    constexpr auto damaged = ErrorCode::DamagedFile;
    constexpr auto rare = ErrorCode::UnsupportedFormat;
    addRow("a grid of itself", {{hevc(), grid}, {{"dimg", 2, {1, 2}}}, 2}, damaged, "from itself");
    addRow("a grid of a grid",
           {{hevc(), grid, grid}, {{"dimg", 2, {1, 1}}, {"dimg", 3, {2, 2}}}, 3}, rare,
           "made from others");
    addRow("two grids of each other",
           {{hevc(), grid, grid}, {{"dimg", 2, {3, 3}}, {"dimg", 3, {2, 2}}}, 3}, rare,
           "made from others");
    addRow("a grid with metadata", {{hevc(), grid, exif}, {{"dimg", 2, {1, 3}}}, 2}, rare,
           "different pictures");
    addRow("a grid of two codecs", {{hevc(), grid, av1()}, {{"dimg", 2, {1, 3}}}, 2}, rare,
           "different pictures");
    addRow("a grid of nothing", {{hevc(), grid}, {{"dimg", 2, {1, 9}}}, 2}, damaged, "no picture");
    addRow("a grid of two lists", {{hevc(), grid}, {{"dimg", 2, {1, 1}}, {"dimg", 2, {1, 1}}}, 2},
           damaged, "two lists");
    addRow("an overlay of itself", {{hevc(), overlayItem(2)}, {{"dimg", 2, {1, 2}}}, 2}, rare,
           "iovl");
    addRow("an overlay with metadata", {{hevc(), overlayItem(2), exif}, {{"dimg", 2, {1, 3}}}, 2},
           rare, "iovl");
    addRow(
        "overlays of overlays",
        {{hevc(), overlayItem(2), overlayItem(2)}, {{"dimg", 2, {1, 1}}, {"dimg", 3, {1, 2}}}, 3},
        rare, "iovl");
    addRow("another of another", {{hevc(), turned}, {{"dimg", 2, {1}}}, 2}, rare, "iden");
}

void TestHeifHostile::picturesOfPicturesAreRefused()
{
    verifyRow();
}

void TestHeifHostile::gridsThatContradictThemselvesAreRefused_data()
{
    renew();
    addColumns();
    constexpr auto damaged = ErrorCode::DamagedFile;
    const auto addGrid = [&](const char* name, const AssembledItem& tile, const AssembledItem& grid,
                             const char* words) {
        addRow(name, {{hevc(), grid, tile}, {{"dimg", 2, {1, 3}}}, 2}, damaged, words);
    };
    addGrid("a longer canvas", hevc(), withSize(gridItem(2, 32000, 32000), 32000, 64), "two sizes");
    addGrid("tiles that do not cover", hevc(), gridItem(2, 129, 64), "do not cover");
    addGrid("more tiles than there are", hevc(), gridItem(3, 128, 64), "as many tiles");
    addGrid("tiles of two sizes", withSize(hevc(), 64, 62), gridItem(2, 128, 64),
            "different sizes");
    AssembledItem cut = gridItem(2, 128, 64);
    cut.data.chop(2);
    addGrid("a cut description", hevc(), cut, "ends before");
    AssembledItem cropped = hevc();
    cropped.properties.push_back(box("irot", number(1, 1)));
    addRow("a turned tile", {{hevc(), gridItem(2, 128, 64), cropped}, {{"dimg", 2, {1, 3}}}, 2},
           ErrorCode::UnsupportedFormat, "cropped or turned");
}

void TestHeifHostile::gridsThatContradictThemselvesAreRefused()
{
    verifyRow();
}

void TestHeifHostile::alphaIsRefusedAsThePictureIs_data()
{
    renew();
    addColumns();
    constexpr auto rare = ErrorCode::UnsupportedFormat;
    const AssembledItem same = asAlpha({.type = "iden", .properties = {sizeProperty(64, 64)}});
    addRow("made from the picture", {{hevc(), same}, {{"auxl", 2, {1}}, {"dimg", 2, {1}}}}, rare,
           "iden");
    addRow("the picture itself", {{asAlpha(hevc())}, {{"auxl", 1, {1}}}}, ErrorCode::DamagedFile,
           "own alpha");
    addRow("with alpha", {{asAlpha(hevc()), asAlpha(hevc())}, {{"auxl", 2, {1}}, {"auxl", 1, {2}}}},
           rare, "alpha of a part");
    addRow("several",
           {{hevc(), asAlpha(hevc()), asAlpha(hevc())}, {{"auxl", 2, {1}}, {"auxl", 3, {1}}}}, rare,
           "several alphas");
    addRow("of very many",
           {{hevc(), asAlpha(hevc())}, {{"auxl", 2, std::vector<quint32>(4097, 1)}}}, rare,
           "too many pictures");
    addRow("of a tile",
           {{hevc(), gridItem(2, 128, 64), asAlpha(hevc())},
            {{"dimg", 2, {1, 1}}, {"auxl", 3, {1}}},
            2},
           rare, "alpha of a part");
    addRow("larger than the picture",
           {{hevc(), asAlpha(withSize(hevc(), 60000, 60000))}, {{"auxl", 2, {1}}}},
           ErrorCode::PictureTooLarge, "limit");
}

void TestHeifHostile::alphaIsRefusedAsThePictureIs()
{
    verifyRow();
}

void TestHeifHostile::compressedMetadataAreRefused()
{
    const AssembledItem packet{.type = "mime",
                               .data = qCompress(QByteArray(4000, 'x')).mid(4, 12),
                               .media = QByteArray("application/rdf+xml\0deflate\0", 28)};

    verifyRefused(assembled({.items = {hevc(), packet}, .references = {{"cdsc", 2, {1}}}}),
                  ErrorCode::UnsupportedFormat, "compressed metadata");
}

void TestHeifHostile::contentsMayNotBeMoreThanTheFile_data()
{
    renew();
    addColumns();
    AssembledItem repeated{.type = "Exif", .data = QByteArray(1 << 16, '\0'), .repetitions = 32};
    addRow("one piece many times", {{hevc(), repeated}, {{"cdsc", 2, {1}}}}, ErrorCode::DamagedFile,
           "more than the file");
    const AssembledItem pieces{.type = "Exif", .data = QByteArray(4, '\0'), .repetitions = 33};
    addRow("many pieces", {{hevc(), pieces}, {{"cdsc", 2, {1}}}}, ErrorCode::UnsupportedFormat,
           "many pieces");
    HeifAssembly outside{.items = {hevc()}};
    outside.items.front().repetitions = 1;
    QByteArray contents = assembled(outside);
    const qsizetype length = contents.indexOf("iloc") + 4 + 4 + 4 + 6 + 4;
    contents.replace(length, 4, QByteArray::fromHex("7fffffff"));
    QTest::newRow("a piece behind the end")
        << contents << ErrorCode::DamagedFile << QByteArray("ends before");
}

void TestHeifHostile::contentsMayNotBeMoreThanTheFile()
{
    verifyRow();
}

void TestHeifHostile::codedPicturesMayNotBeLargerThanTheySay_data()
{
    QTest::addColumn<FileFormat>("format");
    QTest::newRow("HEIC") << FileFormat::Heic;
    QTest::newRow("AVIF") << FileFormat::Avif;
}

/// What the decoder allocates is said by the coded picture.
void TestHeifHostile::codedPicturesMayNotBeLargerThanTheySay()
{
    QFETCH(FileFormat, format);
    makeHeifFile(file("large"), {.format = format, .pixels = makeRaster({160, 64})});
    const Bytes bytes = fileBytes(file("large"));
    const AssembledItem large =
        itemFrom({reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size())},
                 format == FileFormat::Heic ? "hvc1" : "av01");

    verifyRefused(assembled({.items = {withSize(large, 64, 64)}}), ErrorCode::DamagedFile,
                  "size in the header");
    verifyRefused(assembled({.items = {withSize(large, 320, 64)}}), ErrorCode::DamagedFile,
                  "size in the header");
    if (format == FileFormat::Heic)
        verifyRefused(assembled({.items = {twice(large)}}), ErrorCode::DamagedFile, "two pictures");
}

void TestHeifHostile::tablesMayNotBeThereTwice_data()
{
    QTest::addColumn<QByteArray>("table");
    for (const char* table : {"pitm", "iinf", "iloc", "iref", "iprp"})
        QTest::newRow(table) << QByteArray(table);
}

/// Which of two counts is another thing for each reader.
void TestHeifHostile::tablesMayNotBeThereTwice()
{
    QFETCH(QByteArray, table);
    const QByteArray contents = assembled({.items = {hevc(), gridItem(2, 128, 64)},
                                           .references = {{"dimg", 2, {1, 1}}},
                                           .primary = 2});
    const QByteArray whole = box("meta", contentOf(contents, "meta"));
    const QByteArray doubled =
        box("meta", contentOf(contents, "meta") + box(table, contentOf(contents, table)));

    verifyRefused(QByteArray(contents).replace(whole, doubled), ErrorCode::DamagedFile, "twice");
}

QTEST_APPLESS_MAIN(TestHeifHostile)
#include "tst_heif_hostile.moc"
