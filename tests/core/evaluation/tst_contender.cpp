// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/contender.h"
#include "tests/core/evaluation/scenes.h"
#include "tests/support/tiny_msg.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace limpid;
using namespace limpid::evaluation;

namespace {

ContenderOptions options(std::vector<std::string> methods, std::vector<int> steps = {})
{
    return {.methods = std::move(methods),
            .steps = std::move(steps),
            .models = "/nowhere",
            .kernelKnown = true};
}

} // namespace

class TestContender : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachMethodRunsOnceForEachNumberOfSteps()
    {
        const auto found = contendersOf(options({"msg", "unsharp"}, {1, 6}));

        QVERIFY(found);
        QCOMPARE(found->size(), std::size_t{3});
        QCOMPARE((*found)[0].name, std::string("msg, 1 step"));
        QCOMPARE((*found)[1].name, std::string("msg, 6 steps"));
        QCOMPARE((*found)[2].name, std::string("unsharp"));
        QVERIFY((*found)[1].drawsNoise && !(*found)[2].drawsNoise);
    }

    void refusesWhatItDoesNotKnow()
    {
        const auto found = contendersOf(options({"magic"}));

        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::InvalidRequest);
        QVERIFY(found.error().detail.find("'magic'") != std::string::npos);
    }

    void refusesStepsThatAMethodDoesNotHave()
    {
        QCOMPARE(contendersOf(options({"msg"}, {0})).error().code, ErrorCode::InvalidRequest);
    }

    void refusesTheOraclesWithoutAKernel()
    {
        auto blind = options({"wiener"});
        blind.kernelKnown = false;

        QCOMPARE(contendersOf(blind).error().code, ErrorCode::InvalidRequest);
    }

    void aMissingModelIsAnErrorOfTheRun()
    {
        const auto found = contendersOf(options({"msg"}, {1}));

        const auto output = found->front().restore({.blurred = tests::scene(64)});

        QVERIFY(!output);
        QCOMPARE(output.error().code, ErrorCode::ModelMissing);
    }

    void restoresThroughTheProgramsRunner()
    {
        const QTemporaryDir folder;
        const std::filesystem::path models = folder.path().toStdString();
        tests::installModel(tests::randomModel(tests::tinyConfig()), models);
        auto own = options({"msg"}, {2});
        own.models = models;
        const auto contender = contendersOf(own)->front();
        const Puzzle puzzle{.blurred = tests::scene(64)};

        const auto once = contender.restore(puzzle);
        const auto again = contender.restore(puzzle);

        QVERIFY(once);
        QCOMPARE(once->sizes(), puzzle.blurred.sizes());
        QVERIFY(torch::equal(*once, *again));
        QVERIFY(!torch::allclose(*once, puzzle.blurred, 1e-3, 1e-3));
    }
};

QTEST_APPLESS_MAIN(TestContender)
#include "tst_contender.moc"
