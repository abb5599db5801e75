// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/parity/tensor_file.h"

#include "core/networks/load_weights.h"

#include <algorithm>

namespace limpid::parity {

namespace {

/// The number at the front of a text without its leading zeros, which is taken off; empty if none.
std::string_view takeNumber(std::string_view& text)
{
    const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    auto digits = text.substr(0, end);
    text.remove_prefix(end);
    while (digits.size() > 1 && digits.front() == '0')
        digits.remove_prefix(1);
    return digits;
}

/// "step9" before "step10", "in.noise.99" before "in.noise.100".
bool isNaturallyLess(std::string_view a, std::string_view b)
{
    while (!a.empty() && !b.empty()) {
        const auto numberA = takeNumber(a);
        const auto numberB = takeNumber(b);
        if (numberA.size() != numberB.size())
            return numberA.size() < numberB.size();
        if (numberA != numberB)
            return numberA < numberB;
        if (a.empty() || b.empty() || a.front() != b.front())
            break;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    return a < b;
}

} // namespace

TensorFile::TensorFile(const std::filesystem::path& path,
                       std::optional<std::set<std::string>> listed)
    : path_(path), listed_(std::move(listed))
{
    const auto file = checkpoint::SafetensorsFile::open(path);
    if (!file)
        throw Failure(file.error());
    for (const auto& [name, entry] : file->index().tensors) {
        auto tensor = networks::readTensor(*file, entry);
        if (!tensor)
            throw Failure(tensor.error());
        tensors_.emplace(name, std::move(*tensor));
    }
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
    std::ranges::sort(names, isNaturallyLess);
    return names;
}

std::vector<std::string> TensorFile::rowsWith(const std::string& ending) const
{
    std::vector<std::string> rows;
    for (const auto& name : names())
        if (name == ending || name.ends_with("." + ending))
            rows.push_back(name.substr(0, name.size() - ending.size()));
    return rows;
}

std::vector<std::string> TensorFile::untouched() const
{
    std::vector<std::string> names;
    for (const auto& [name, tensor] : tensors_)
        if (!touched_.contains(name))
            names.push_back(name);
    return names;
}

std::vector<std::string> TensorFile::missing() const
{
    std::vector<std::string> names;
    if (listed_)
        std::ranges::copy_if(*listed_, std::back_inserter(names),
                             [this](const std::string& name) { return !has(name); });
    return names;
}

} // namespace limpid::parity
