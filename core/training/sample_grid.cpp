// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/sample_grid.h"

#include "core/training/degradation.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <torch/utils.h>

namespace limpid::training {

namespace {

constexpr std::uint64_t gridSeed = 20'261'125;
constexpr std::size_t photosPerRow = 2;

struct Row {
    const char* name;
    BlurClass blur;
};

constexpr Row rows[] = {{"mild", BlurClass::Mild},
                        {"moderate", BlurClass::Moderate},
                        {"strong", BlurClass::Strong},
                        {"noise only", BlurClass::None}};

/// a, b: −1…1.
std::string labelOf(const std::string& name, const torch::Tensor& a, const torch::Tensor& b)
{
    const double mse = ((a - b) / 2.0).square().mean().item<double>();
    std::ostringstream text;
    text << name << ", " << std::fixed << std::setprecision(1)
         << -10.0 * std::log10(std::max(mse, 1e-10)) << " dB";
    return text.str();
}

Degradation damageOf(const Row& row, std::size_t photo)
{
    Dice dice(gridSeed + static_cast<std::uint64_t>(row.blur), photo);
    auto damage = drawDegradation(dice, {}, row.blur);
    if (row.blur == BlurClass::None) {
        damage.shotNoise = 3e-4F;
        damage.noiseSeed = dice.word();
    }
    return damage;
}

void addPhoto(ContactSheet& sheet, const Row& row, const Pair& pair,
              const std::vector<NamedRestorer>& restorers)
{
    sheet.add(pair.blurred * 0.5 + 0.5, labelOf(row.name, pair.blurred, pair.sharp));
    for (const auto& [name, restore] : restorers) {
        const auto answer = restore(pair).clamp(-1.0, 1.0);
        sheet.add(answer * 0.5 + 0.5, labelOf(name, answer, pair.sharp));
    }
    sheet.add(pair.sharp * 0.5 + 0.5, "truth");
}

} // namespace

ContactSheet sampleGrid(const PhotoCache& photos, std::int64_t side,
                        const std::vector<NamedRestorer>& restorers)
{
    const torch::NoGradGuard noGradients;
    ContactSheet sheet(side);
    std::size_t next = 0;
    for (const Row& row : rows) {
        sheet.beginRow();
        std::size_t added = 0;
        for (std::size_t tried = 0; tried < photos.size() && added < photosPerRow; ++tried) {
            const auto photo = next++ % photos.size();
            const auto crop = photos.busiestCrop(photo, side + psfMargins);
            if (!crop.defined())
                continue;
            addPhoto(sheet, row, degrade(crop.unsqueeze(0), {damageOf(row, photo)}), restorers);
            ++added;
        }
    }
    return sheet;
}

} // namespace limpid::training
