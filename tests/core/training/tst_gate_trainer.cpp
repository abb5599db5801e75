// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/gate_trainer.h"

#include <QTemporaryDir>
#include <QTest>
#include <torch/utils.h>

using namespace limpid;
using namespace limpid::training;

namespace {

GateLessons joined(const GateLessons& a, const GateLessons& b)
{
    return {torch::cat({a.features, b.features}), torch::cat({a.change, b.change}),
            torch::cat({a.accord, b.accord}), torch::cat({a.error, b.error}),
            torch::cat({a.kind, b.kind})};
}

/// A change that halves the error of a smooth picture and spoils a busy one that was right.
GateLessons goodAndBad()
{
    torch::manual_seed(2);
    const auto busy = torch::rand({1, 3, 32, 32}) - 0.5;
    const auto smooth = torch::avg_pool2d(busy, 9, 1, 4);
    return joined(
        lessonOf({.blurred = smooth, .sharp = smooth * 2.0}, smooth * 1.5),
        lessonOf({.blurred = busy, .sharp = busy, .kind = GateLesson::Untouched}, busy * 1.1));
}

GateOptions tinyOptions(std::int64_t scales = 1)
{
    return {.network = {.channels = 8, .blocks = 1, .scales = scales},
            .steps = 60 * scales,
            .batch = 4,
            .learningRate = 1e-2};
}

/// Two pictures whose errors are halved at one scale each, and made worse at the other.
GateLessons eachAtItsScale()
{
    torch::manual_seed(2);
    const auto busy = torch::rand({1, 3, 32, 32}) - 0.5;
    const auto smooth = torch::avg_pool2d(busy, 9, 1, 4);
    const auto fine =
        lessonOf({.blurred = busy, .sharp = busy * 2.0, .others = {busy * -0.5}}, busy * 1.5);
    const auto coarse = lessonOf(
        {.blurred = smooth, .sharp = smooth * 2.0, .others = {smooth * 0.5}}, smooth * 0.5);
    return joined(fine, coarse);
}

} // namespace

class TestGateTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsOverCellsTellTheErrorOfEveryShare_data();
    void sumsOverCellsTellTheErrorOfEveryShare();
    void learnsWhereAChangeGains();
    void learnsAtWhichScaleAChangeGains();
    void repeatsItselfToTheBit();
    void answersAreNotRandomBetweenSteps();
    void lessonsSurviveTheirFile();
    void refusesLessonsOfAnotherSource();
};

void TestGateTrainer::sumsOverCellsTellTheErrorOfEveryShare_data()
{
    QTest::addColumn<double>("share");
    QTest::newRow("nothing") << 0.0;
    QTest::newRow("a third") << 0.33;
    QTest::newRow("all") << 1.0;
}

void TestGateTrainer::sumsOverCellsTellTheErrorOfEveryShare()
{
    QFETCH(const double, share);
    torch::manual_seed(1);
    const auto blurred = torch::rand({1, 3, 32, 32});
    const auto restored = torch::rand({1, 3, 32, 32});
    const auto sharp = torch::rand({1, 3, 32, 32});

    const auto coarser = torch::rand({1, 3, 32, 32}) - 0.5;

    const auto lesson =
        lessonOf({.blurred = blurred, .sharp = sharp, .others = {coarser}}, restored);

    const double ofCoarser = 0.5 * (1 - share);
    const auto shown = blurred + share * (restored - blurred) + ofCoarser * coarser;
    const auto expected = ((shown - sharp) / 2).pow(2).mean().item<double>();
    const auto shares = torch::tensor({share, ofCoarser}, torch::kFloat32);
    const auto change = lesson.change.mean({0, 3, 4});
    const auto accord = lesson.accord.mean({0, 2, 3});
    const auto told = lesson.error + shares.dot(change.matmul(shares)) - 2 * shares.dot(accord);
    QVERIFY(std::abs(told.item<double>() - expected) < 1e-6);
}

void TestGateTrainer::learnsWhereAChangeGains()
{
    const auto lessons = goodAndBad();
    GateTrainer trainer(tinyOptions(), lessons);

    for (int i = 0; i < 60; ++i)
        trainer.step();

    const auto shares = trainer.gate()->shares(lessons.features).mean({1, 2, 3});
    QVERIFY2(shares[0].item<double>() > 0.9, qPrintable(QString::number(shares[0].item<double>())));
    QVERIFY2(shares[1].item<double>() < 0.1, qPrintable(QString::number(shares[1].item<double>())));
}

void TestGateTrainer::learnsAtWhichScaleAChangeGains()
{
    const auto lessons = eachAtItsScale();
    GateTrainer trainer(tinyOptions(2), lessons);

    for (int i = 0; i < 120; ++i)
        trainer.step();

    const auto shares = trainer.gate()->shares(lessons.features).mean({2, 3});
    const auto expected = torch::eye(2);
    const auto off = (shares - expected).abs().max().item<double>();
    QVERIFY2(off < 0.1, qPrintable(QString::number(off)));
}

void TestGateTrainer::repeatsItselfToTheBit()
{
    GateTrainer first(tinyOptions(), goodAndBad());
    GateTrainer second(tinyOptions(), goodAndBad());

    for (int i = 0; i < 5; ++i)
        QCOMPARE(first.step(), second.step());

    const auto left = first.gate()->parameters();
    const auto right = second.gate()->parameters();
    for (std::size_t i = 0; i < left.size(); ++i)
        QVERIFY(torch::equal(left[i], right[i]));
}

void TestGateTrainer::answersAreNotRandomBetweenSteps()
{
    const auto lessons = goodAndBad();
    GateTrainer trainer(tinyOptions(), lessons);
    trainer.step();

    const auto once = trainer.gate()->shares(lessons.features);

    QVERIFY(torch::equal(trainer.gate()->shares(lessons.features), once));
}

void TestGateTrainer::lessonsSurviveTheirFile()
{
    const QTemporaryDir folder;
    const std::filesystem::path path =
        folder.filePath(QStringLiteral("lessons.safetensors")).toStdString();
    const auto lessons = goodAndBad();
    QVERIFY(writeLessons(lessons, path, "a model"));

    const auto read = readLessons(path, "a model");

    QVERIFY(read);
    QVERIFY(torch::equal(read->features, lessons.features));
    QVERIFY(torch::equal(read->accord, lessons.accord));
    QVERIFY(torch::equal(read->kind, lessons.kind));
}

void TestGateTrainer::refusesLessonsOfAnotherSource()
{
    const QTemporaryDir folder;
    const std::filesystem::path path =
        folder.filePath(QStringLiteral("lessons.safetensors")).toStdString();
    QVERIFY(writeLessons(goodAndBad(), path, "a model"));

    const auto read = readLessons(path, "another model");

    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidRequest);
}

QTEST_APPLESS_MAIN(TestGateTrainer)
#include "tst_gate_trainer.moc"
