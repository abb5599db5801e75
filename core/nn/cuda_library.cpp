// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/cuda_library.h"

#include <torch/cuda.h>

#include <dlfcn.h>

#include <filesystem>

namespace limpid::nn {

namespace {

constexpr const char* driverLibrary = "libcuda.so.1";
constexpr const char* cudaLibrary = "libtorch_cuda.so";

/// Where LibTorch's own libraries lie, which need not be on any search path.
std::filesystem::path libtorchFolder()
{
    Dl_info info{};
    const auto* const inside = reinterpret_cast<const void*>(&torch::cuda::is_available);
    if (::dladdr(inside, &info) == 0 || info.dli_fname == nullptr)
        return {};
    return std::filesystem::path(info.dli_fname).parent_path();
}

std::string lastProblem()
{
    const char* const text = ::dlerror();
    return text != nullptr ? text : "unknown reason";
}

} // namespace

std::string openCuda()
{
    if (::dlopen(driverLibrary, RTLD_LAZY) == nullptr)
        return {};
    const auto path = libtorchFolder() / cudaLibrary;
    if (!std::filesystem::exists(path))
        return "an NVIDIA driver is installed, but not LibTorch's CUDA library: '" + path.string() +
               "'";
    if (::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr)
        return lastProblem();
    return torch::cuda::is_available() ? std::string() : "the driver reports no usable GPU";
}

std::string gpuName(int index)
{
    void* const driver = ::dlopen(driverLibrary, RTLD_LAZY);
    if (driver == nullptr)
        return "GPU";
    const auto initialize = reinterpret_cast<int (*)(unsigned)>(::dlsym(driver, "cuInit"));
    const auto nameOf =
        reinterpret_cast<int (*)(char*, int, int)>(::dlsym(driver, "cuDeviceGetName"));
    char name[256] = "GPU";
    if (initialize != nullptr && nameOf != nullptr && initialize(0) == 0)
        nameOf(name, sizeof name - 1, index);
    ::dlclose(driver);
    return name;
}

} // namespace limpid::nn
