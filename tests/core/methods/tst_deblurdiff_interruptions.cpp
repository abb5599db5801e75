// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/preview_mailbox.h"
#include "core/methods/deblurdiff.h"
#include "core/methods/method_registry.h"
#include "tests/support/recording_sink.h"
#include "tests/support/smooth_picture.h"
#include "tests/support/tiny_deblurdiff.h"

#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace limpid;
using engine::FrameKind;
using methods::DeblurDiff;
using tests::photoLike;

namespace {

methods::RestorationJob oneStepOn(const image::Image& image)
{
    return {.image = image,
            .region = {},
            .steps = 1,
            .seed = 5,
            .parameters = methods::completeParameters(DeblurDiff::spec(), 1, {}).value()};
}

/// Takes every frame as soon as it is there.
struct Session {
    using Reaction = std::function<void(const engine::Event&)>;

    Session(const CancelToken& token, Reaction react)
        : sink(std::move(react)), context(engine::JobId{1}, token, sink, mailbox)
    {}

    tests::RecordingSink sink;
    engine::PreviewMailbox mailbox{std::chrono::milliseconds{0}};
    engine::JobContext context;
};

/// Cancels a job as soon as this thread asks anything of LibTorch.
class CancelAtNextOperation {
public:
    explicit CancelAtNextOperation(const CancelSource& source)
    {
        source_ = &source;
        handle_ = at::addThreadLocalCallback(at::RecordFunctionCallback(&cancel));
    }
    ~CancelAtNextOperation() { at::removeCallback(handle_); }
    CancelAtNextOperation(const CancelAtNextOperation&) = delete;
    CancelAtNextOperation& operator=(const CancelAtNextOperation&) = delete;

private:
    static std::unique_ptr<at::ObserverContext> cancel(const at::RecordFunction& /*operation*/)
    {
        source_->requestCancel();
        return nullptr;
    }

    static inline const CancelSource* source_ = nullptr;
    at::CallbackHandle handle_ = 0;
};

} // namespace

class TestDeblurDiffInterruptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void stopsWhileFinishing();
    void stopsWhileDecodingARecordedStep();
    void showsTheDecodedPictureDuringAPause();

private:
    QTemporaryDir folder_;
    std::unique_ptr<methods::RestorationMethod> method_;
};

void TestDeblurDiffInterruptions::initTestCase()
{
    const std::filesystem::path folder = folder_.path().toStdString();
    tests::installDeblurDiff(tests::tinyDeblurDiff(), folder);
    const auto file = checkpoint::SafetensorsFile::open(folder / "deblurdiff.safetensors");
    method_ = DeblurDiff::load(file.value(), {}).value();
}

void TestDeblurDiffInterruptions::stopsWhileFinishing()
{
    const CancelSource source;
    std::optional<CancelAtNextOperation> cancels;
    Session session(source.token(), [&](const engine::Event& event) {
        const auto* changed = std::get_if<engine::StageChanged>(&event);
        if (changed && changed->stage == engine::Stage::Finishing)
            cancels.emplace(source);
    });

    QVERIFY_THROWS_EXCEPTION(Cancelled, method_->restore(oneStepOn(photoLike({200, 70})),
                                                         session.context, {.tilePixels = 128}));
    QVERIFY(cancels);
}

void TestDeblurDiffInterruptions::stopsWhileDecodingARecordedStep()
{
    methods::StepDecoder decode;
    torch::Tensor last;
    const CancelSource source;
    Session session(source.token(), [](const auto&) {});
    method_->restore(oneStepOn(photoLike({64, 48})), session.context,
                     {.recordStep = [&](int, const torch::Tensor& latent) { last = latent; },
                      .decodeStepsWith =
                          [&](methods::StepDecoder decoder) {
                              decode = decoder;
                          }});

    source.requestCancel();

    QVERIFY_THROWS_EXCEPTION(Cancelled, decode(last, source.token()));
    QCOMPARE(decode(last, {}).sizes(), (at::IntArrayRef{1, 3, 48, 64}));
}

void TestDeblurDiffInterruptions::showsTheDecodedPictureDuringAPause()
{
    const CancelSource source;
    Session session(source.token(), [&](const engine::Event& event) {
        if (std::holds_alternative<engine::StepDone>(event))
            source.setPaused(false);
    });
    const auto pause = [&](int, const torch::Tensor&) {
        source.setPaused(true);
    };

    method_->restore(oneStepOn(photoLike({64, 48})), session.context, {.recordStep = pause});

    const auto frame = session.mailbox.take(FrameKind::Predicted);
    QVERIFY(frame);
    QCOMPARE(frame->size, (Size{64, 48}));
}

QTEST_APPLESS_MAIN(TestDeblurDiffInterruptions)
#include "tst_deblurdiff_interruptions.moc"
