// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_set.h"

#include "core/networks/load_weights.h"
#include "tests/parity/parity_config.h"

#include <fstream>

namespace limpid::parity {

namespace {

constexpr const char* indexPath = "golden/index.json";

nlohmann::json readJson(const std::filesystem::path& path)
{
    std::ifstream stream(path);
    if (!stream)
        throw Failure({ErrorCode::FileUnreadable, "cannot be opened", path});
    try {
        return nlohmann::json::parse(stream);
    } catch (const nlohmann::json::exception& exception) {
        throw Failure({ErrorCode::DamagedFile, exception.what(), path});
    }
}

nlohmann::json readConfigFile(const std::filesystem::path& folder)
{
    if (!std::filesystem::exists(folder / "config.json"))
        throw Failure({ErrorCode::FileUnreadable,
                       "is no folder of reference data: it has no config.json", folder});
    return readJson(folder / "config.json");
}

networks::DeblurDiffConfig understood(const nlohmann::json& json,
                                      const std::filesystem::path& folder)
{
    try {
        return configFromJson(json);
    } catch (const nlohmann::json::exception& exception) {
        throw Failure({ErrorCode::ModelMismatch, exception.what(), folder / "config.json"});
    }
}

} // namespace

ParitySet::ParitySet(std::filesystem::path folder)
    : folder_(std::move(folder)), rawConfig_(readConfigFile(folder_)),
      config_(understood(rawConfig_, folder_))
{
    if (has(indexPath))
        index_ = readJson(folder_ / indexPath);
}

std::vector<double> ParitySet::controlScales() const
{
    return rawConfig_.value("control_scales", std::vector<double>{});
}

networks::DeblurDiffModel& ParitySet::model()
{
    if (model_)
        return *model_;
    const auto path = folder_ / "weights/model.safetensors";
    const auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        throw Failure(file.error());
    auto loaded = networks::loadNetwork<networks::DeblurDiffModel>(
        *file, torch::dtype(torch::kFloat32), {}, {}, config_);
    if (!loaded)
        throw Failure({loaded.error().code, loaded.error().detail, path});
    model_ = *loaded;
    for (const auto& item : (*model_)->named_modules())
        modules_.emplace(item.key(), item.value());
    return *model_;
}

bool ParitySet::hasModule(const std::string& path)
{
    model();
    return modules_.contains(path);
}

std::shared_ptr<torch::nn::Module> ParitySet::moduleAt(const std::string& path)
{
    if (!hasModule(path))
        throw Failure({ErrorCode::ModelMismatch, "no module is called " + path, {}});
    return modules_.at(path);
}

TensorFile& ParitySet::tensors(const std::string& path)
{
    const auto found = tensors_.find(path);
    if (found != tensors_.end())
        return found->second;
    std::optional<std::set<std::string>> listed;
    const auto stem = std::filesystem::path(path).stem().string();
    if (path.starts_with("golden/") && index_.contains(stem))
        for (listed.emplace(); const auto& [name, row] : index_.at(stem).items())
            listed->insert(name);
    return tensors_.try_emplace(path, folder_ / path, std::move(listed)).first->second;
}

const nlohmann::json& ParitySet::json(const std::string& path)
{
    auto found = json_.find(path);
    if (found == json_.end())
        found = json_.emplace(path, readJson(folder_ / path)).first;
    return found->second;
}

bool ParitySet::has(const std::string& path) const
{
    return std::filesystem::exists(folder_ / path);
}

std::vector<std::string> ParitySet::unchecked() const
{
    std::vector<std::string> names;
    if (!has("golden"))
        return {"golden/"};
    for (const auto& item : std::filesystem::directory_iterator(folder_ / "golden")) {
        const auto path = "golden/" + item.path().filename().string();
        if (!tensors_.contains(path) && !json_.contains(path) && path != indexPath)
            names.push_back(path);
    }
    for (const auto& [path, file] : tensors_)
        for (const auto& name : file.untouched())
            names.push_back(path + ": " + name);
    return names;
}

std::vector<std::string> ParitySet::missing()
{
    std::vector<std::string> names;
    for (const auto& [stem, rows] : index_.items()) {
        const auto path = "golden/" + stem + ".safetensors";
        if (!has(path))
            names.push_back(path);
        else if (tensors_.contains(path))
            for (const auto& name : tensors(path).missing())
                names.push_back(path + ": " + name);
    }
    return names;
}

} // namespace limpid::parity
