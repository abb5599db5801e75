// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/torch_errors.h"

#include "core/base/result.h"
#include "core/methods/restoration_method.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <new>
#include <span>

namespace limpid::inference {

namespace {

bool holdsAny(const std::string& text, std::span<const char* const> phrases)
{
    return std::ranges::any_of(
        phrases, [&](const char* phrase) { return text.find(phrase) != std::string::npos; });
}

/// On the CPU a failed allocation is a plain c10::Error: only its words tell.
bool speaksOfMemory(const std::string& text)
{
    constexpr std::array phrases{"can't allocate memory", "not enough memory",
                                 "out of memory",         "Cannot allocate memory",
                                 "ALLOC_FAILED",       // cuBLAS, cuFFT, cuSOLVER
                                 "ALLOCATION_FAILED"}; // cuDNN
    return holdsAny(text, phrases);
}

/// A call that CUDA or one of its libraries refused: a mistake of the caller's, after which the GPU
/// computes as before.
bool speaksOfRequest(const std::string& text)
{
    constexpr std::array phrases{"_NOT_SUPPORTED", "_BAD_PARAM", "INVALID_VALUE",
                                 "invalid argument", "invalid configuration"};
    return holdsAny(text, phrases);
}

/// The GPU, its driver or a library that computes on it reports an error of any kind.
bool speaksOfDevice(const std::string& text)
{
    constexpr std::array phrases{"CUDA error",      "CUDA driver",        "cuDNN error",
                                 "CUDNN_STATUS_",   "CUBLAS_STATUS_",     "CUFFT_",
                                 "CUSOLVER_",       "no kernel image",    "No CUDA GPUs",
                                 "initialize CUDA", "CUDA initialization"};
    return holdsAny(text, phrases);
}

Error fromTorch(const c10::Error& error)
{
    const std::string text = error.what_without_backtrace();
    const bool memory =
        dynamic_cast<const c10::OutOfMemoryError*>(&error) != nullptr || speaksOfMemory(text);
    if (memory)
        return {ErrorCode::OutOfMemory, text, {}};
    if (speaksOfDevice(text) &&
        !speaksOfRequest(text)) // advice for programmers follows in further lines
        return {ErrorCode::DeviceUnavailable, text.substr(0, text.find('\n')), {}};
    return {ErrorCode::Internal, text, {}};
}

} // namespace

Error toError(const std::exception& exception)
{
    if (const auto* failure = dynamic_cast<const Failure*>(&exception))
        return failure->error();
    if (const auto* error = dynamic_cast<const c10::Error*>(&exception))
        return fromTorch(*error);
    if (dynamic_cast<const std::bad_alloc*>(&exception) != nullptr)
        return {ErrorCode::OutOfMemory, "an allocation failed", {}};
    if (dynamic_cast<const methods::NonFinite*>(&exception) != nullptr)
        return {ErrorCode::ModelDamaged, exception.what(), {}};
    return {ErrorCode::Internal, exception.what(), {}};
}

} // namespace limpid::inference
