// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/method_text.h"

#include <QCoreApplication>

namespace limpid::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(MethodText)
};

} // namespace

MethodText methodText(const std::string& id)
{
    if (id == "msg")
        return {QStringLiteral("MSG"), QStringLiteral("Multiscale Structure Guided Diffusion"),
                Words::tr("Best for camera shake and missed focus. Stays close to the photo."),
                QStringLiteral("MSG: Ren, Delbracio, Talebi, Gerig, Milanfar, “Multiscale "
                               "Structure Guided Diffusion for Image Deblurring”, ICCV 2023.")};
    if (id == "deblurdiff")
        return {
            QStringLiteral("DeblurDiff"), QStringLiteral("Latent Kernel Prediction"),
            Words::tr("Best for strong blur. Invents more fine detail."),
            QStringLiteral("DeblurDiff: Kong, Zhang, Zou, Wang, Ren, Wu, Dong, Pan, “DeblurDiff: "
                           "Real-World Image Deblurring with Generative Diffusion Models”, 2025.")};
    return {QString::fromStdString(id), {}, {}, {}};
}

ParameterText parameterText(const std::string& id)
{
    if (id == "noise")
        return {Words::tr("Noise"),
                Words::tr("How much randomness each step may add: 0 gives the calmest picture, 1 "
                          "the liveliest texture."),
                {}};
    if (id == "guidance")
        return {Words::tr("Guidance"),
                Words::tr("How firmly the steps follow the structure found in the photo."),
                {}};
    if (id == "low_frequencies")
        return {
            Words::tr("Keep tones"),
            Words::tr("Takes broad tones and colors from the photo, so that they do not shift."),
            {}};
    return {QString::fromStdString(id), {}, {}};
}

} // namespace limpid::ui
