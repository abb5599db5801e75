// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/load_weights.h"

#include <algorithm>
#include <torch/utils.h>

namespace limpid::networks {

namespace {

using checkpoint::DType;
using checkpoint::SafetensorsFile;
using checkpoint::TensorBytes;

torch::ScalarType scalarType(DType dtype)
{
    switch (dtype) {
    case DType::F64: return torch::kFloat64;
    case DType::F32: return torch::kFloat32;
    case DType::F16: return torch::kFloat16;
    case DType::BF16: return torch::kBFloat16;
    case DType::I64: return torch::kInt64;
    case DType::I32: return torch::kInt32;
    case DType::I16: return torch::kInt16;
    case DType::I8: return torch::kInt8;
    case DType::U8: return torch::kUInt8;
    case DType::Bool: return torch::kBool;
    }
    TORCH_CHECK(false, "unknown element type");
}

DType elementType(torch::ScalarType type)
{
    for (const DType dtype : {DType::F64, DType::F32, DType::F16, DType::BF16, DType::I64,
                              DType::I32, DType::I16, DType::I8, DType::U8, DType::Bool})
        if (scalarType(dtype) == type)
            return dtype;
    TORCH_CHECK(false, "no safetensors name for ", type);
}

std::map<std::string, torch::Tensor> namedTensors(const torch::nn::Module& module)
{
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& item : module.named_parameters())
        tensors.emplace(item.key(), item.value());
    for (const auto& item : module.named_buffers())
        tensors.emplace(item.key(), item.value());
    return tensors;
}

std::string shapeText(at::IntArrayRef shape)
{
    std::ostringstream text;
    text << shape;
    return text.str();
}

/// A count and the first few names: a foreign file has hundreds.
std::string summary(const char* what, const std::vector<std::string>& names)
{
    constexpr std::size_t shown = 3;
    if (names.empty())
        return {};
    std::string text = std::to_string(names.size()) + " " + what + " (";
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
        text += (i > 0 ? ", " : "") + names[i];
    return text + (names.size() > shown ? ", ...)" : ")");
}

struct Match {
    torch::Tensor target;
    const checkpoint::TensorEntry* entry = nullptr;
};

/// What can be copied, in the order of the file, so that a disk reads it in one go.
std::vector<Match> matchingTensors(const torch::nn::Module& module,
                                   const checkpoint::TensorIndex& found, const std::string& prefix)
{
    std::vector<Match> matches;
    for (const auto& [name, tensor] : namedTensors(module)) {
        const auto entry = found.tensors.find(prefix + name);
        if (entry != found.tensors.end() && tensor.sizes() == at::IntArrayRef(entry->second.shape))
            matches.push_back({tensor, &entry->second});
    }
    std::sort(matches.begin(), matches.end(),
              [](const Match& a, const Match& b) { return a.entry->offset < b.entry->offset; });
    return matches;
}

std::span<std::byte> memoryOf(torch::Tensor& contiguous)
{
    return {static_cast<std::byte*>(contiguous.data_ptr()), contiguous.nbytes()};
}

/// Straight into the tensor where it holds the file's own type, else by way of another one.
Result<void> fill(torch::Tensor target, const SafetensorsFile& file,
                  const checkpoint::TensorEntry& entry)
{
    if (target.is_cpu() && target.is_contiguous() &&
        target.scalar_type() == scalarType(entry.dtype))
        return file.read(entry, memoryOf(target));
    const auto read = readTensor(file, entry);
    if (!read)
        return tl::unexpected(read.error());
    target.copy_(*read);
    return {};
}

} // namespace

checkpoint::TensorBytes bytesOf(const torch::Tensor& contiguous)
{
    const auto* const begin = static_cast<const std::byte*>(contiguous.const_data_ptr());
    return {.dtype = elementType(contiguous.scalar_type()),
            .shape = contiguous.sizes().vec(),
            .bytes = {begin, contiguous.nbytes()}};
}

Result<torch::Tensor> readTensor(const SafetensorsFile& file, const checkpoint::TensorEntry& entry)
{
    auto tensor = torch::empty(entry.shape, scalarType(entry.dtype));
    if (const auto read = file.read(entry, memoryOf(tensor)); !read)
        return tl::unexpected(read.error());
    return tensor;
}

WeightReport compareWeights(const torch::nn::Module& module, const checkpoint::TensorIndex& found,
                            const std::string& prefix)
{
    const auto wanted = namedTensors(module);
    WeightReport report;
    for (const auto& [name, tensor] : wanted) {
        const auto entry = found.tensors.find(prefix + name);
        if (entry == found.tensors.end())
            report.missing.push_back(prefix + name);
        else if (tensor.sizes() != at::IntArrayRef(entry->second.shape))
            report.misshaped.push_back(prefix + name + ": want " + shapeText(tensor.sizes()) +
                                       ", got " + shapeText(entry->second.shape));
    }
    for (auto entry = found.tensors.lower_bound(prefix);
         entry != found.tensors.end() && entry->first.starts_with(prefix); ++entry)
        if (!wanted.contains(entry->first.substr(prefix.size())))
            report.unexpected.push_back(entry->first);
    return report;
}

Result<void> requireExact(const WeightReport& report)
{
    if (report.isExact())
        return {};
    std::string text;
    for (const auto& part :
         {summary("missing", report.missing), summary("unexpected", report.unexpected),
          summary("of another shape", report.misshaped)})
        if (!part.empty())
            text += (text.empty() ? "" : ", ") + part;
    return fail(ErrorCode::ModelMismatch, text);
}

Result<WeightReport> loadWeights(torch::nn::Module& module, const SafetensorsFile& file,
                                 const CancelToken& token, const LoadOptions& options)
{
    const torch::NoGradGuard noGrad;
    WeightReport report = compareWeights(module, file.index(), options.prefix);
    if (options.strict)
        if (const auto exact = requireExact(report); !exact)
            return tl::unexpected(exact.error());
    const auto matches = matchingTensors(module, file.index(), options.prefix);
    std::uint64_t total = 0;
    for (const auto& match : matches)
        total += match.entry->bytes;
    std::uint64_t done = 0;
    for (const auto& match : matches) {
        token.throwIfRequested();
        if (const auto filled = fill(match.target, file, *match.entry); !filled)
            return tl::unexpected(filled.error());
        done += match.entry->bytes;
        if (options.progress)
            options.progress(done, total);
    }
    return report;
}

Result<void> saveWeights(const torch::nn::Module& module, const std::filesystem::path& path,
                         DType dtype, const std::map<std::string, std::string>& metadata)
{
    std::vector<torch::Tensor> kept; // owns the bytes until they are written
    std::map<std::string, TensorBytes> tensors;
    for (const auto& [name, tensor] : namedTensors(module)) {
        const auto type = tensor.is_floating_point() ? scalarType(dtype) : tensor.scalar_type();
        kept.push_back(tensor.detach().to(torch::kCPU, type).contiguous());
        if (!torch::isfinite(kept.back()).all().item<bool>())
            return fail(ErrorCode::ModelDamaged,
                        "not written, because '" + name + "' holds what is not a finite number",
                        path);
        tensors.emplace(name, bytesOf(kept.back()));
    }
    return checkpoint::writeSafetensors(path, tensors, metadata);
}

} // namespace limpid::networks
