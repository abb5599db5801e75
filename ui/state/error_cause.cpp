// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/error_cause.h"

#include "ui/state/file_path.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cerrno>
#include <system_error>

namespace limpid::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ErrorCause)
};

/// %1 stands for the file's name.
struct Row {
    ErrorCode code;
    const char* part; ///< Of the core's detail. The first row that fits counts.
    const char* why;
    const char* remedy = nullptr;
};

constexpr const char* saveOrdinary = QT_TRANSLATE_NOOP(
    "ErrorCause",
    "Save it as an ordinary JPEG, PNG or TIFF file in another program, then open that one.");
constexpr const char* saveAsRgb = QT_TRANSLATE_NOOP(
    "ErrorCause",
    "Save it in RGB with 8 or 16 bits per color in another program, then open that file.");
constexpr const char* animation =
    QT_TRANSLATE_NOOP("ErrorCause", "It is an animation, not a single picture.");
constexpr const char* savePicture =
    QT_TRANSLATE_NOOP("ErrorCause", "Save the picture that you want as a file of its own.");
constexpr const char* noPicture = QT_TRANSLATE_NOOP("ErrorCause", "There is no picture in it.");
constexpr const char* contradiction =
    QT_TRANSLATE_NOOP("ErrorCause", "Its contents contradict each other.");
constexpr const char* noMemoryFor =
    QT_TRANSLATE_NOOP("ErrorCause", "There is not enough for %1 as a whole.");
constexpr const char* chooseModel = QT_TRANSLATE_NOOP(
    "ErrorCause", "Choose another one under Tools, Models, or import it there once more.");

constexpr Row photoRows[]{
    {ErrorCode::UnsupportedFormat, "CMYK",
     QT_TRANSLATE_NOOP("ErrorCause", "Its colors are meant for printing (CMYK)."), saveAsRgb},
    {ErrorCode::UnsupportedFormat, "JPEG with other than 8 bits",
     QT_TRANSLATE_NOOP("ErrorCause", "It is a JPEG file with other than 8 bits per color."),
     saveOrdinary},
    {ErrorCode::UnsupportedFormat, "lossless or hierarchical JPEG",
     QT_TRANSLATE_NOOP("ErrorCause", "It is a lossless or hierarchical JPEG file, a rare kind."),
     saveOrdinary},
    {ErrorCode::UnsupportedFormat, "animated", animation, savePicture},
    {ErrorCode::UnsupportedFormat, "BigTIFF",
     QT_TRANSLATE_NOOP("ErrorCause", "It is a BigTIFF file, the kind for more than 4 GB."),
     saveOrdinary},
    {ErrorCode::UnsupportedFormat, "floating-point",
     QT_TRANSLATE_NOOP("ErrorCause", "Its colors are stored as floating-point or signed numbers."),
     saveAsRgb},
    {ErrorCode::UnsupportedFormat, "bits per sample",
     QT_TRANSLATE_NOOP("ErrorCause", "It has neither 8 nor 16 bits per color."), saveAsRgb},
    {ErrorCode::UnsupportedFormat, "neither gray nor RGB",
     QT_TRANSLATE_NOOP("ErrorCause", "Its colors are neither gray nor RGB."), saveAsRgb},
    {ErrorCode::UnsupportedFormat, "TIFF with compression",
     QT_TRANSLATE_NOOP("ErrorCause", "It is compressed in a way that Limpid cannot read."),
     QT_TRANSLATE_NOOP("ErrorCause", "Save it without compression, or with LZW, in another "
                                     "program, then open that file.")},
    {ErrorCode::UnsupportedFormat, "TIFF with",
     QT_TRANSLATE_NOOP("ErrorCause", "It is a TIFF file of a rare kind."), saveAsRgb},
    {ErrorCode::UnsupportedFormat, "HDR brightness",
     QT_TRANSLATE_NOOP("ErrorCause", "Its brightness is meant for HDR displays (PQ or HLG)."),
     saveOrdinary},
    {ErrorCode::UnsupportedFormat, "has no decoder here",
     QT_TRANSLATE_NOOP("ErrorCause",
                       "It is a HEIC or AVIF file, and the decoder for it is not installed."),
     saveOrdinary},
    {ErrorCode::UnsupportedFormat, "HEIF",
     QT_TRANSLATE_NOOP("ErrorCause", "It is a HEIF file of a rare kind."), saveOrdinary},
    {ErrorCode::UnsupportedFormat, "the contents are not",
     QT_TRANSLATE_NOOP("ErrorCause", "Its contents are not those of a JPEG, PNG, TIFF, WebP, HEIC "
                                     "or AVIF file, whatever its name says.")},
    {ErrorCode::NotARegularFile, "folder", QT_TRANSLATE_NOOP("ErrorCause", "It is a folder.")},
    {ErrorCode::NotARegularFile, "device",
     QT_TRANSLATE_NOOP("ErrorCause", "It is a device or a pipe.")},
    {ErrorCode::NotARegularFile, "the target",
     QT_TRANSLATE_NOOP("ErrorCause", "A folder or a device has this name already."),
     QT_TRANSLATE_NOOP("ErrorCause", "Choose another name.")},
    {ErrorCode::DamagedFile, "the file is empty",
     QT_TRANSLATE_NOOP("ErrorCause", "The file is empty.")},
    {ErrorCode::DamagedFile, "ends before",
     QT_TRANSLATE_NOOP("ErrorCause", "It ends too early: a part of the picture is missing.")},
    {ErrorCode::DamagedFile, "no picture", noPicture},
    {ErrorCode::DamagedFile, "no pixels", noPicture},
    {ErrorCode::DamagedFile, "cannot be decoded",
     QT_TRANSLATE_NOOP("ErrorCause", "The picture in it cannot be decoded.")},
    {ErrorCode::DamagedFile, "", contradiction},
    {ErrorCode::PictureTooLarge, "too many scans",
     QT_TRANSLATE_NOOP("ErrorCause",
                       "It is a JPEG file in far more passes than photo programs write."),
     saveOrdinary},
    {ErrorCode::PictureTooLarge, "huge tiles",
     QT_TRANSLATE_NOOP("ErrorCause", "It is stored in pieces too large to be read."), saveOrdinary},
    {ErrorCode::PictureTooLarge, "cannot exceed 4 GB",
     QT_TRANSLATE_NOOP("ErrorCause", "A TIFF file cannot have more than 4 GB."),
     QT_TRANSLATE_NOOP("ErrorCause", "Export it as PNG or JPEG.")},
};

constexpr Row runRows[]{
    {ErrorCode::OutOfMemory, "the picture does not fit", noMemoryFor,
     QT_TRANSLATE_NOOP("ErrorCause", "Close other programs, or make the photo smaller.")},
    {ErrorCode::OutOfMemory, "the encoded picture does not fit", noMemoryFor,
     QT_TRANSLATE_NOOP("ErrorCause", "Close other programs, then export again.")},
    {ErrorCode::OutOfMemory, "CUDA",
     QT_TRANSLATE_NOOP("ErrorCause", "The memory of the graphics card is full.")},
    {ErrorCode::ModelMissing, "no catalog",
     QT_TRANSLATE_NOOP("ErrorCause", "The folder of models has no list of them (catalog.json).")},
    {ErrorCode::ModelMissing, "no folder of models",
     QT_TRANSLATE_NOOP("ErrorCause", "There is no folder of models.")},
    {ErrorCode::ModelMissing, "no model of",
     QT_TRANSLATE_NOOP("ErrorCause", "None is installed for this method.")},
    {ErrorCode::ModelMissing, "is not installed",
     QT_TRANSLATE_NOOP("ErrorCause", "The chosen one is no longer installed."), chooseModel},
    {ErrorCode::ModelDamaged, "its size is not",
     QT_TRANSLATE_NOOP("ErrorCause", "Its file does not have the size that was imported."),
     chooseModel},
    {ErrorCode::ModelDamaged, "bytes, got",
     QT_TRANSLATE_NOOP("ErrorCause", "Its file does not have the size that it should.")},
    {ErrorCode::ModelDamaged, "checksum",
     QT_TRANSLATE_NOOP("ErrorCause", "Its checksum is not the one in the list of models.")},
    {ErrorCode::ModelDamaged, "not finite",
     QT_TRANSLATE_NOOP("ErrorCause", "It computes values that are no numbers.")},
    {ErrorCode::ModelDamaged, "shorter since it was opened",
     QT_TRANSLATE_NOOP("ErrorCause", "Its file became shorter while it was read."),
     QT_TRANSLATE_NOOP("ErrorCause", "Wait until nothing writes to it, or copy it again.")},
    {ErrorCode::ModelDamaged, "", contradiction},
    {ErrorCode::ModelMismatch, "",
     QT_TRANSLATE_NOOP("ErrorCause", "It holds another network than this method needs.")},
    {ErrorCode::DeviceUnavailable, "no usable GPU",
     QT_TRANSLATE_NOOP("ErrorCause", "The graphics driver reports no usable GPU.")},
    {ErrorCode::DeviceUnavailable, "but not LibTorch's CUDA library",
     QT_TRANSLATE_NOOP("ErrorCause",
                       "There is an NVIDIA driver, but Limpid was installed without CUDA."),
     QT_TRANSLATE_NOOP("ErrorCause", "Install Limpid again beside the driver, or run on the CPU.")},
    {ErrorCode::DeviceUnavailable, "there is no device",
     QT_TRANSLATE_NOOP("ErrorCause", "This computer has no such device.")},
    {ErrorCode::DeviceUnavailable, "no NVIDIA GPU was found",
     QT_TRANSLATE_NOOP("ErrorCause",
                       "There is no NVIDIA graphics card; others cannot be used for this."),
     QT_TRANSLATE_NOOP("ErrorCause", "Run on the CPU.")},
    {ErrorCode::DeviceUnavailable, "no driver for it",
     QT_TRANSLATE_NOOP("ErrorCause", "There is an NVIDIA graphics card, but no driver for it."),
     QT_TRANSLATE_NOOP("ErrorCause", "Install NVIDIA's driver, or run on the CPU.")},
    {ErrorCode::DeviceUnavailable, "restart the computer",
     QT_TRANSLATE_NOOP("ErrorCause", "The graphics driver does not start."),
     QT_TRANSLATE_NOOP("ErrorCause", "Restart the computer, or run on the CPU.")},
    {ErrorCode::DeviceUnavailable, "too old",
     QT_TRANSLATE_NOOP("ErrorCause", "The graphics driver is too old for Limpid."),
     QT_TRANSLATE_NOOP("ErrorCause", "Update the graphics driver, or run on the CPU.")},
    {ErrorCode::DeviceUnavailable, "failed before",
     QT_TRANSLATE_NOOP("ErrorCause", "The graphics card failed in an earlier run."),
     QT_TRANSLATE_NOOP("ErrorCause", "Start Limpid again to use it, or run on the CPU.")},
    {ErrorCode::DeviceUnavailable, "does not load",
     QT_TRANSLATE_NOOP("ErrorCause", "The libraries for the graphics card cannot be loaded."),
     QT_TRANSLATE_NOOP("ErrorCause", "Install Limpid again, or run on the CPU.")},
    {ErrorCode::DeviceUnavailable, "self-test",
     QT_TRANSLATE_NOOP("ErrorCause", "The graphics card failed a test.")},
    {ErrorCode::DeviceUnavailable, "",
     QT_TRANSLATE_NOOP("ErrorCause", "The graphics card or its driver reports an error.")},
    {ErrorCode::InvalidRequest, "'reference'",
     QT_TRANSLATE_NOOP("ErrorCause", "“As published” runs the authors' program, which knows no "
                                     "compact models."),
     QT_TRANSLATE_NOOP("ErrorCause",
                       "Switch “As published” off, or choose the published model under Tools, "
                       "Models.")},
    {ErrorCode::InvalidRequest, "'guidance_space'",
     QT_TRANSLATE_NOOP("ErrorCause", "Pictures can be compared for at most 1 megapixel, what lies "
                                     "around the region included."),
     QT_TRANSLATE_NOOP("ErrorCause", "Draw a smaller region, or compare latents.")},
};

template<std::size_t count>
ErrorCause lookUp(const Row (&rows)[count], const Error& error)
{
    for (const Row& row : rows) {
        if (row.code != error.code || error.detail.find(row.part) == std::string::npos)
            continue;
        QString why = Words::tr(row.why);
        if (why.contains(u"%1"))
            why = why.arg(Words::tr("“%1”").arg(fileName(error.path)));
        return {why, row.remedy ? Words::tr(row.remedy) : QString()};
    }
    return {};
}

/// "20000 x 10000 pixels; the limit is 150000000", "the file has 3000000000 bytes"
QString sizeCause(const QString& detail)
{
    static const QRegularExpression pixels(QStringLiteral("^(\\d+) x (\\d+) pixels\\D+(\\d+)$"));
    const auto found = pixels.match(detail);
    const auto megapixels = [](double count) {
        return QLocale().toString(count / 1e6, 'f', 0);
    };
    if (found.hasMatch())
        return Words::tr("It has %1 megapixels; Limpid works on up to %2.")
            .arg(megapixels(found.captured(1).toDouble() * found.captured(2).toDouble()),
                 megapixels(found.captured(3).toDouble()));
    static const QRegularExpression bytes(QStringLiteral("^the file has (\\d+) bytes$"));
    const auto size = bytes.match(detail);
    if (size.hasMatch())
        return Words::tr("The file has %1.")
            .arg(QLocale().formattedDataSize(size.captured(1).toLongLong(), 1,
                                             QLocale::DataSizeTraditionalFormat));
    return detail.contains(u"2 GB") ? Words::tr("The file has more than 2 GB.") : QString();
}

/// What the operating system said, which stands at the end of the detail in its own language.
QString systemCause(const Error& error)
{
    const bool writes =
        error.code == ErrorCode::FileUnwritable || error.code == ErrorCode::DiskFull;
    const auto isSaid = [&](int code) {
        return error.detail.ends_with(std::generic_category().message(code));
    };
    if (isSaid(ENOSPC))
        return {}; // as the code
    if (isSaid(EACCES) || isSaid(EPERM))
        return writes ? Words::tr("You are not allowed to write there.")
                      : Words::tr("You are not allowed to read it.");
    if (isSaid(EROFS))
        return Words::tr("Its disk can only be read.");
    if (isSaid(EIO))
        return Words::tr("The disk reports an error.");
    if (isSaid(ENAMETOOLONG))
        return Words::tr("The name is too long.");
    if (isSaid(ENOENT) || isSaid(ENOTDIR))
        return Words::tr("Its folder does not exist.");
    if (isSaid(EDQUOT))
        return Words::tr("Your share of the disk is used up.");
    if (isSaid(EFBIG))
        return Words::tr("The disk cannot hold so large a file.");
    const QString detail = QString::fromStdString(error.detail);
    const auto said = detail.lastIndexOf(QStringLiteral(": "));
    return said < 0 ? QString() // all of it is the program's own words
                    : Words::tr("The system says: %1.").arg(detail.mid(said + 2));
}

} // namespace

ErrorCause causeOf(const Error& error)
{
    if (error.detail.empty())
        return {};
    switch (error.code) {
    case ErrorCode::FileUnreadable:
    case ErrorCode::FileUnwritable:
    case ErrorCode::DiskFull: return {systemCause(error), {}};
    case ErrorCode::PictureTooLarge:
        if (const QString why = sizeCause(QString::fromStdString(error.detail)); !why.isEmpty())
            return {why, {}};
        break;
    default: break;
    }
    const auto cause = lookUp(photoRows, error);
    return cause.why.isEmpty() ? lookUp(runRows, error) : cause;
}

} // namespace limpid::ui
