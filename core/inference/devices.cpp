// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/devices.h"

#include "core/inference/make_runner.h"
#include "core/nn/cuda_library.h"

#include <torch/cuda.h>

#include <sched.h>

#include <charconv>
#include <fstream>
#include <optional>

namespace limpid::inference {

namespace {

int usableCores()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    const int cores = ::sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return std::max(1, cores);
}

/// The text behind "key : " of a line of /proc/cpuinfo; nothing for other lines.
std::optional<std::string> valueOf(const std::string& line, const std::string& key)
{
    const auto colon = line.find(": ");
    if (line.compare(0, key.size(), key) != 0 || colon == std::string::npos)
        return std::nullopt;
    return line.substr(colon + 2);
}

std::vector<engine::DeviceInfo> graphicsDevices()
{
    const std::string problem = nn::openCuda();
    if (!problem.empty())
        return {{.id = "cuda:0", .name = "GPU", .usable = false, .reason = problem}};
    std::vector<engine::DeviceInfo> devices;
    const int count = torch::cuda::is_available() ? torch::cuda::device_count() : 0;
    devices.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        devices.push_back({.id = "cuda:" + std::to_string(i),
                           .name = nn::gpuName(i),
                           .usable = true,
                           .reason = {}});
    return devices;
}

} // namespace

Processor processor()
{
    Processor found{.name = "processor", .cores = usableCores(), .bf16 = false};
    std::ifstream stream("/proc/cpuinfo");
    for (std::string line; std::getline(stream, line) && !line.empty();) {
        if (const auto model = valueOf(line, "model name"))
            found.name = *model;
        if (const auto flags = valueOf(line, "flags"))
            found.bf16 = flags->find("avx512_bf16") != std::string::npos ||
                         flags->find("amx_bf16") != std::string::npos;
    }
    return found;
}

Result<c10::Device> chooseDevice(const std::string& id)
{
    if (id == "cpu")
        return c10::Device(c10::kCPU);
    const auto devices = graphicsDevices();
    if (id == "auto")
        return c10::Device(devices.empty() || !devices.front().usable ? "cpu" : "cuda:0");
    int index = -1;
    if (id.rfind("cuda:", 0) == 0)
        std::from_chars(id.data() + 5, id.data() + id.size(), index);
    if (id != "cuda:" + std::to_string(index))
        return fail(ErrorCode::InvalidRequest, "there is no kind of device '" + id + "'");
    for (const auto& device : devices)
        if (device.id == id && device.usable)
            return c10::Device(id);
    return fail(ErrorCode::DeviceUnavailable, devices.empty() || devices.front().usable
                                                  ? "there is no device '" + id + "'"
                                                  : devices.front().reason);
}

std::vector<engine::DeviceInfo> listDevices()
{
    const Processor cpu = processor();
    const std::string threads = std::to_string(cpu.cores) + " threads";
    std::vector<engine::DeviceInfo> devices{
        {.id = "cpu",
         .name = cpu.name + " (" + threads + (cpu.bf16 ? ", bf16)" : ")"),
         .usable = true,
         .reason = {}}};
    const auto gpus = graphicsDevices();
    devices.insert(devices.end(), gpus.begin(), gpus.end());
    return devices;
}

} // namespace limpid::inference
