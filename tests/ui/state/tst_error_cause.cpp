// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomic_file.h"
#include "core/image/photo_reader.h"
#include "ui/state/error_cause.h"
#include "ui/state/error_text.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <cstddef>
#include <span>
#include <system_error>

using namespace limpid;

Q_DECLARE_METATYPE(limpid::ErrorCode)

namespace {

QString whyOf(ErrorCode code, const std::string& detail)
{
    return ui::causeOf({code, detail, "/photos/sea.jpg"}).why;
}

/// A file that cannot be opened as a photo, and why.
Error refusalOf(const QTemporaryDir& folder, const QByteArray& contents)
{
    const QString path = folder.filePath(QStringLiteral("bad.jpg"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(contents);
    file.close();
    return image::readPhoto(path.toStdString()).error();
}

} // namespace

class TestErrorCause : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhyAPhotoIsRefused_data();
    void saysWhyAPhotoIsRefused();
    void advisesWhatHelpsAgainstJustThat();
    void countsMegapixels();
    void putsTheSystemsReasonIntoWords();
    void repeatsASystemsReasonThatItHasNoWordsFor();
    void knowsWhatTheCoreReallySays();
    void knowsAFolderThatMayNotBeWrittenTo();
    void leavesTechnicalDetailsToTheReport();
};

void TestErrorCause::saysWhyAPhotoIsRefused_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("detail");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* name, ErrorCode code, const char* detail, const char* word) {
        QTest::newRow(name) << code << QString::fromUtf8(detail) << QString::fromUtf8(word);
    };
    row("print", ErrorCode::UnsupportedFormat, "CMYK JPEG; convert it to RGB first", "CMYK");
    row("animation", ErrorCode::UnsupportedFormat, "animated WebP", "animation");
    row("deep", ErrorCode::UnsupportedFormat, "TIFF with 32 bits per sample", "8 nor 16 bits");
    row("packed", ErrorCode::UnsupportedFormat, "TIFF with compression 34712", "compressed");
    row("rare", ErrorCode::UnsupportedFormat, "16-bit TIFF with inverted gray", "rare kind");
    row("HDR", ErrorCode::UnsupportedFormat, "HEIF with HDR brightness (PQ)", "HDR displays");
    row("no decoder", ErrorCode::UnsupportedFormat,
        "HEIF coded with HEVC, for which libheif has no decoder here", "not installed");
    row("rare HEIF", ErrorCode::UnsupportedFormat, "HEIF coded with VVC", "rare kind");
    row("moving HEIF", ErrorCode::UnsupportedFormat, "an animated HEIF without a still picture",
        "animation");
    row("disguised", ErrorCode::UnsupportedFormat,
        "the contents are not JPEG, PNG, TIFF, WebP, HEIC or AVIF", "whatever its name says");
    row("folder", ErrorCode::NotARegularFile, "this is a folder", "folder");
    row("cut", ErrorCode::DamagedFile, "the file ends before its contents do", "ends too early");
    row("other damage", ErrorCode::DamagedFile, "a PNG text has no end", "contradict");
    row("heavy", ErrorCode::PictureTooLarge, "the file has 3221225472 bytes", "3.0 GB");
    row("memory", ErrorCode::OutOfMemory, "the picture does not fit into memory", "“sea.jpg”");
    row("card", ErrorCode::OutOfMemory, "CUDA out of memory. Tried to …", "graphics card");
    row("gone", ErrorCode::ModelMissing, "the model 'x' of 'msg' is not installed",
        "no longer installed");
    row("driver", ErrorCode::DeviceUnavailable,
        "the NVIDIA driver sees no usable GPU; CUDA_VISIBLE_DEVICES may hide it", "driver");
    row("broken card", ErrorCode::DeviceUnavailable, "CUDA error: unspecified launch failure",
        "graphics card or its driver");
    row("shrunk", ErrorCode::ModelDamaged,
        "it has become shorter since it was opened, when it had 9 bytes; copy the file again",
        "became shorter");
}

void TestErrorCause::saysWhyAPhotoIsRefused()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, detail);
    QFETCH(QString, word);

    const QString why = whyOf(code, detail.toStdString());

    QVERIFY2(why.contains(word), qPrintable(why));
    QVERIFY2(why.endsWith(u'.') && !why.contains(u'%'), qPrintable(why));
}

void TestErrorCause::advisesWhatHelpsAgainstJustThat()
{
    const auto print = ui::describe({ErrorCode::UnsupportedFormat, "CMYK JPEG", "/a/print.jpg"});
    const auto other = ui::describe({ErrorCode::UnsupportedFormat, {}, "/a/other.heic"});

    QVERIFY(print.remedy.contains(QStringLiteral("RGB")));
    QVERIFY(print.remedy != other.remedy);
}

void TestErrorCause::countsMegapixels()
{
    const QString why =
        whyOf(ErrorCode::PictureTooLarge, "20000 x 10000 pixels; the limit is 150000000");

    QCOMPARE(why, QStringLiteral("It has 200 megapixels; Limpid works on up to 150."));
}

void TestErrorCause::putsTheSystemsReasonIntoWords()
{
    const std::string denied = std::generic_category().message(EACCES);

    QVERIFY(whyOf(ErrorCode::FileUnreadable, denied).contains(QStringLiteral("read")));
    QVERIFY(
        whyOf(ErrorCode::FileUnwritable, "writing: " + denied).contains(QStringLiteral("write")));
    QVERIFY(whyOf(ErrorCode::DiskFull, "writing: " + std::generic_category().message(ENOSPC))
                .isEmpty()); // the code says it
}

void TestErrorCause::repeatsASystemsReasonThatItHasNoWordsFor()
{
    const std::string busy = std::generic_category().message(ETXTBSY);

    const QString why = whyOf(ErrorCode::FileUnwritable, "renaming the temporary file: " + busy);

    QVERIFY(why.contains(QString::fromStdString(busy)));
    QVERIFY(!why.contains(QStringLiteral("renaming")));
}

void TestErrorCause::knowsWhatTheCoreReallySays()
{
    const QTemporaryDir folder;
    const QByteArray cut("\xFF\xD8\xFF\xE0\x00\x10JFIF", 10);

    QCOMPARE(ui::causeOf(refusalOf(folder, {})).why, QStringLiteral("The file is empty."));
    QVERIFY(ui::causeOf(refusalOf(folder, cut)).why.contains(QStringLiteral("ends too early")));
    QVERIFY(ui::causeOf(refusalOf(folder, "GIF89a")).why.contains(QStringLiteral("JPEG, PNG")));
    const auto taken = image::readPhoto(folder.path().toStdString());
    QCOMPARE(ui::causeOf(taken.error()).why, QStringLiteral("It is a folder."));
}

void TestErrorCause::knowsAFolderThatMayNotBeWrittenTo()
{
    const auto written = writeFileAtomically("/nowhere/at/all.jpg", std::span<const std::byte>());

    QCOMPARE(ui::causeOf(written.error()).why, QStringLiteral("Its folder does not exist."));
}

void TestErrorCause::leavesTechnicalDetailsToTheReport()
{
    QVERIFY(whyOf(ErrorCode::Internal, "mat1 and mat2 shapes cannot be multiplied").isEmpty());
    QVERIFY(whyOf(ErrorCode::DamagedFile, {}).isEmpty());
}

QTEST_GUILESS_MAIN(TestErrorCause)
#include "tst_error_cause.moc"
