// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/parity_set.h"

#include "core/networks/load_weights.h"
#include "tests/parity/parity_config.h"

#include <fstream>

namespace limpid::parity {

namespace {

checkpoint::SafetensorsFile opened(const std::filesystem::path& path)
{
    auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        throw Failure(file.error());
    return *file;
}

nlohmann::json readJson(const std::filesystem::path& path)
{
    std::ifstream stream(path);
    if (!stream)
        throw Failure({ErrorCode::FileUnreadable, "cannot be opened", path});
    return nlohmann::json::parse(stream);
}

} // namespace

TensorFile::TensorFile(const std::filesystem::path& path) : path_(path)
{
    const auto file = opened(path);
    for (const auto& [name, entry] : file.index().tensors)
        tensors_.emplace(name, networks::readTensor(file, entry));
}

torch::Tensor TensorFile::at(const std::string& name)
{
    const auto found = tensors_.find(name);
    if (found == tensors_.end())
        throw Failure({ErrorCode::ModelDamaged, "has no tensor " + name, path_});
    touched_.insert(name);
    return found->second;
}

std::vector<std::string> TensorFile::names(const std::string& prefix) const
{
    std::vector<std::string> names;
    for (auto item = tensors_.lower_bound(prefix);
         item != tensors_.end() && item->first.starts_with(prefix); ++item)
        names.push_back(item->first);
    return names;
}

std::vector<std::string> TensorFile::untouched() const
{
    std::vector<std::string> names;
    for (const auto& [name, tensor] : tensors_)
        if (!touched_.contains(name))
            names.push_back(name);
    return names;
}

ParitySet::ParitySet(std::filesystem::path folder)
    : folder_(std::move(folder)), rawConfig_(readJson(folder_ / "config.json")),
      config_(configFromJson(rawConfig_))
{}

networks::DeblurDiffModel& ParitySet::model()
{
    if (model_)
        return *model_;
    auto loaded = networks::loadNetwork<networks::DeblurDiffModel>(
        opened(folder_ / "weights/model.safetensors"), torch::dtype(torch::kFloat32), {}, {},
        config_);
    if (!loaded)
        throw Failure(loaded.error());
    model_ = *loaded;
    for (const auto& item : (*model_)->named_modules())
        modules_.emplace(item.key(), item.value());
    return *model_;
}

std::shared_ptr<torch::nn::Module> ParitySet::moduleAt(const std::string& path)
{
    model();
    const auto found = modules_.find(path);
    if (found == modules_.end())
        throw Failure({ErrorCode::ModelMismatch, "no module is called " + path, {}});
    return found->second;
}

TensorFile& ParitySet::tensors(const std::string& path)
{
    return tensors_.try_emplace(path, folder_ / path).first->second;
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
    for (const auto& item : std::filesystem::directory_iterator(folder_ / "golden")) {
        const auto path = "golden/" + item.path().filename().string();
        if (!tensors_.contains(path) && !json_.contains(path) && path != "golden/index.json")
            names.push_back(path);
    }
    for (const auto& [path, file] : tensors_)
        for (const auto& name : file.untouched())
            names.push_back(path + ": " + name);
    return names;
}

} // namespace limpid::parity
