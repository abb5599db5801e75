// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inference/torch_runner.h"

#include "core/base/log.h"
#include "core/engine/engine.h"
#include "core/inference/torch_errors.h"
#include "tests/support/fake_runner.h"
#include "tests/support/recording_sink.h"
#include "tests/support/tiny_msg.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <torch/utils.h>

#include <algorithm>
#include <atomic>
#include <cmath>

using namespace limpid;
using engine::RestorationRequest;
using tests::RecordingSink;

namespace {

RestorationRequest requestOf(int steps)
{
    return {.image = tests::randomImage({72, 61}),
            .region = {},
            .method = "msg",
            .steps = steps,
            .seed = 3,
            .parameters = {},
            .device = "cpu"};
}

/// Runs one request on an engine of its own and returns the event that ended it.
engine::Event ending(const inference::RunnerOptions& options, const RestorationRequest& request)
{
    RecordingSink sink;
    engine::Engine engine([options] { return inference::makeTorchRunner(options); }, sink);
    return sink.waitForEnding(engine.submit(request));
}

Error errorOf(const engine::Event& event)
{
    const auto* failed = std::get_if<engine::Failed>(&event);
    return failed ? failed->error
                  : Error{.code = ErrorCode::Internal, .detail = "no failure", .path = {}};
}

double largestDifference(const image::Image& a, const image::Image& b)
{
    double largest = a.size() == b.size() ? 0.0 : INFINITY;
    for (std::size_t i = 0; std::isfinite(largest) && i < a.pixels().size(); ++i)
        largest = std::max(largest, std::abs(double{a.pixels()[i]} - double{b.pixels()[i]}));
    return largest;
}

} // namespace

class TestTorchRunner : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        QVERIFY(folder_->isValid());
        options_ = {.modelsFolder = folder_->path().toStdString()};
        tests::installModel(tests::randomModel(tests::tinyConfig()), options_.modelsFolder);
    }

    void restoresAndSaysWhereItRan();
    void givesTheSameBitsForTheSameRequest();
    void endsOnceWhenCancelledAtAnyStep_data();
    void endsOnceWhenCancelledAtAnyStep();
    void endsOnceWhenCancelledWhileLoading();
    void namesWhatIsWrongWithAModel_data();
    void namesWhatIsWrongWithAModel();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void neverReturnsNaN();
    void decodesStepsWithinItsMemory_data();
    void decodesStepsWithinItsMemory();
    void listsTheProcessorAsADevice();
    void triesGpusOnceAJobMayUseThem();
    void tellsTheDevicesFromTheStart();
    void recognizesMemoryThatRanOut_data();
    void recognizesMemoryThatRanOut();
    void agreesWithAGraphicsProcessor();

private:
    QString file(const char* name) const { return folder_->filePath(QLatin1String(name)); }

    std::unique_ptr<QTemporaryDir> folder_;
    inference::RunnerOptions options_;
};

void TestTorchRunner::restoresAndSaysWhereItRan()
{
    const auto request = requestOf(2);

    const auto event = ending(options_, request);

    const auto* finished = std::get_if<engine::Finished>(&event);
    QVERIFY2(finished, errorOf(event).detail.c_str());
    QCOMPARE(finished->result.device, std::string("cpu"));
    QCOMPARE(finished->result.patch.area, wholeOf(request.image.size()));
    QVERIFY(largestDifference(finished->result.patch.pixels, request.image) > 0.01);
}

void TestTorchRunner::givesTheSameBitsForTheSameRequest()
{
    const auto first = std::get<engine::Finished>(ending(options_, requestOf(3)));
    const auto second = std::get<engine::Finished>(ending(options_, requestOf(3)));

    QCOMPARE(largestDifference(first.result.patch.pixels, second.result.patch.pixels), 0.0);
}

void TestTorchRunner::endsOnceWhenCancelledAtAnyStep_data()
{
    QTest::addColumn<int>("step");
    for (int step = 1; step <= 5; ++step)
        QTest::addRow("after step %d of 6", step) << step;
}

void TestTorchRunner::endsOnceWhenCancelledAtAnyStep()
{
    QFETCH(const int, step);
    engine::Engine* running = nullptr;
    RecordingSink sink([&](const engine::Event& event) {
        const auto* done = std::get_if<engine::StepDone>(&event);
        if (done && done->step == step)
            running->cancel(done->job);
    });
    engine::Engine engine([&] { return inference::makeTorchRunner(options_); }, sink);
    running = &engine;

    const auto job = engine.submit(requestOf(6));

    QVERIFY(std::holds_alternative<engine::JobCancelled>(sink.waitForEnding(job)));
    QCOMPARE(tests::endingsOf(sink.events(), job), 1);
    QCOMPARE(sink.count<engine::StepDone>(), step);
}

void TestTorchRunner::endsOnceWhenCancelledWhileLoading()
{
    engine::Engine* running = nullptr;
    RecordingSink sink([&](const engine::Event& event) {
        if (std::holds_alternative<engine::StageChanged>(event))
            running->cancel(engine::jobOf(event));
    });
    engine::Engine engine([&] { return inference::makeTorchRunner(options_); }, sink);
    running = &engine;

    const auto job = engine.submit(requestOf(1));

    QVERIFY(std::holds_alternative<engine::JobCancelled>(sink.waitForEnding(job)));
    const auto next = engine.submit(requestOf(1));
    running->cancel(next);
    sink.waitForEnding(next);
    QCOMPARE(tests::endingsOf(sink.events(), next), 1);
}

void TestTorchRunner::namesWhatIsWrongWithAModel_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");

    QTest::newRow("no catalog") << QByteArray("catalog.json") << QByteArray()
                                << ErrorCode::ModelMissing;
    QTest::newRow("catalog that is no JSON")
        << QByteArray("catalog.json") << QByteArray("{") << ErrorCode::ModelDamaged;
    QTest::newRow("catalog without models")
        << QByteArray("catalog.json") << QByteArray(R"({"schema": 1, "models": []})")
        << ErrorCode::ModelMissing;
    QTest::newRow("no weights") << QByteArray("msg.safetensors") << QByteArray()
                                << ErrorCode::ModelMissing;
    QTest::newRow("other weights")
        << QByteArray("msg.safetensors") << QByteArray("damaged") << ErrorCode::ModelDamaged;
}

void TestTorchRunner::namesWhatIsWrongWithAModel()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArray, content);
    QFETCH(const ErrorCode, code);
    QFile changed(file(name.constData()));
    QVERIFY(changed.remove());
    if (!content.isEmpty())
        QVERIFY(changed.open(QIODevice::WriteOnly) && changed.write(content) == content.size());
    changed.close();

    const Error error = errorOf(ending(options_, requestOf(1)));

    QCOMPARE(error.code, code);
    QCOMPARE(error.path.filename().string(), name.toStdString());
}

void TestTorchRunner::refusesBadRequests_data()
{
    QTest::addColumn<RestorationRequest>("request");
    QTest::addColumn<ErrorCode>("code");

    auto request = requestOf(1);
    request.region = region::Region{.rect = {500, 0, 10, 10}};
    QTest::newRow("region outside") << request << ErrorCode::RegionOutside;
    request = requestOf(1);
    request.method = "sorcery";
    QTest::newRow("unknown method") << request << ErrorCode::InvalidRequest;
    request = requestOf(0);
    QTest::newRow("no steps") << request << ErrorCode::InvalidRequest;
    request = requestOf(1);
    request.device = "cuda:63";
    QTest::newRow("absent device") << request << ErrorCode::DeviceUnavailable;
    request.device = "toaster";
    QTest::newRow("no kind of device") << request << ErrorCode::InvalidRequest;
    request = requestOf(1);
    request.image = image::Image();
    QTest::newRow("empty picture") << request << ErrorCode::InvalidRequest;
}

void TestTorchRunner::refusesBadRequests()
{
    QFETCH(const RestorationRequest, request);
    QFETCH(const ErrorCode, code);

    QCOMPARE(errorOf(ending(options_, request)).code, code);
}

void TestTorchRunner::neverReturnsNaN()
{
    auto model = tests::randomModel(tests::tinyConfig());
    {
        const torch::NoGradGuard noGrad;
        model->unet->named_parameters()["head.weight"].fill_(3e38); // finite, unlike its products
    }
    tests::installModel(model, options_.modelsFolder);

    QCOMPARE(errorOf(ending(options_, requestOf(2))).code, ErrorCode::ModelDamaged);
}

void TestTorchRunner::decodesStepsWithinItsMemory_data()
{
    QTest::addColumn<int>("bytesPerValue");
    QTest::addColumn<bool>("keepsAll");
    QTest::newRow("enough for all") << 12 << true;
    QTest::newRow("enough for every second") << 6 << false;
}

void TestTorchRunner::decodesStepsWithinItsMemory()
{
    QFETCH(const int, bytesPerValue);
    QFETCH(const bool, keepsAll);
    const auto request = requestOf(6);
    options_.historyBytes = 3 * request.image.size().area() * bytesPerValue;
    RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{40}};
    engine::JobContext context(engine::JobId{8}, CancelToken(), sink, mailbox);
    inference::TorchRunner runner(options_);
    const auto result = runner.run(request, context);
    QVERIFY(result);

    const auto last = runner.decodeStep(engine::JobId{8}, 6);

    QVERIFY(last);
    QVERIFY(largestDifference(last->pixels, result->patch.pixels) <= 1.0 / 2048.0);
    QCOMPARE(runner.decodeStep(engine::JobId{8}, 1).has_value(), keepsAll);
    QVERIFY(!runner.decodeStep(engine::JobId{7}, 6));
    QVERIFY(!runner.decodeStep(engine::JobId{8}, 7));
}

void TestTorchRunner::listsTheProcessorAsADevice()
{
    const auto devices = inference::listDevices();

    QCOMPARE(devices.front().id, std::string("cpu"));
    QVERIFY(devices.front().usable);
    QVERIFY(!devices.front().name.empty());
}

/// What the log says about a GPU that is not used shows that GPUs were tried.
void TestTorchRunner::triesGpusOnceAJobMayUseThem()
{
    const auto devices = inference::listDevices();
    if (std::ranges::all_of(devices, &engine::DeviceInfo::usable))
        QSKIP("every GPU is usable: the log does not tell when they are tried");
    std::atomic<bool> tried = false;
    setLogSink(
        [&](LogLevel, std::string_view, std::string_view text) {
            if (text.find("is not used") != std::string_view::npos)
                tried = true;
        },
        LogLevel::Debug);
    auto request = requestOf(1);
    RecordingSink sink;
    engine::Engine engine([&] { return inference::makeTorchRunner(options_); }, sink);

    sink.waitForEnding(engine.submit(request));
    const bool triedForTheCpu = tried;
    request.device = "auto";
    sink.waitForEnding(engine.submit(request));
    setLogSink(nullptr, LogLevel::Error);

    QVERIFY(!triedForTheCpu);
    QVERIFY(tried);
}

void TestTorchRunner::tellsTheDevicesFromTheStart()
{
    std::vector<std::string> told;
    options_.devicesChanged = [&](const std::vector<engine::DeviceInfo>& devices) {
        for (const auto& device : devices)
            told.push_back(device.id);
    };

    const auto runner = inference::makeTorchRunner(options_);

    QVERIFY(told.size() >= 2);
    QCOMPARE(told.front(), std::string("cpu"));
    QCOMPARE(told.size(), inference::listDevices().size());
}

void TestTorchRunner::recognizesMemoryThatRanOut_data()
{
    QTest::addColumn<bool>("memory");
    QTest::newRow("allocation of a petabyte") << true;
    QTest::newRow("shapes that do not fit") << false;
}

void TestTorchRunner::recognizesMemoryThatRanOut()
{
    QFETCH(const bool, memory);
    try {
        if (memory)
            torch::empty({std::int64_t{1} << 50});
        else
            torch::zeros({2}) + torch::zeros({3});
        QFAIL("nothing was thrown");
    } catch (const std::exception& exception) {
        const Error error = inference::toError(exception);
        QCOMPARE(error.code, memory ? ErrorCode::OutOfMemory : ErrorCode::Internal);
        QVERIFY(error.detail.find("frame #") == std::string::npos);
    }
}

void TestTorchRunner::agreesWithAGraphicsProcessor()
{
    const auto devices = inference::listDevices();
    if (devices.size() < 2 || !devices[1].usable)
        QSKIP("there is no usable GPU: its results were not compared with the processor's");
    auto request = requestOf(3);
    const auto onCpu = std::get<engine::Finished>(ending(options_, request));
    request.device = "cuda:0";

    const auto event = ending(options_, request);

    QVERIFY2(std::holds_alternative<engine::Finished>(event), errorOf(event).detail.c_str());
    const auto& onGpu = std::get<engine::Finished>(event).result;
    QCOMPARE(onGpu.device, std::string("cuda:0"));
    QVERIFY(largestDifference(onCpu.result.patch.pixels, onGpu.patch.pixels) <= 2.0 / 255.0);
}

QTEST_APPLESS_MAIN(TestTorchRunner)
#include "tst_torch_runner.moc"
