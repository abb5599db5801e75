// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/contact_sheet.h"

#include "core/training/picture_file.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <sstream>

namespace limpid::training {

namespace {

constexpr std::int64_t gap = 6;
constexpr int lineHeight = 16;
constexpr double letterScale = 0.42;

torch::Tensor middleOf(const torch::Tensor& picture, std::int64_t most)
{
    const auto height = std::min(picture.size(2), most);
    const auto width = std::min(picture.size(3), most);
    return picture.narrow(2, (picture.size(2) - height) / 2, height)
        .narrow(3, (picture.size(3) - width) / 2, width)
        .expand({1, 3, height, width})
        .to(torch::kFloat32);
}

/// The dashes and signs of this program's names, for letters that know ASCII only.
std::string asAscii(std::string text)
{
    const std::pair<std::string_view, std::string_view> signs[] = {
        {"–", "-"}, {"−", "-"}, {"±", "+-"}, {"×", "x"}, {"…", "..."}, {"σ", "sigma"}};
    for (const auto& [sign, plain] : signs)
        for (auto at = text.find(sign); at != std::string::npos; at = text.find(sign, at))
            text.replace(at, sign.size(), plain);
    return text;
}

std::vector<std::string> linesOf(const std::string& label)
{
    std::vector<std::string> lines;
    std::istringstream text(asAscii(label));
    for (std::string line; std::getline(text, line);)
        lines.push_back(line);
    return lines;
}

/// → [1, 3, lines · lineHeight, at least width], black on white.
torch::Tensor written(const std::vector<std::string>& lines, std::int64_t width)
{
    constexpr int font = cv::FONT_HERSHEY_SIMPLEX;
    int needed = static_cast<int>(width);
    for (const auto& line : lines)
        needed = std::max(needed, 4 + cv::getTextSize(line, font, letterScale, 1, nullptr).width);
    cv::Mat paper(static_cast<int>(lines.size()) * lineHeight, needed, CV_8UC1, cv::Scalar(255));
    for (std::size_t i = 0; i < lines.size(); ++i)
        cv::putText(paper, lines[i], {2, static_cast<int>(i) * lineHeight + lineHeight - 5}, font,
                    letterScale, cv::Scalar(0), 1, cv::LINE_AA);
    const auto gray = torch::from_blob(paper.data, {1, 1, paper.rows, paper.cols}, torch::kUInt8);
    return (gray.to(torch::kFloat32) / 255.0).expand({1, 3, paper.rows, paper.cols}).contiguous();
}

torch::Tensor labelled(const torch::Tensor& picture, const std::string& label)
{
    const auto lines = linesOf(label);
    if (lines.empty())
        return picture;
    const auto text = written(lines, picture.size(3));
    const auto padded = torch::constant_pad_nd(picture, {0, text.size(3) - picture.size(3)}, 1.0);
    return torch::cat({text, padded}, 2);
}

/// Next to each other, along an axis, with gaps; shorter ones are filled up with white.
torch::Tensor joined(const std::vector<torch::Tensor>& parts, std::int64_t axis)
{
    const auto across = axis == 3 ? 2 : 3;
    constexpr std::int64_t zero = 0;
    std::int64_t most = 0;
    for (const auto& part : parts)
        most = std::max(most, part.size(across));
    std::vector<torch::Tensor> padded;
    for (const auto& part : parts) {
        const auto missing = most - part.size(across);
        const auto between = padded.size() + 1 < parts.size() ? gap : zero;
        const std::vector<std::int64_t> margin = axis == 3
                                                     ? std::vector{zero, between, zero, missing}
                                                     : std::vector{zero, missing, zero, between};
        padded.push_back(torch::constant_pad_nd(part, margin, 1.0));
    }
    return torch::cat(padded, axis);
}

} // namespace

void ContactSheet::add(const torch::Tensor& picture, const std::string& label)
{
    rows_.back().push_back(labelled(middleOf(picture, cellPixels_), label));
}

torch::Tensor ContactSheet::picture() const
{
    std::vector<torch::Tensor> rows;
    for (const auto& row : rows_)
        if (!row.empty())
            rows.push_back(joined(row, 3));
    return joined(rows, 2);
}

Result<void> ContactSheet::write(const std::filesystem::path& target) const
{
    const auto isEmpty = [](const auto& row) {
        return row.empty();
    };
    if (std::all_of(rows_.begin(), rows_.end(), isEmpty))
        return fail(ErrorCode::InvalidRequest, "there is no picture to show", target);
    return writePicture(picture(), target);
}

} // namespace limpid::training
