// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/devices.h"

#include "core/base/log.h"
#include "core/inference/make_runner.h"
#include "core/inference/torch_errors.h"
#include "core/nn/bf16_support.h"
#include "core/nn/cuda_library.h"

#include <torch/cuda.h>
#include <torch/types.h>

#include <sched.h>

#include <algorithm>
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

/// Why this GPU does not compute; empty when it does. The driver may list one that LibTorch has no
/// code for, or that is out of order.
std::string selfTest(const c10::Device& gpu)
{
    try {
        const auto sum = torch::ones({4}, gpu).mul(2.0).sum().item<float>();
        return sum == 8.0F ? std::string() : "self-test failed: it computes wrong numbers";
    } catch (const std::exception& exception) {
        return reasonAgainst(exception);
    }
}

std::vector<engine::DeviceInfo> graphicsDevices()
{
    const std::string problem = nn::openCuda();
    if (!problem.empty())
        return {{.id = "cuda:0", .name = "GPU", .usable = false, .reason = problem}};
    std::vector<engine::DeviceInfo> devices;
    const int count = torch::cuda::device_count();
    devices.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        const std::string id = "cuda:" + std::to_string(i);
        const auto reason = selfTest(c10::Device(id));
        devices.push_back(
            {.id = id, .name = nn::gpuName(i), .usable = reason.empty(), .reason = reason});
    }
    return devices;
}

void logUnusable(const std::vector<engine::DeviceInfo>& gpus)
{
    for (const auto& gpu : gpus)
        if (!gpu.usable)
            writeLog(gpu.reason == nn::noGpuHere ? LogLevel::Info : LogLevel::Warning,
                     LogCategory::Inference, gpu.id + " is not used: " + gpu.reason);
}

} // namespace

Processor processor()
{
    Processor found{.name = "processor",
                    .cores = usableCores(),
                    .bf16 = nn::computesBf16(c10::Device(c10::kCPU))};
    std::ifstream stream("/proc/cpuinfo");
    for (std::string line; std::getline(stream, line) && !line.empty();)
        if (const auto model = valueOf(line, "model name"))
            found.name = *model;
    return found;
}

std::string reasonAgainst(const std::exception& failure)
{
    const Error error = toError(failure);
    return error.code == ErrorCode::OutOfMemory ? std::string()
                                                : "self-test failed: " + error.detail;
}

Devices::Devices() : Devices(graphicsDevices())
{
    logUnusable(gpus_);
}

Devices::Devices(std::vector<engine::DeviceInfo> gpus) : gpus_(std::move(gpus)) {}

std::vector<engine::DeviceInfo> Devices::all() const
{
    const Processor cpu = processor();
    const std::string threads = std::to_string(cpu.cores) + " threads";
    std::vector<engine::DeviceInfo> devices{
        {.id = "cpu",
         .name = cpu.name + " (" + threads + (cpu.bf16 ? ", bf16)" : ")"),
         .usable = true,
         .reason = {}}};
    devices.insert(devices.end(), gpus_.begin(), gpus_.end());
    return devices;
}

Result<c10::Device> Devices::choose(const std::string& id) const
{
    if (id == "cpu")
        return c10::Device(c10::kCPU);
    if (id == "cuda")
        return choose("cuda:0");
    if (id == "auto") {
        const auto first = std::ranges::find_if(gpus_, &engine::DeviceInfo::usable);
        return c10::Device(first == gpus_.end() ? "cpu" : first->id);
    }
    int index = -1;
    if (id.rfind("cuda:", 0) == 0)
        std::from_chars(id.data() + 5, id.data() + id.size(), index);
    if (id != "cuda:" + std::to_string(index))
        return fail(ErrorCode::InvalidRequest,
                    "there is no kind of device '" + id + "': want auto, cpu, cuda, cuda:0, …");
    const auto found = std::ranges::find(gpus_, id, &engine::DeviceInfo::id);
    if (found == gpus_.end())
        return fail(ErrorCode::DeviceUnavailable, "there is no device '" + id + "'");
    if (!found->usable)
        return fail(ErrorCode::DeviceUnavailable, found->reason);
    return c10::Device(id);
}

void Devices::exclude(const c10::Device& gpu, const std::string& reason)
{
    const auto found = std::ranges::find(gpus_, gpu.str(), &engine::DeviceInfo::id);
    if (found == gpus_.end() || !found->usable)
        return;
    found->usable = false;
    found->reason =
        "it failed before and can be used again after a restart of the program: " + reason;
    writeLog(LogLevel::Warning, LogCategory::Inference, found->id + " failed: " + reason);
}

std::vector<engine::DeviceInfo> listDevices()
{
    return Devices().all();
}

} // namespace limpid::inference
