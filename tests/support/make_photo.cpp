// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/make_photo.h"

#include <exiv2/exiv2.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace limpid::tests {

namespace {

using image::FileFormat;
using image::Raster;
using image::SampleDepth;

/// A sample between 0 and 1 of a picture without any symmetry.
double valueAt(double x, double y, int channel)
{
    if (x < 0.25 && y < 0.25)
        return 0.9;
    if (x < 0.25 && y > 0.75)
        return 0.1;
    const double ramp = channel == 0 ? x : channel == 1 ? y : 1.0 - 0.5 * (x + y);
    return 0.15 + 0.7 * ramp;
}

cv::Mat matOf(const Raster& raster)
{
    const int depth = raster.depth() == SampleDepth::U16 ? CV_16U : CV_8U;
    cv::Mat mat(raster.size().height, raster.size().width, CV_MAKETYPE(depth, raster.channels()));
    std::memcpy(mat.data, raster.bytes().data(), raster.bytes().size());
    return mat;
}

/// The inverse of what a viewer does for this orientation.
cv::Mat storedAs(const cv::Mat& upright, int orientation)
{
    cv::Mat stored = upright.clone();
    if (orientation == 2 || orientation == 6)
        cv::flip(stored, stored, 1);
    else if (orientation == 3 || orientation == 7)
        cv::flip(stored, stored, -1);
    else if (orientation == 4 || orientation == 8)
        cv::flip(stored, stored, 0);
    if (orientation >= 5)
        cv::transpose(stored, stored);
    return stored;
}

Bytes encoded(const PhotoRecipe& recipe)
{
    cv::Mat mat =
        storedAs(matOf(makeRaster(recipe.size, recipe.channels, recipe.depth)), recipe.orientation);
    if (recipe.channels == 3)
        cv::cvtColor(mat, mat, cv::COLOR_RGB2BGR);
    else if (recipe.channels == 4)
        cv::cvtColor(mat, mat, cv::COLOR_RGBA2BGRA);
    const char* extension = recipe.format == FileFormat::Jpeg   ? ".jpg"
                            : recipe.format == FileFormat::Png  ? ".png"
                            : recipe.format == FileFormat::Tiff ? ".tif"
                                                                : ".webp";
    const int lossless = 101;
    Bytes bytes;
    cv::imencode(extension, mat, bytes,
                 {cv::IMWRITE_JPEG_QUALITY, 98, cv::IMWRITE_WEBP_QUALITY, lossless});
    return bytes;
}

Bytes thumbnail()
{
    Bytes bytes;
    cv::imencode(".jpg", cv::Mat(120, 160, CV_8UC3, cv::Scalar(0, 0, 255)), bytes,
                 {cv::IMWRITE_JPEG_QUALITY, 100});
    bytes.insert(bytes.end() - 2, 4000, 0); // room, as a real picture's thumbnail has
    return bytes;
}

void addExif(Exiv2::ExifData& exif, const PhotoRecipe& recipe)
{
    exif["Exif.Image.Make"] = "Limpid";
    exif["Exif.Image.Model"] = "Synthetic One";
    exif["Exif.Image.Software"] = "Firmware 1.0 of the camera";
    exif["Exif.Image.DateTime"] = "2024:05:06 07:08:09";
    exif["Exif.Photo.ExposureTime"] = Exiv2::URational(1, 15);
    exif["Exif.Photo.DateTimeOriginal"] = "2024:05:06 07:08:09";
    const bool isTurned = recipe.orientation >= 5;
    exif["Exif.Photo.PixelXDimension"] =
        static_cast<std::uint32_t>(isTurned ? recipe.size.height : recipe.size.width);
    exif["Exif.Photo.PixelYDimension"] =
        static_cast<std::uint32_t>(isTurned ? recipe.size.width : recipe.size.height);
    exif["Exif.GPSInfo.GPSLatitudeRef"] = "N";
    exif["Exif.GPSInfo.GPSLatitude"] = "48/1 8/1 1399/100";
    exif["Exif.GPSInfo.GPSLongitudeRef"] = "E";
    exif["Exif.GPSInfo.GPSLongitude"] = "11/1 34/1 3100/100";
    const Bytes note = makerNote();
    const Exiv2::DataValue value(note.data(), static_cast<long>(note.size()),
                                 Exiv2::invalidByteOrder, Exiv2::undefined);
    exif.add(Exiv2::ExifKey("Exif.Photo.MakerNote"), &value);
}

void addMetadata(Exiv2::Image& image, const PhotoRecipe& recipe)
{
    addExif(image.exifData(), recipe);
    image.xmpData()["Xmp.dc.creator"] = "A. Photographer";
    image.xmpData()["Xmp.xmp.Rating"] = "4";
    if (recipe.format == FileFormat::Jpeg) {
        const Bytes picture = thumbnail();
        Exiv2::ExifThumb(image.exifData())
            .setJpegThumbnail(picture.data(), static_cast<long>(picture.size()));
        image.setComment("a comment");
    }
    if (recipe.format == FileFormat::Jpeg || recipe.format == FileFormat::Tiff)
        image.iptcData()["Iptc.Application2.Caption"] = "A caption";
}

/// Exiv2 0.27 labels a WebP's profile as a second header.
void correctWebPProfile(const std::filesystem::path& path)
{
    Bytes bytes = fileBytes(path);
    const std::string_view label = "VP8X";
    const auto first = std::search(bytes.begin(), bytes.end(), label.begin(), label.end());
    if (first == bytes.end())
        return;
    const auto second = std::search(first + 4, bytes.end(), label.begin(), label.end());
    if (second != bytes.end())
        std::copy_n("ICCP", 4, second);
    writeBytes(path, bytes);
}

} // namespace

Raster makeRaster(Size size, int channels, SampleDepth depth)
{
    const bool isDeep = depth == SampleDepth::U16;
    Bytes bytes;
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width * channels; ++x) {
            const double value =
                valueAt((x / channels + 0.5) / size.width, (y + 0.5) / size.height, x % channels);
            const auto sample = static_cast<std::uint16_t>(value * (isDeep ? 65535.0 : 255.0));
            const auto* raw = reinterpret_cast<const std::uint8_t*>(&sample);
            bytes.insert(bytes.end(), raw, raw + (isDeep ? 2 : 1));
        }
    }
    return {size, channels, depth, std::move(bytes)};
}

Bytes makerNote()
{
    Bytes note;
    for (int i = 0; i < 700; ++i)
        note.push_back(static_cast<std::uint8_t>(i * i * 31 + 7 * i));
    return note;
}

void makePhotoFile(const std::filesystem::path& path, const PhotoRecipe& recipe)
{
    writeBytes(path, encoded(recipe));
    if (!recipe.hasMetadata && recipe.icc.empty() && recipe.orientation == 1)
        return;
    const auto image = Exiv2::ImageFactory::open(path.string());
    image->readMetadata();
    if (recipe.hasMetadata)
        addMetadata(*image, recipe);
    if (recipe.orientation != 1)
        image->exifData()["Exif.Image.Orientation"] =
            static_cast<std::uint16_t>(recipe.orientation);
    if (!recipe.icc.empty()) {
        Exiv2::DataBuf profile(recipe.icc.data(), static_cast<long>(recipe.icc.size()));
        image->setIccProfile(profile);
    }
    image->writeMetadata();
    if (recipe.format == FileFormat::WebP)
        correctWebPProfile(path);
}

Bytes fileBytes(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void writeBytes(const std::filesystem::path& path, const Bytes& bytes)
{
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    if (!file)
        throw std::runtime_error("cannot write " + path.string());
}

} // namespace limpid::tests
