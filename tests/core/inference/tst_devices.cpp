// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/devices.h"

#include "core/base/log.h"
#include "core/inference/ladder.h"
#include "core/inference/make_runner.h"
#include "core/inference/torch_errors.h"
#include "core/nn/cuda_library.h"

#include <QTest>

using namespace limpid;
using inference::Devices;
using inference::Rung;

namespace {

engine::DeviceInfo gpu(int index, const std::string& reason = {})
{
    return {.id = "cuda:" + std::to_string(index),
            .name = "GPU",
            .usable = reason.empty(),
            .reason = reason};
}

std::string chosen(const Devices& devices, const std::string& id)
{
    const auto device = devices.choose(id);
    return device ? device->str() : std::string(name(device.error().code));
}

const c10::Device firstGpu("cuda:0");

} // namespace

class TestDevices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void choosesByName_data();
    void choosesByName();
    void cudaIsTheFirstGraphicsProcessor();
    void namesTheKindsThatThereAre();
    void aDeviceThatFailedIsNotUsedAgain();
    void saysWhyADeviceCannotBeUsed();
    void tellsWhyTheGraphicsProcessorIsNotUsed();
    void tellsWhyADriverGivesNoDevice_data();
    void tellsWhyADriverGivesNoDevice();
    void tellsADeviceThatFailedFromOtherErrors_data();
    void tellsADeviceThatFailedFromOtherErrors();
    void isUsedThoughItsMemoryWasFull_data();
    void isUsedThoughItsMemoryWasFull();
    void goesOnWhereAJobStillCanRun_data();
    void goesOnWhereAJobStillCanRun();
};

void TestDevices::choosesByName_data()
{
    QTest::addColumn<std::string>("id");
    QTest::addColumn<std::string>("device");
    const auto row = [](const char* id, const char* device) {
        QTest::newRow(id) << std::string(id) << std::string(device);
    };
    row("auto", "cuda:1");
    row("cpu", "cpu");
    row("cuda:0", "DeviceUnavailable");
    row("cuda", "DeviceUnavailable");
    row("cuda:1", "cuda:1");
    row("cuda:7", "DeviceUnavailable");
    row("cuda:", "InvalidRequest");
    row("cuda:01", "InvalidRequest");
    row("vulkan", "InvalidRequest");
}

void TestDevices::choosesByName()
{
    QFETCH(const std::string, id);
    QFETCH(const std::string, device);

    QCOMPARE(chosen(Devices({gpu(0, "it is out of order"), gpu(1)}), id), device);
}

void TestDevices::cudaIsTheFirstGraphicsProcessor()
{
    QCOMPARE(chosen(Devices({gpu(0), gpu(1)}), "cuda"), std::string("cuda:0"));
}

void TestDevices::namesTheKindsThatThereAre()
{
    const auto refused = Devices({gpu(0)}).choose("vulkan");

    for (const char* word : {"'vulkan'", "auto", "cpu", "cuda:0"})
        QVERIFY2(refused.error().detail.find(word) != std::string::npos, word);
}

void TestDevices::aDeviceThatFailedIsNotUsedAgain()
{
    Devices devices({gpu(0), gpu(1)});

    devices.exclude(firstGpu, "CUDA error: an illegal memory access was encountered");
    QCOMPARE(chosen(devices, "auto"), std::string("cuda:1"));
    devices.exclude(c10::Device("cuda:1"), "CUDA error: unspecified launch failure");
    QCOMPARE(chosen(devices, "auto"), std::string("cpu"));

    QCOMPARE(chosen(devices, "cpu"), std::string("cpu"));
    const auto refused = devices.choose("cuda:0");
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::DeviceUnavailable);
    QVERIFY(refused.error().detail.find("illegal memory access") != std::string::npos);
    QVERIFY(refused.error().detail.find("restart") != std::string::npos);
}

void TestDevices::saysWhyADeviceCannotBeUsed()
{
    const Devices devices({gpu(0, "there is an NVIDIA GPU, but no driver for it")});

    const auto all = devices.all();

    QCOMPARE(all.size(), std::size_t{2});
    QCOMPARE(all.front().id, std::string("cpu"));
    QVERIFY(!all.back().usable);
    QCOMPARE(devices.choose("cuda:0").error().detail, all.back().reason);
}

/// Of this machine, whatever it has: a device that is not used has a reason, and the log has it
/// too.
void TestDevices::tellsWhyTheGraphicsProcessorIsNotUsed()
{
    std::string log;
    setLogSink([&](LogLevel, std::string_view, std::string_view text) { log += text; },
               LogLevel::Debug);
    const auto devices = inference::listDevices();
    setLogSink(nullptr, LogLevel::Error);

    QVERIFY(devices.size() >= 2);
    for (const auto& device : devices) {
        QCOMPARE(device.reason.empty(), device.usable);
        QVERIFY(device.usable || log.find(device.reason) != std::string::npos);
    }
}

void TestDevices::tellsWhyADriverGivesNoDevice_data()
{
    QTest::addColumn<int>("initialization");
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("gpus");
    QTest::addColumn<int>("needed");
    QTest::addColumn<std::string>("words");
    const std::string hidden = "CUDA_VISIBLE_DEVICES";
    QTest::newRow("no device") << 100 << 12040 << 0 << 12060 << hidden;
    QTest::newRow("all hidden") << 0 << 12040 << 0 << 12060 << hidden;
    QTest::newRow("updated, not restarted") << 803 << 12040 << 0 << 12060 << std::string("restart");
    QTest::newRow("broken") << 999 << 12040 << 0 << 12060 << std::string("CUDA error 999");
    QTest::newRow("old") << 0 << 11040 << 1 << 12060
                         << std::string("too old for this LibTorch: it knows CUDA 11.4, LibTorch "
                                        "needs 12.6");
    const std::string other = "no usable GPU (the driver knows CUDA 12.4)";
    QTest::newRow("of the same generation") << 0 << 12040 << 1 << 12060 << other;
    QTest::newRow("newer") << 0 << 12040 << 1 << 11080 << other;
    QTest::newRow("LibTorch does not tell") << 0 << 12040 << 1 << 0 << other;
    QTest::newRow("the driver does not tell")
        << 0 << 0 << 1 << 12060 << std::string("no usable GPU (the driver does not tell");
}

void TestDevices::tellsWhyADriverGivesNoDevice()
{
    QFETCH(const int, initialization);
    QFETCH(const int, version);
    QFETCH(const int, gpus);
    QFETCH(const int, needed);
    QFETCH(const std::string, words);

    const auto reason =
        nn::whyNoGpu({.initialization = initialization, .version = version, .gpus = gpus}, needed);

    QVERIFY2(reason.find(words) != std::string::npos, reason.c_str());
}

void TestDevices::tellsADeviceThatFailedFromOtherErrors_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("code");
    const auto row = [](const char* text, const char* code) {
        QTest::newRow(text) << std::string(text) << std::string(code);
    };
    row("CUDA error: unspecified launch failure", "DeviceUnavailable");
    row("CUDA error: an illegal memory access was encountered", "DeviceUnavailable");
    row("CUDA error: uncorrectable ECC error encountered", "DeviceUnavailable");
    row("CUDA error: no kernel image is available for execution on the device",
        "DeviceUnavailable");
    row("CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm`",
        "DeviceUnavailable");
    row("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR", "DeviceUnavailable");
    row("CUDA driver error: device not ready", "DeviceUnavailable");
    row("CUDA out of memory. Tried to allocate 2.00 GiB", "OutOfMemory");
    row("CUDA error: out of memory", "OutOfMemory");
    row("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate`", "OutOfMemory");
    row("cuFFT error: CUFFT_ALLOC_FAILED", "OutOfMemory");
    row("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED", "OutOfMemory");
    row("cuDNN error: CUDNN_STATUS_NOT_SUPPORTED", "Internal");
    row("cuDNN error: CUDNN_STATUS_BAD_PARAM_STREAM_MISMATCH", "Internal");
    row("CUDA error: CUBLAS_STATUS_INVALID_VALUE when calling `cublasSgemm`", "Internal");
    row("CUDA error: invalid argument", "Internal");
    row("CUDA error: invalid configuration argument", "Internal");
    row("Expected all tensors to be on the same device, but found cuda:0 and cpu!", "Internal");
    row("mat1 and mat2 shapes cannot be multiplied", "Internal");
}

void TestDevices::tellsADeviceThatFailedFromOtherErrors()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, code);
    try {
        TORCH_CHECK(false, text, "\nCompile with `TORCH_USE_CUDA_DSA`");
    } catch (const std::exception& exception) {
        const Error error = inference::toError(exception);

        QCOMPARE(std::string(name(error.code)), code);
        QVERIFY(error.detail.starts_with(text));
        if (error.code == ErrorCode::DeviceUnavailable)
            QCOMPARE(error.detail, text);
    }
}

void TestDevices::isUsedThoughItsMemoryWasFull_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("full") << std::string("CUDA out of memory. Tried to allocate 2.00 MiB")
                          << std::string();
    QTest::newRow("broken") << std::string("CUDA error: unspecified launch failure")
                            << std::string("self-test failed: CUDA error: unspecified launch "
                                           "failure");
}

void TestDevices::isUsedThoughItsMemoryWasFull()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, reason);
    try {
        TORCH_CHECK(false, text);
    } catch (const std::exception& exception) {
        QCOMPARE(inference::reasonAgainst(exception), reason);
    }
}

void TestDevices::goesOnWhereAJobStillCanRun_data()
{
    QTest::addColumn<std::string>("device");
    QTest::addColumn<ErrorCode>("why");
    QTest::addColumn<bool>("automatic");
    QTest::addColumn<std::string>("next");
    const auto row = [](const char* title, const char* device, ErrorCode why, bool automatic,
                        const char* next) {
        QTest::newRow(title) << std::string(device) << why << automatic << std::string(next);
    };
    row("memory of a GPU", "cuda:0", ErrorCode::OutOfMemory, true, "cuda:0 384");
    row("memory of the CPU", "cpu", ErrorCode::OutOfMemory, true, "cpu 384");
    row("a GPU breaks down", "cuda:0", ErrorCode::DeviceUnavailable, true, "cpu 768");
    row("a chosen GPU breaks down", "cuda:0", ErrorCode::DeviceUnavailable, false, "nowhere");
    row("a model is missing", "cuda:0", ErrorCode::ModelMissing, true, "nowhere");
    row("an error of ours", "cuda:0", ErrorCode::Internal, true, "nowhere");
    row("nothing lies behind the CPU", "cpu", ErrorCode::DeviceUnavailable, true, "nowhere");
}

void TestDevices::goesOnWhereAJobStillCanRun()
{
    QFETCH(const std::string, device);
    QFETCH(const ErrorCode, why);
    QFETCH(const bool, automatic);
    QFETCH(const std::string, next);
    const auto rungs = inference::ladder(c10::Device(device), 768);

    const auto found = inference::nextRung(rungs, 0, why, automatic);

    QCOMPARE(found ? rungs[*found].device.str() + " " + std::to_string(rungs[*found].tilePixels)
                   : std::string("nowhere"),
             next);
    QVERIFY(!inference::nextRung(rungs, rungs.size() - 1, why, automatic));
}

QTEST_APPLESS_MAIN(TestDevices)
#include "tst_devices.moc"
