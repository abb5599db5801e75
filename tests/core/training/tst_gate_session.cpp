// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_session.h"

#include "core/networks/gate_file.h"
#include "core/networks/load_weights.h"
#include "core/training/part_claim.h"
#include "tests/core/training/training_samples.h"
#include "tests/support/make_gate.h"
#include "tests/support/make_photo.h"
#include "tests/support/tiny_msg.h"

#include <QTest>

#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <sstream>
#include <streambuf>
#include <thread>

using namespace limpid;
using namespace limpid::training;

namespace {

/// A model without a gate, and photographs of 160 x 160: one to learn from, one held apart.
class GateFolder {
public:
    GateFolder()
    {
        addPhoto("held.jpg");
        holdApart("held.jpg");
        if (!networks::saveWeights(*tests::randomModel(tests::tinyConfig()), model(),
                                   checkpoint::DType::F32,
                                   networks::toMetadata(tests::tinyConfig())))
            throw std::runtime_error("cannot write " + model().string());
    }

    /// The same photograph once more.
    void addPhoto(const std::string& name) const
    {
        const auto cache = checkpoint::SafetensorsFile::open(photos_.cache()).value();
        const auto& entry = cache.index().tensors.begin()->second;
        const auto bytes = cache.bytes(entry).value();
        const checkpoint::TensorBytes picture{entry.dtype, entry.shape, bytes};
        std::map<std::string, checkpoint::TensorBytes> pictures{{name, picture}};
        for (const auto& known : cache.index().tensors)
            pictures.emplace(known.first, picture);
        if (!checkpoint::writeSafetensors(photos_.cache(), pictures, {}))
            throw std::runtime_error("cannot write " + photos_.cache().string());
    }

    void holdApart(const std::string& names) const { std::ofstream(list()) << names << "\n"; }

    std::filesystem::path cache() const { return photos_.cache(); }
    std::filesystem::path list() const { return photos_.file("validation.txt"); }

    std::filesystem::path model() const { return photos_.file("msg-tiny.safetensors"); }
    std::filesystem::path gated() const { return photos_.file("run") / "msg-tiny.safetensors"; }

    /// A moment's session.
    GateSessionOptions session(std::int64_t scales, bool deconvolved = false,
                               bool refined = false) const
    {
        return {.model = model(),
                .photos = photos_.cache(),
                .validation = list(),
                .out = photos_.file("run"),
                .modelSteps = {1, 2},
                .judgedSide = 0,
                .lessons = {.count = 6, .side = 32},
                .gate = {.network = {.channels = 8,
                                     .blocks = 1,
                                     .scene = true,
                                     .scales = scales,
                                     .deconvolved = deconvolved,
                                     .refined = refined},
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

/// What a session tells, to be read while it runs on another thread.
class LiveText : public std::streambuf {
public:
    bool holds(const std::string& words) const
    {
        const std::lock_guard lock(mutex_);
        return text_.find(words) != std::string::npos;
    }

    std::string text() const
    {
        const std::lock_guard lock(mutex_);
        return text_;
    }

protected:
    int_type overflow(int_type character) override
    {
        const std::lock_guard lock(mutex_);
        if (!traits_type::eq_int_type(character, traits_type::eof()))
            text_.push_back(traits_type::to_char_type(character));
        return traits_type::not_eof(character);
    }

    std::streamsize xsputn(const char* characters, std::streamsize count) override
    {
        const std::lock_guard lock(mutex_);
        text_.append(characters, static_cast<std::size_t>(count));
        return count;
    }

private:
    mutable std::mutex mutex_;
    std::string text_;
};

bool usesKeptLessons(const std::string& told)
{
    return told.find("lessons of ") != std::string::npos;
}

bool drawsLessons(const std::string& told)
{
    return !usesKeptLessons(told) && !told.starts_with("failed: ");
}

} // namespace

class TestGateSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesTheModelWithItsGate_data();
    void writesTheModelWithItsGate();
    void usesItsLessonsAgainForTheSameAlone();
    void drawsAnewWhenOtherPhotographsAreHeldApart();
    void goesOnWithLessonsThatWereBegun();
    void leavesAPartToTheSessionThatDrawsIt();
    void learnsFromTheNetworksAlone();
    void givesANewGateToAModelWhoseOwnDoesNotFit();
    void judgesByThePhotographsHeldApart();
    void tellsOfNamesThatNoPhotographHas();
    void refusesBeforeTheFirstLesson_data();
    void refusesBeforeTheFirstLesson();
    void refusesWhatHasNothingToStartFrom_data();
    void refusesWhatHasNothingToStartFrom();
};

void TestGateSession::writesTheModelWithItsGate_data()
{
    QTest::addColumn<int>("scales");
    QTest::addColumn<bool>("deconvolved");
    QTest::addColumn<bool>("refined");
    QTest::newRow("the photograph alone") << 1 << false << false;
    QTest::newRow("its half and its quarter, too") << 3 << false << false;
    QTest::newRow("its half and a deconvolution") << 2 << true << false;
    QTest::newRow("that one refined, too") << 2 << true << true;
}

void TestGateSession::writesTheModelWithItsGate()
{
    QFETCH(const int, scales);
    QFETCH(const bool, deconvolved);
    QFETCH(const bool, refined);
    const GateFolder folder;

    const auto told = toldBy(folder.session(scales, deconvolved, refined));

    QVERIFY2(std::filesystem::exists(folder.gated()), told.c_str());
    const auto gate = gateOf(folder.gated());
    QVERIFY(gate);
    QCOMPARE(gate->config().scales, std::int64_t{scales});
    QCOMPARE(gate->config().deconvolved, deconvolved);
    QCOMPARE(gate->config().refined, refined);
    QVERIFY(gateOf(folder.model()).is_empty()); // the model itself is not touched
}

void TestGateSession::usesItsLessonsAgainForTheSameAlone()
{
    const GateFolder folder;

    QVERIFY(drawsLessons(toldBy(folder.session(1))));
    QVERIFY(usesKeptLessons(toldBy(folder.session(1))));
    QVERIFY(drawsLessons(toldBy(folder.session(2))));
    QVERIFY(drawsLessons(toldBy(folder.session(2, true))));
    QVERIFY(drawsLessons(toldBy(folder.session(2, true, true))));
    auto seeingMore = folder.session(2, true, true);
    seeingMore.gate.network.octaveAgreement = true;
    QVERIFY(drawsLessons(toldBy(seeingMore)));
    QVERIFY(gateOf(folder.gated())->config().octaveAgreement);
}

void TestGateSession::drawsAnewWhenOtherPhotographsAreHeldApart()
{
    const GateFolder folder;
    folder.addPhoto("two.jpg");
    const auto session = folder.session(1);
    toldBy(session);

    folder.holdApart("two.jpg");

    QVERIFY(drawsLessons(toldBy(session)));
    QVERIFY(usesKeptLessons(toldBy(session)));
}

void TestGateSession::goesOnWithLessonsThatWereBegun()
{
    const GateFolder folder;
    auto session = folder.session(1);
    session.lessons.count = 303; // two parts, the second of one photograph
    const auto second = session.out / "lessons" / "part-1.safetensors";
    toldBy(session);
    const auto first = tests::fileBytes(folder.gated());
    const auto drawn = tests::fileBytes(second);
    std::filesystem::remove(second);

    session.firstPart = 1;
    const auto told = toldBy(session);

    QVERIFY2(told.find("part 0") == std::string::npos, told.c_str());
    QCOMPARE(tests::fileBytes(second), drawn);
    QCOMPARE(tests::fileBytes(folder.gated()), first);
}

/// The test is the other session, which draws the first part.
void TestGateSession::leavesAPartToTheSessionThatDrawsIt()
{
    const GateFolder folder;
    auto session = folder.session(1);
    session.lessons.count = 303; // two parts
    toldBy(session);
    const auto lessons = session.out / "lessons";
    std::filesystem::rename(lessons / "part-0.safetensors", lessons / "other");
    std::filesystem::remove(lessons / "part-1.safetensors");
    auto claim = training::PartClaim::take(lessons / "part-0.drawing").value();
    QVERIFY(claim);

    LiveText told;
    std::thread thread([&] {
        std::ostream progress(&told);
        (void)runGateSession(session, progress); // what it leaves behind tells how it went
    });
    const bool waited = QTest::qWaitFor([&] { return told.holds("part 0: waiting"); }, 60'000);
    const bool drewTheSecond = std::filesystem::exists(lessons / "part-1.safetensors");
    const bool leftTheFirst = !std::filesystem::exists(lessons / "part-0.safetensors");
    std::filesystem::rename(lessons / "other", lessons / "part-0.safetensors");
    claim.reset();
    thread.join();

    QVERIFY2(waited && drewTheSecond && leftTheFirst, told.text().c_str());
    QVERIFY2(!told.holds("part 0 of"), told.text().c_str());
    QVERIFY(std::filesystem::exists(folder.gated()));
}

void TestGateSession::learnsFromTheNetworksAlone()
{
    const GateFolder folder;
    const auto session = folder.session(2);
    toldBy(session);
    const auto lessons = session.out / "lessons" / "part-0.safetensors";
    const auto changes = [&] {
        const auto file = checkpoint::SafetensorsFile::open(lessons).value();
        return networks::readTensor(file, file.index().tensors.at("change")).value();
    };
    const auto ofBareModel = changes();
    const auto shy = tests::constantGate(-0.05);
    QVERIFY(networks::writeWithGate(checkpoint::SafetensorsFile::open(folder.model()).value(), shy,
                                    folder.model()));

    QVERIFY(usesKeptLessons(toldBy(session)));
    std::filesystem::remove(lessons);
    QVERIFY(drawsLessons(toldBy(session)));

    QVERIFY(torch::equal(changes(), ofBareModel));
    QVERIFY(ofBareModel.abs().max().item<float>() > 0.0F);
}

void TestGateSession::givesANewGateToAModelWhoseOwnDoesNotFit()
{
    const GateFolder folder;
    auto unknown = tests::constantGate(-0.05);
    unknown->register_buffer("of_another_release", torch::zeros({1}));
    const auto model = checkpoint::SafetensorsFile::open(folder.model()).value();
    QVERIFY(networks::writeWithGate(model, unknown, folder.model()));
    QCOMPARE(networks::loadGate(checkpoint::SafetensorsFile::open(folder.model()).value(), {})
                 .error()
                 .code,
             ErrorCode::ModelMismatch);

    const auto told = toldBy(folder.session(2, true));

    QVERIFY2(std::filesystem::exists(folder.gated()), told.c_str());
    QVERIFY(gateOf(folder.gated()));
}

void TestGateSession::judgesByThePhotographsHeldApart()
{
    const GateFolder folder;
    auto session = folder.session(1);
    session.judgedSide = 96; // the most that 160 pixels and the margin leave

    const auto told = toldBy(session);

    QVERIFY2(told.find("with the gate") != std::string::npos, told.c_str());
}

void TestGateSession::tellsOfNamesThatNoPhotographHas()
{
    const GateFolder folder;
    folder.holdApart("held.jpg\nmisspelled.jpg");

    const auto told = toldBy(folder.session(1));

    QVERIFY2(told.find("misspelled.jpg") != std::string::npos, told.c_str());
    QVERIFY(std::filesystem::exists(folder.gated()));
}

void TestGateSession::refusesBeforeTheFirstLesson_data()
{
    QTest::addColumn<QByteArray>("held");
    QTest::addColumn<int>("lessonSide");
    QTest::addColumn<int>("judgedSide");
    QTest::addColumn<bool>("aboutTheList");
    QTest::addColumn<QByteArray>("words");
    const QByteArray wrong("misspelled.jpg");
    const QByteArray right("held.jpg");
    const QByteArray none("none of the 1 names");
    QTest::newRow("other names, none judged") << wrong << 32 << 0 << true << none;
    QTest::newRow("other names") << wrong << 32 << 64 << true << none;
    QTest::newRow("all") << right + "\none.jpg" << 32 << 0 << true << QByteArray("none is left");
    QTest::newRow("large lessons") << right << 112 << 0 << false << QByteArray("smaller --crop");
    QTest::newRow("large tests") << right << 32 << 112 << true << QByteArray("smaller --side");
}

void TestGateSession::refusesBeforeTheFirstLesson()
{
    QFETCH(const QByteArray, held);
    QFETCH(const int, lessonSide);
    QFETCH(const int, judgedSide);
    QFETCH(const bool, aboutTheList);
    QFETCH(const QByteArray, words);
    const GateFolder folder;
    folder.holdApart(held.toStdString());
    auto session = folder.session(1);
    session.lessons.side = lessonSide;
    session.judgedSide = judgedSide;

    const auto done = runGateSession(session, std::cerr);

    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(done.error().path, aboutTheList ? folder.list() : folder.cache());
    QVERIFY2(QByteArray::fromStdString(done.error().detail).contains(words),
             done.error().detail.c_str());
    QVERIFY(!std::filesystem::exists(session.out / "lessons"));
}

void TestGateSession::refusesWhatHasNothingToStartFrom_data()
{
    QTest::addColumn<int>("scales");
    QTest::addColumn<bool>("deconvolved");
    QTest::addColumn<bool>("refined");
    QTest::newRow("a deconvolution without a guess") << 1 << true << false;
    QTest::newRow("a refined one without a deconvolution") << 2 << false << true;
}

void TestGateSession::refusesWhatHasNothingToStartFrom()
{
    QFETCH(const int, scales);
    QFETCH(const bool, deconvolved);
    QFETCH(const bool, refined);
    const GateFolder folder;

    const auto done = runGateSession(folder.session(scales, deconvolved, refined), std::cerr);

    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::InvalidRequest);
}

QTEST_APPLESS_MAIN(TestGateSession)
#include "tst_gate_session.moc"
