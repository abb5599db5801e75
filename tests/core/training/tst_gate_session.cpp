// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_session.h"

#include "core/networks/gate_file.h"
#include "core/networks/load_weights.h"
#include "tests/core/training/training_samples.h"
#include "tests/support/tiny_msg.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace limpid;
using namespace limpid::training;

namespace {

/// A model without a gate, one photograph to learn from, and none held apart.
class GateFolder {
public:
    GateFolder()
    {
        std::ofstream(photos_.file("validation.txt")) << "another.jpg\n";
        if (!networks::saveWeights(*tests::randomModel(tests::tinyConfig()), model(),
                                   checkpoint::DType::F32,
                                   networks::toMetadata(tests::tinyConfig())))
            throw std::runtime_error("cannot write " + model().string());
    }

    std::filesystem::path model() const { return photos_.file("msg-tiny.safetensors"); }
    std::filesystem::path gated() const { return photos_.file("run") / "msg-tiny.safetensors"; }

    /// A moment's session.
    GateSessionOptions session(std::int64_t scales) const
    {
        return {.model = model(),
                .photos = photos_.cache(),
                .validation = photos_.file("validation.txt"),
                .out = photos_.file("run"),
                .modelSteps = {1, 2},
                .judgedSide = 0,
                .lessons = {.count = 6, .side = 32},
                .gate = {.network = {.channels = 8, .blocks = 1, .scene = true, .scales = scales},
                         .steps = 3,
                         .batch = 2}};
    }

private:
    tests::PhotoFolder photos_;
};

networks::SharpnessGate gateOf(const std::filesystem::path& model)
{
    return networks::loadGate(checkpoint::SafetensorsFile::open(model).value(), {}).value();
}

/// What a session tells while it runs.
std::string toldBy(const GateSessionOptions& options)
{
    std::ostringstream progress;
    const auto done = runGateSession(options, progress);
    return done ? progress.str() : "failed: " + done.error().detail;
}

bool usesKeptLessons(const std::string& told)
{
    return told.starts_with("lessons of ");
}

} // namespace

class TestGateSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheModelWithAGateForItsScales_data();
    void writesTheModelWithAGateForItsScales();
    void usesItsLessonsAgainForTheSameScalesAlone();
};

void TestGateSession::writesTheModelWithAGateForItsScales_data()
{
    QTest::addColumn<int>("scales");
    QTest::newRow("the photograph alone") << 1;
    QTest::newRow("its half and its quarter, too") << 3;
}

void TestGateSession::writesTheModelWithAGateForItsScales()
{
    QFETCH(const int, scales);
    const GateFolder folder;

    const auto told = toldBy(folder.session(scales));

    QVERIFY2(std::filesystem::exists(folder.gated()), told.c_str());
    const auto gate = gateOf(folder.gated());
    QVERIFY(gate);
    QCOMPARE(gate->config().scales, std::int64_t{scales});
    QVERIFY(gateOf(folder.model()).is_empty()); // the model itself is not touched
}

void TestGateSession::usesItsLessonsAgainForTheSameScalesAlone()
{
    const GateFolder folder;

    QVERIFY(!usesKeptLessons(toldBy(folder.session(1))));
    QVERIFY(usesKeptLessons(toldBy(folder.session(1))));
    QVERIFY(!usesKeptLessons(toldBy(folder.session(2))));
}

QTEST_APPLESS_MAIN(TestGateSession)
#include "tst_gate_session.moc"
