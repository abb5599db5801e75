// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/change_amount.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace limpid::ui {

namespace {

constexpr int partsAlongASide = 16;
constexpr int smallestPart = 16; // pixels of a side: fewer are a matter of chance
constexpr double pixelsSeen = 1e6;
constexpr float levels = 255.0F;

struct Part {
    double squares = 0.0;
    std::int64_t values = 0;

    double rms() const { return values == 0 ? 0.0 : std::sqrt(squares / double(values)); }
};

/// The parts of a patch, row by row.
class Parts {
public:
    explicit Parts(Size size)
        : size_(size), columns_(std::clamp(size.width / smallestPart, 1, partsAlongASide)),
          rows_(std::clamp(size.height / smallestPart, 1, partsAlongASide)),
          parts_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_))
    {}

    Part& at(int x, int y)
    {
        const auto row = std::int64_t{y} * rows_ / size_.height;
        const auto column = std::int64_t{x} * columns_ / size_.width;
        return parts_[static_cast<std::size_t>(row * columns_ + column)];
    }

    double strongest() const
    {
        double most = 0.0;
        for (const Part& part : parts_)
            most = std::max(most, part.rms());
        return most;
    }

private:
    Size size_;
    int columns_;
    int rows_;
    std::vector<Part> parts_;
};

} // namespace

double changeAmount(const Restoration& restoration)
{
    const auto& [area, pixels] = restoration.patch;
    if (area.isEmpty())
        return 0.0;
    Parts parts(area.size());
    const int stride = std::max(
        1, static_cast<int>(std::ceil(std::sqrt(double(area.size().area()) / pixelsSeen))));
    for (int y = 0; y < area.height; y += stride) {
        const auto before = restoration.request.image.row(area.y + y);
        const auto after = pixels.row(y);
        for (int x = 0; x < area.width; x += stride) {
            const Point here{area.x + x, area.y + y};
            const float share = restoration.mask ? restoration.mask->at(here) : 1.0F;
            if (share <= 0.0F)
                continue;
            Part& part = parts.at(x, y);
            for (std::size_t c = 0; c < 3; ++c) {
                const float change = after[static_cast<std::size_t>(x) * 3 + c] -
                                     before[static_cast<std::size_t>(here.x) * 3 + c];
                part.squares += std::pow(double(share * change * levels), 2);
            }
            part.values += 3;
        }
    }
    return parts.strongest();
}

} // namespace limpid::ui
