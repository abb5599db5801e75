// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/degradation_sheet.h"

#include "core/training/session_photos.h"
#include "core/training/shallow_focus.h"

#include <algorithm>
#include <iomanip>
#include <sstream>
#include <string>

namespace limpid::training {

namespace {

constexpr int randomRows = 4;

torch::Tensor drawn(const Psf& psf)
{
    const auto weights = torch::tensor(psf).view({1, 1, psfSide, psfSide});
    // The square root lets faint parts of a path be seen.
    return torch::upsample_nearest2d((weights / weights.max()).sqrt(),
                                     std::vector<std::int64_t>{2 * psfSide, 2 * psfSide});
}

std::string nameOf(KernelKind kind)
{
    switch (kind) {
    case KernelKind::CameraShake: return "camera shake";
    case KernelKind::Linear: return "linear";
    case KernelKind::Defocus: return "defocus";
    case KernelKind::Gaussian: return "Gaussian";
    case KernelKind::ShakeThroughLens: return "shake, lens";
    }
    return {};
}

std::string nameOf(BlurClass blur)
{
    switch (blur) {
    case BlurClass::None: return "no blur";
    case BlurClass::Mild: return "mild";
    case BlurClass::Moderate: return "moderate";
    case BlurClass::Strong: return "strong";
    }
    return {};
}

std::string noiseOf(const Degradation& degradation)
{
    std::ostringstream text;
    text << std::setprecision(2) << "shot " << degradation.shotNoise << "\nread "
         << degradation.readNoise << ", "
         << (degradation.jpegQuality > 0 ? "JPEG " + std::to_string(degradation.jpegQuality)
                                         : "no JPEG");
    text << (degradation.bayerMosaic ? "\nmosaic, sharpened " : "\nwhite, sharpened ")
         << degradation.sharpening;
    return text.str();
}

class Painter {
public:
    Painter(const PhotoCache& photos, const DegradationSheetOptions& options)
        : photos_(photos), options_(options), sheet_(std::max<std::int64_t>(options.side, 130))
    {}

    /// Sharp, blurred and the kernels; the second only where it is another.
    void add(const Degradation& degradation, const std::string& title, Dice& dice)
    {
        const auto crop = asUnit(photos_.randomCrop(dice, options_.side + psfMargins));
        const auto pair = degrade(crop.unsqueeze(0), {degradation});
        sheet_.add(pair.sharp * 0.5 + 0.5, "\n" + title + "\nsharp");
        sheet_.add(pair.blurred * 0.5 + 0.5, noiseOf(degradation));
        sheet_.add(drawn(degradation.first), "\n\nkernel");
        if (degradation.second != degradation.first)
            sheet_.add(drawn(degradation.second), "\n\noutside the mask");
    }

    void addRow(BlurClass blur, KernelKind kind)
    {
        sheet_.beginRow();
        for (int i = 0; i < 2; ++i) {
            Dice dice(options_.seed, next_++);
            add(drawDegradation(dice, options_.ranges, blur, kind),
                nameOf(kind) + ", " + nameOf(blur), dice);
        }
    }

    void addUnblurredRow()
    {
        sheet_.beginRow();
        for (int i = 0; i < 3; ++i) {
            Dice dice(options_.seed, next_++);
            add(drawDegradation(dice, options_.ranges, BlurClass::None), nameOf(BlurClass::None),
                dice);
        }
    }

    void addShallowFocusRow()
    {
        sheet_.beginRow();
        for (int i = 0; i < 2; ++i) {
            Dice dice(options_.seed, next_++);
            add(drawShallowFocus(dice, options_.ranges, 0.0F, 0.0F), "shallow focus", dice);
        }
    }

    void addDrawnRow()
    {
        sheet_.beginRow();
        for (int i = 0; i < 2; ++i) {
            Dice dice(options_.seed, next_++);
            add(drawDegradation(dice, options_.ranges), "as drawn", dice);
        }
    }

    const ContactSheet& sheet() const { return sheet_; }

private:
    const PhotoCache& photos_;
    const DegradationSheetOptions& options_;
    ContactSheet sheet_;
    std::uint64_t next_ = 0;
};

} // namespace

ContactSheet degradationSheet(const PhotoCache& photos, const DegradationSheetOptions& options)
{
    Painter painter(photos, options);
    for (const KernelKind kind : {KernelKind::CameraShake, KernelKind::Linear, KernelKind::Defocus,
                                  KernelKind::Gaussian, KernelKind::ShakeThroughLens})
        for (const BlurClass blur : {BlurClass::Mild, BlurClass::Moderate, BlurClass::Strong})
            painter.addRow(blur, kind);
    painter.addUnblurredRow();
    painter.addShallowFocusRow();
    for (int i = 0; i < randomRows; ++i)
        painter.addDrawnRow();
    return painter.sheet();
}

Result<void> writeDegradationSheet(const DegradationSheetOptions& options,
                                   const std::filesystem::path& target)
{
    const auto photos = PhotoCache::open(options.photos, {}, /*exclude=*/true);
    if (!photos)
        return tl::unexpected(photos.error());
    if (auto room = requireRoom(*photos, options.side, "--side", options.photos); !room)
        return room;
    return degradationSheet(*photos, options).write(target);
}

} // namespace limpid::training
