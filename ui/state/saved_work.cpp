// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/saved_work.h"

#include "ui/state/file_path.h"

#include <QDataStream>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>
#include <memory>

namespace limpid::ui {

namespace {

const QByteArray signature("Limpid work 1");
constexpr auto streamVersion = QDataStream::Qt_6_4;
constexpr qint64 rgb = 3;
constexpr int longestSide = 1 << 20; // so that no area overflows
constexpr qint64 mostViewBytes = 1 << 16;

QString text(const std::string& value)
{
    return QString::fromStdString(value);
}

QJsonValue rectToJson(const Rect& rect)
{
    return QJsonArray{rect.x, rect.y, rect.width, rect.height};
}

Rect rectOf(const QJsonValue& value)
{
    const auto four = value.toArray();
    return {four.at(0).toInt(), four.at(1).toInt(), four.at(2).toInt(), four.at(3).toInt()};
}

QJsonValue regionToJson(const std::optional<region::Region>& region)
{
    if (!region)
        return QJsonValue::Null;
    return QJsonObject{{QStringLiteral("rect"), rectToJson(region->rect)},
                       {QStringLiteral("feather"), region->featherPixels}};
}

std::optional<region::Region> regionOf(const QJsonValue& value)
{
    if (!value.isObject())
        return std::nullopt;
    return region::Region{rectOf(value[QStringLiteral("rect")]),
                          value[QStringLiteral("feather")].toInt()};
}

QJsonObject requestToJson(const engine::RestorationRequest& request)
{
    QJsonObject parameters;
    for (const auto& [id, value] : request.parameters)
        parameters.insert(text(id), value);
    QJsonObject texts;
    for (const auto& [id, value] : request.texts)
        texts.insert(text(id), text(value));
    return {{QStringLiteral("region"), regionToJson(request.region)},
            {QStringLiteral("method"), text(request.method)},
            {QStringLiteral("model"), text(request.model)},
            {QStringLiteral("steps"), request.steps},
            {QStringLiteral("seed"), QString::number(request.seed)}, // of 64 bits: no number
            {QStringLiteral("parameters"), parameters},
            {QStringLiteral("texts"), texts},
            {QStringLiteral("device"), text(request.device)},
            {QStringLiteral("precision"), text(request.precision)}};
}

engine::RestorationRequest requestOf(const QJsonValue& json)
{
    engine::RestorationRequest request;
    request.region = regionOf(json[QStringLiteral("region")]);
    request.method = json[QStringLiteral("method")].toString().toStdString();
    request.model = json[QStringLiteral("model")].toString().toStdString();
    request.steps = json[QStringLiteral("steps")].toInt();
    request.seed = json[QStringLiteral("seed")].toString().toULongLong();
    const auto parameters = json[QStringLiteral("parameters")].toObject();
    for (auto it = parameters.begin(); it != parameters.end(); ++it)
        request.parameters[it.key().toStdString()] = it.value().toDouble();
    const auto texts = json[QStringLiteral("texts")].toObject();
    for (auto it = texts.begin(); it != texts.end(); ++it)
        request.texts[it.key().toStdString()] = it.value().toString().toStdString();
    request.device = json[QStringLiteral("device")].toString().toStdString();
    request.precision = json[QStringLiteral("precision")].toString().toStdString();
    return request;
}

QByteArray headerOf(const SavedWork& work)
{
    QJsonArray layers;
    for (const auto& made : allOf(work.restoration))
        layers.append(QJsonObject{
            {QStringLiteral("request"), requestToJson(made->request)},
            {QStringLiteral("area"), rectToJson(made->patch.area)},
            {QStringLiteral("device"), text(made->device)},
            {QStringLiteral("milliseconds"), static_cast<qint64>(made->elapsed.count())},
            {QStringLiteral("step"), made->step}});
    return QJsonDocument(QJsonObject{{QStringLiteral("checksum"), text(work.checksum)},
                                     {QStringLiteral("layers"), layers}})
        .toJson(QJsonDocument::Compact);
}

QString viewFileOf(const std::filesystem::path& file)
{
    return toText(file) + QStringLiteral(".view");
}

WorkView viewOf(const QJsonObject& json)
{
    return {.region = regionOf(json[QStringLiteral("region")]),
            .strength = static_cast<float>(json[QStringLiteral("strength")].toDouble(1.0))};
}

/// Files of before there was one beside them have the view in their header.
WorkView readView(const std::filesystem::path& file, const QJsonObject& header)
{
    QFile source(viewFileOf(file));
    if (!source.open(QIODevice::ReadOnly))
        return viewOf(header);
    return viewOf(QJsonDocument::fromJson(source.read(mostViewBytes)).object());
}

/// What went wrong with the writing of `target`.
Error unwritten(const QSaveFile& target, const std::filesystem::path& file)
{
    const bool isFull = target.error() == QFileDevice::ResourceError;
    return {isFull ? ErrorCode::DiskFull : ErrorCode::FileUnwritable,
            target.errorString().toStdString(), file};
}

void writePixels(QDataStream& stream, const image::Image& pixels, const CancelToken& token)
{
    const auto values = pixels.pixels();
    stream << static_cast<qint64>(values.size());
    const auto* bytes = reinterpret_cast<const char*>(values.data());
    for (std::size_t done = 0; done < values.size_bytes();) {
        token.throwIfRequested();
        const auto piece = std::min<std::size_t>(values.size_bytes() - done, 1 << 24);
        stream.writeRawData(bytes + done, static_cast<int>(piece));
        done += piece;
    }
}

/// Throws nothing and trusts nothing: what does not fit the area is a damaged file.
std::optional<image::Image> readPixels(QDataStream& stream, const Rect& area)
{
    if (area.isEmpty() || area.width > longestSide || area.height > longestSide)
        return std::nullopt;
    qint64 count = 0;
    stream >> count;
    const qint64 left = stream.device()->size() - stream.device()->pos();
    if (count != area.size().area() * rgb || count > left / qint64{sizeof(float)})
        return std::nullopt;
    std::vector<float> values(static_cast<std::size_t>(count));
    auto* bytes = reinterpret_cast<char*>(values.data());
    qint64 rest = count * qint64{sizeof(float)};
    while (rest > 0) {
        const int read =
            stream.readRawData(bytes, static_cast<int>(std::min<qint64>(rest, 1 << 24)));
        if (read <= 0)
            return std::nullopt;
        bytes += read;
        rest -= read;
    }
    return image::Image(area.size(), std::move(values));
}

Error damaged(const std::filesystem::path& file, const char* why)
{
    return {ErrorCode::DamagedFile, why, file};
}

Result<std::vector<RestorationPtr>> readLayers(QDataStream& stream, const QJsonArray& layers,
                                               const std::filesystem::path& file)
{
    std::vector<RestorationPtr> result;
    for (const auto& json : layers) {
        auto made = std::make_shared<Restoration>();
        made->request = requestOf(json[QStringLiteral("request")]);
        made->patch.area = rectOf(json[QStringLiteral("area")]);
        made->device = json[QStringLiteral("device")].toString().toStdString();
        made->elapsed = std::chrono::milliseconds(
            static_cast<qint64>(json[QStringLiteral("milliseconds")].toDouble()));
        made->step = json[QStringLiteral("step")].toInt();
        auto pixels = readPixels(stream, made->patch.area);
        if (!pixels)
            return tl::unexpected(damaged(file, "the pixels of a result are cut off"));
        made->patch.pixels = std::move(*pixels);
        result.push_back(made);
    }
    if (result.empty())
        return tl::unexpected(damaged(file, "there is no result in it"));
    return result;
}

RestorationPtr stacked(const std::vector<RestorationPtr>& layers)
{
    auto top = std::make_shared<Restoration>(*layers.back());
    top->beneath.assign(layers.begin(), layers.end() - 1);
    return top;
}

/// The file, read as far as the name of the photo.
struct OpenedWork {
    static Result<std::unique_ptr<OpenedWork>> open(const std::filesystem::path& file);

    QFile source;
    QDataStream stream;
    std::filesystem::path photo;
};

Result<std::unique_ptr<OpenedWork>> OpenedWork::open(const std::filesystem::path& file)
{
    auto work = std::make_unique<OpenedWork>();
    work->source.setFileName(toText(file));
    if (!work->source.exists())
        return fail(ErrorCode::FileNotFound, "there is no such file", file);
    if (!work->source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::FileUnreadable, work->source.errorString().toStdString(), file);
    work->stream.setDevice(&work->source);
    work->stream.setVersion(streamVersion);
    QByteArray found;
    QByteArray photo;
    work->stream >> found;
    if (found != signature)
        return tl::unexpected(damaged(file, "not work of this version of the program"));
    work->stream >> photo;
    if (work->stream.status() != QDataStream::Ok)
        return tl::unexpected(damaged(file, "it is cut off"));
    work->photo = photo.toStdString();
    return work;
}

} // namespace

Result<void> writeWork(const SavedWork& work, const std::filesystem::path& file,
                       const CancelToken& token)
{
    if (work.checksum.empty())
        return fail(ErrorCode::InvalidRequest, "the photo's checksum is not known", work.photo);
    // First: the newest region and strength fit the results before as well.
    if (const auto written = writeView(work.view, file); !written)
        return written;
    QSaveFile target(toText(file));
    if (!target.open(QIODevice::WriteOnly))
        return tl::unexpected(unwritten(target, file));
    QDataStream stream(&target);
    stream.setVersion(streamVersion);
    stream << signature << QByteArray::fromStdString(work.photo.string()) << headerOf(work);
    for (const auto& made : allOf(work.restoration))
        writePixels(stream, made->patch.pixels, token);
    if (stream.status() != QDataStream::Ok || !target.commit())
        return tl::unexpected(unwritten(target, file));
    return {};
}

Result<void> writeView(const WorkView& view, const std::filesystem::path& file)
{
    QSaveFile target(viewFileOf(file));
    if (!target.open(QIODevice::WriteOnly))
        return tl::unexpected(unwritten(target, file));
    target.write(QJsonDocument(QJsonObject{{QStringLiteral("region"), regionToJson(view.region)},
                                           {QStringLiteral("strength"), view.strength}})
                     .toJson(QJsonDocument::Compact));
    if (!target.commit())
        return tl::unexpected(unwritten(target, file));
    return {};
}

void removeWork(const std::filesystem::path& file)
{
    QFile::remove(toText(file));
    QFile::remove(viewFileOf(file));
}

Result<std::filesystem::path> photoOfWork(const std::filesystem::path& file)
{
    const auto opened = OpenedWork::open(file);
    if (!opened)
        return tl::unexpected(opened.error());
    return (*opened)->photo;
}

Result<SavedWork> readWork(const std::filesystem::path& file)
{
    const auto opened = OpenedWork::open(file);
    if (!opened)
        return tl::unexpected(opened.error());
    QByteArray header;
    (*opened)->stream >> header;
    const auto json = QJsonDocument::fromJson(header).object();
    const auto layers =
        readLayers((*opened)->stream, json[QStringLiteral("layers")].toArray(), file);
    if (!layers)
        return tl::unexpected(layers.error());
    return SavedWork{(*opened)->photo, json[QStringLiteral("checksum")].toString().toStdString(),
                     stacked(*layers), readView(file, json)};
}

Result<RestorationPtr> laidOnto(const image::Photo& photo, const std::string& checksum,
                                const SavedWork& work)
{
    if (checksum.empty())
        return fail(ErrorCode::FileUnreadable, "its checksum is not known", photo.path);
    if (checksum != work.checksum)
        return fail(ErrorCode::DamagedFile, "the photo has changed since it was restored",
                    photo.path);
    auto layers = allOf(work.restoration);
    for (auto& made : layers) {
        auto whole = std::make_shared<Restoration>(*made);
        whole->beneath.clear();
        whole->request.image = photo.image;
        if (const auto& region = whole->request.region)
            whole->mask =
                std::make_shared<const region::Mask>(region::rasterize(*region, photo.size()));
        made = whole;
    }
    return stacked(layers);
}

} // namespace limpid::ui
