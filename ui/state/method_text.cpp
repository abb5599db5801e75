// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/method_text.h"

#include <QCoreApplication>

#include <map>

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

namespace {

std::map<std::string, ParameterText> parameterTexts()
{
    return {
        {"noise",
         {Words::tr("Noise"),
          Words::tr("How much randomness each step may add: 0 gives the calmest picture, 1 the "
                    "liveliest texture."),
          {}}},
        {"low_frequencies",
         {Words::tr("Keep tones"),
          Words::tr("Takes broad tones and colors from the photo, so that they do not shift."),
          {}}},
        {"protect_sharp",
         {Words::tr("Protect sharp parts"),
          Words::tr("Leaves alone what is sharp, only noisy, or soft while the rest is sharp, if "
                    "the model can tell. Off: all is restored."),
          {}}},
        {"start",
         {Words::tr("Freedom"),
          Words::tr("How much noise the first step begins with: low stays close to the photo, 1 "
                    "begins from noise alone."),
          {}}},
        {"control",
         {Words::tr("Control"),
          Words::tr("How firmly the steps follow the photo and the predicted kernels."),
          {}}},
        {"sampler", {Words::tr("Sampler"), Words::tr("How one step leads to the next."), {}}},
        {"text_guidance",
         {Words::tr("Text guidance"),
          Words::tr("Classifier-free guidance: above 1 every step costs twice as much and is "
                    "pushed away from the negative prompt."),
          {}}},
        {"restoration_guidance",
         {Words::tr("Fidelity guidance"),
          Words::tr("Pulls every step towards the photo by this much; 0 is off."),
          {}}},
        {"guidance_loss",
         {Words::tr("Fidelity of"),
          Words::tr("What the fidelity guidance compares: everything alike, or flat areas more "
                    "than edges."),
          {}}},
        {"guidance_space",
         {Words::tr("Compared in"),
          Words::tr("Whether latents or decoded pictures are compared; pictures cost more."),
          {}}},
        {"guidance_repeat", {Words::tr("Fidelity repeats"), Words::tr("How often per step."), {}}},
        {"result",
         {Words::tr("Result"),
          Words::tr("Which picture is the result: the final answer, or what the predicted kernels "
                    "alone make of the photo."),
          {}}},
        {"reference",
         {Words::tr("As published"),
          Words::tr("Runs exactly as the authors' program does, with its flaws. For comparisons."),
          {}}},
    };
}

std::map<std::string, QString> choiceTexts()
{
    return {
        {"ddpm", Words::tr("Ancestral (DDPM)")},
        {"ddim", QStringLiteral("DDIM")},
        {"dpmpp_2m", QStringLiteral("DPM-Solver++ 2M")},
        {"dpmpp_2m_sde", QStringLiteral("DPM-Solver++ 2M SDE")},
        {"unipc", QStringLiteral("UniPC")},
        {"mse", Words::tr("All alike")},
        {"weighted_mse", Words::tr("Flat areas first")},
        {"latent", Words::tr("Latents")},
        {"rgb", Words::tr("Pictures")},
        {"answer", Words::tr("Final answer")},
        {"kernel_latent", Words::tr("Predicted kernels")},
    };
}

} // namespace

ParameterText parameterText(const std::string& id)
{
    const auto texts = parameterTexts();
    const auto found = texts.find(id);
    return found == texts.end() ? ParameterText{QString::fromStdString(id), {}, {}} : found->second;
}

QString choiceText(const std::string& id)
{
    const auto texts = choiceTexts();
    const auto found = texts.find(id);
    return found == texts.end() ? QString::fromStdString(id) : found->second;
}

} // namespace limpid::ui
