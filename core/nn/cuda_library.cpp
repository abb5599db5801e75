// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/cuda_library.h"

#include <ATen/detail/CUDAHooksInterface.h>
#include <torch/cuda.h>

#include <dlfcn.h>

#include <filesystem>
#include <fstream>

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

/// The driver's own library. It stays open: once started, it has threads of its own.
class Driver {
public:
    Driver() : library_(::dlopen(driverLibrary, RTLD_LAZY)) {}

    bool isThere() const { return library_ != nullptr; }

    /// The status that a function of the driver returns; all of them return 0 on success.
    template<class... Arguments>
    int call(const char* name, Arguments... arguments) const
    {
        constexpr int notThere = -1;
        const auto function = reinterpret_cast<int (*)(Arguments...)>(
            library_ == nullptr ? nullptr : ::dlsym(library_, name));
        return function == nullptr ? notThere : function(arguments...);
    }

    int initialize() const { return call("cuInit", 0U); }

private:
    void* library_;
};

DriverAnswers ask(const Driver& driver)
{
    DriverAnswers answers{.initialization = driver.initialize()};
    driver.call("cuDriverGetVersion", &answers.version);
    driver.call("cuDeviceGetCount", &answers.gpus);
    return answers;
}

std::string firstLine(const std::filesystem::path& file)
{
    std::string line;
    std::getline(std::ifstream(file), line);
    return line;
}

/// Whether a graphics card of NVIDIA is plugged in, with or without a driver.
bool hasNvidiaCard()
{
    std::error_code error; // which ends the iteration
    std::filesystem::directory_iterator device("/sys/bus/pci/devices", error);
    for (; device != std::filesystem::directory_iterator(); device.increment(error))
        if (firstLine(device->path() / "vendor") == "0x10de" &&
            firstLine(device->path() / "class").starts_with("0x03"))
            return true;
    return false;
}

/// "12.4" of 12040.
std::string cudaText(int version)
{
    return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

/// Of the CUDA that LibTorch was built for; 0: unknown.
int libtorchVersion()
{
    const auto& hooks = at::detail::getCUDAHooks();
    return hooks.hasCUDART() ? static_cast<int>(hooks.versionCUDART()) : 0;
}

} // namespace

std::string whyNoGpu(const DriverAnswers& driver, int needed)
{
    constexpr int noDevice = 100;
    constexpr int mismatch = 803;
    if (driver.initialization == noDevice || (driver.initialization == 0 && driver.gpus == 0))
        return "the NVIDIA driver sees no usable GPU; CUDA_VISIBLE_DEVICES may hide it";
    if (driver.initialization == mismatch)
        return "the parts of the NVIDIA driver have different versions; restart the computer";
    if (driver.initialization != 0)
        return "the NVIDIA driver does not start (CUDA error " +
               std::to_string(driver.initialization) + "); restart the computer";
    if (driver.version == 0)
        return "LibTorch finds no usable GPU (the driver does not tell which CUDA it knows)";
    if (driver.version / 1000 < needed / 1000) // a newer minor version is no obstacle
        return "the NVIDIA driver is too old for this LibTorch: it knows CUDA " +
               cudaText(driver.version) + ", LibTorch needs " + cudaText(needed);
    return "LibTorch finds no usable GPU (the driver knows CUDA " + cudaText(driver.version) + ")";
}

std::string openCuda()
{
    const Driver driver;
    if (!driver.isThere())
        return hasNvidiaCard() ? "there is an NVIDIA GPU, but no driver for it" : noGpuHere;
    const auto path = libtorchFolder() / cudaLibrary;
    if (!std::filesystem::exists(path))
        return "an NVIDIA driver is installed, but not LibTorch's CUDA library: '" + path.string() +
               "'";
    if (::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) == nullptr)
        return "LibTorch's CUDA library does not load: " + lastProblem();
    return torch::cuda::is_available() ? std::string() : whyNoGpu(ask(driver), libtorchVersion());
}

std::string gpuName(int index)
{
    char name[256] = "GPU";
    const Driver driver;
    if (driver.initialize() == 0)
        driver.call("cuDeviceGetName", &name[0], static_cast<int>(sizeof name - 1), index);
    return name;
}

std::optional<int> gpuCapability(int index)
{
    constexpr int majorAttribute = 75;
    constexpr int minorAttribute = 76;
    int major = 0;
    int minor = 0;
    const Driver driver;
    if (driver.initialize() != 0 ||
        driver.call("cuDeviceGetAttribute", &major, majorAttribute, index) != 0 ||
        driver.call("cuDeviceGetAttribute", &minor, minorAttribute, index) != 0)
        return std::nullopt;
    return 10 * major + minor;
}

} // namespace limpid::nn
