// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/methods/deblurdiff_reference.h"
#include "core/networks/tokenizer.h"
#include "tests/parity/parity_cases.h"
#include "tests/parity/reference_model.h"

namespace limpid::parity {

namespace {

/// What golden/pipeline.json says a draw is for, in the words of that file.
std::string purposeOf(const methods::NoiseDraw& draw, bool tiled, bool betterStart)
{
    using methods::DrawPurpose;
    const auto index = std::to_string(draw.index);
    switch (draw.purpose) {
    case DrawPurpose::Condition: return "VAE sample of c_img (cond)";
    case DrawPurpose::Unconditional: return "VAE sample of c_img (uncond)";
    case DrawPurpose::LowFrequencies:
        return tiled ? "VAE sample of low-frequency tile " + index
                     : "VAE sample of low-frequency image";
    case DrawPurpose::Start: return betterStart ? "q_sample noise" : "x_T";
    case DrawPurpose::GuidanceTarget:
        return "VAE sample of guidance target, step " + index + " repeat " +
               std::to_string(draw.repeat);
    case DrawPurpose::Step: return "step " + index;
    }
    return {};
}

methods::GuidanceOptions guidanceOf(const nlohmann::json& json)
{
    if (json.is_null())
        return {};
    return {.space = json.at("space") == "rgb" ? methods::GuidanceSpace::Rgb
                                               : methods::GuidanceSpace::Latent,
            .loss = json.at("loss") == "w_mse" ? methods::GuidanceLoss::WeightedMse
                                               : methods::GuidanceLoss::Mse,
            .scale = json.at("scale").get<double>(),
            .repeat = json.at("repeat").get<int>(),
            .start = json.at("t_start").get<int>(),
            .stop = json.at("t_stop").get<int>()};
}

methods::ReferenceOptions optionsOf(const nlohmann::json& json)
{
    std::optional<methods::WindowRule> tiles;
    if (json.at("tiled").get<bool>())
        tiles = methods::WindowRule{.tile = json.at("tile_size").get<int>(),
                                    .stride = json.at("tile_stride").get<int>()};
    return {.steps = json.at("steps").get<int>(),
            .cfgScale = json.at("cfg_scale").get<double>(),
            .strength = json.at("strength").get<double>(),
            .betterStart = json.at("better_start").get<bool>(),
            .tiles = tiles,
            .guidance = guidanceOf(json.value("guidance", nlohmann::json{}))};
}

torch::Tensor embedded(ParitySet& set, const std::string& prompt)
{
    const auto path = set.pathOf(set.rawConfig().at("tokenizer").get<std::string>());
    const auto tokenizer = networks::Tokenizer::read(path);
    if (!tokenizer)
        throw Failure(tokenizer.error());
    auto& text = set.model()->clip;
    const auto ids = fitted(tokenizer->encode(prompt), text->config().contextLength);
    return text(torch::tensor(ids).unsqueeze(0));
}

/// Hands out the stored draws, and checks that each is asked for in its turn.
class StoredDraws {
public:
    StoredDraws(TensorFile& golden, const nlohmann::json& parameters, ParityReport& report)
        : golden_(golden), parameters_(parameters), report_(report),
          names_(golden.names("in.noise."))
    {}

    torch::Tensor next(const methods::NoiseDraw& draw)
    {
        const auto wanted = parameters_.at("noise_order").at(next_).get<std::string>();
        const auto asked = purposeOf(draw, parameters_.at("tiled").get<bool>(),
                                     parameters_.at("better_start").get<bool>());
        report_.require("draw " + std::to_string(next_), asked == wanted, asked);
        return golden_.at(names_.at(next_++));
    }

    /// The draw of the last step is multiplied by zero and is not asked for here.
    void finish()
    {
        report_.require("all draws but the last",
                        next_ + 1 == names_.size() &&
                            names_.size() == parameters_.at("noise_order").size(),
                        std::to_string(next_) + " of " + std::to_string(names_.size()));
        if (!names_.empty())
            golden_.ignore(names_.back());
    }

private:
    TensorFile& golden_;
    const nlohmann::json& parameters_;
    ParityReport& report_;
    std::vector<std::string> names_;
    std::size_t next_ = 0;
};

void compareStep(TensorFile& golden, ParityReport& report, const methods::ReferenceStep& step)
{
    const auto name = "mid." + stepPrefix(step.index);
    report.compare(golden, name + "t", torch::full({1}, step.timestep, torch::kInt64));
    report.compare(golden, name + "eps", step.eps, pipelineLimit);
    report.compare(golden, name + "pred_x0", step.clean, pipelineLimit);
    report.compare(golden, name + "x_out", step.state, pipelineLimit);
    report.compare(golden, name + "kpn", step.kernelLatent, pipelineLimit);
}

void compareResult(TensorFile& golden, ParityReport& report, const methods::ReferenceResult& result)
{
    report.compare(golden, "mid.c_img", result.blurred, pipelineLimit);
    report.compare(golden, "mid.c_img_uncond", result.unconditionalBlurred, pipelineLimit);
    report.compare(golden, "mid.x_T", result.start, pipelineLimit);
    report.compare(golden, "mid.z", result.latent, pipelineLimit);
    if (golden.has("mid.sample01_before_colourfix"))
        report.compare(golden, "mid.sample01_before_colourfix", result.beforeColors, pipelineLimit);
    report.compare(golden, "mid.sample01_after_colourfix", result.afterColors, pipelineLimit);
    report.compare(golden, "out.image", result.bytes);
}

void checkPipeline(ParitySet& set, ParityReport& report, const std::string& name)
{
    auto& golden = set.tensors("golden/" + name + ".safetensors");
    const auto& parameters = set.json("golden/pipeline.json").at(name);
    const auto text = embedded(set, parameters.at("pos_prompt").get<std::string>());
    const auto negative = embedded(set, parameters.at("neg_prompt").get<std::string>());
    report.compare(golden, "mid.c_txt", text, pipelineLimit);
    report.compare(golden, "mid.c_txt_uncond", negative, pipelineLimit);

    const methods::DeblurDiffReference pipeline(referenceNetworks(set), alphaBarsOf(set),
                                                optionsOf(parameters));
    StoredDraws draws(golden, parameters, report);
    const auto result =
        pipeline.restore({golden.at("in.image"), text, negative},
                         {.draws = [&](const methods::NoiseDraw& draw) { return draws.next(draw); },
                          .stepDone =
                              [&](const methods::ReferenceStep& step) {
                                  compareStep(golden, report, step);
                              }});
    draws.finish();
    compareResult(golden, report, result);
}

} // namespace

void checkPipelines(ParitySet& set, ParityReport& report)
{
    for (const auto& [name, parameters] : set.json("golden/pipeline.json").items()) {
        report.begin(name);
        report.attempt([&, pipeline = name] { checkPipeline(set, report, pipeline); });
    }
}

} // namespace limpid::parity
