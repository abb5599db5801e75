// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/contender.h"
#include "core/evaluation/picture.h"
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

private:
    QTemporaryDir temporary_;

    /// A folder with a tiny model of random weights.
    std::filesystem::path installedModels()
    {
        const std::filesystem::path models = temporary_.path().toStdString();
        if (!exists(models / "catalog.json"))
            tests::installModel(tests::randomModel(tests::tinyConfig()), models);
        return models;
    }

private Q_SLOTS:
    void eachMethodRunsOnceForEachNumberOfSteps()
    {
        const auto found = contendersOf(options({"msg", "unsharp"}, {1, 6}));

        QVERIFY(found);
        QCOMPARE(found->size(), std::size_t{3});
        QCOMPARE((*found)[0].name, std::string("msg, 1 step"));
        QCOMPARE((*found)[1].name, std::string("msg, 6 steps"));
        QCOMPARE((*found)[2].name, std::string("unsharp mask, sigma 1.5"));
        QVERIFY((*found)[1].drawsNoise && !(*found)[2].drawsNoise);
    }

    void eachStrengthIsAContenderOfItsOwn()
    {
        auto own = options({"msg", "unsharp"}, {1});
        own.strengths = {1.0, 0.5};

        const auto found = contendersOf(own);

        QCOMPARE(found->size(), std::size_t{3});
        QCOMPARE((*found)[1].name, std::string("msg, 1 step, strength 0.5"));
    }

    void namesSayWhoIsToldTheKernel()
    {
        const auto found = contendersOf(options({"rl:3", "oracle-rl", "oracle-wiener", "gmic"}));

        QCOMPARE((*found)[0].name, std::string("Richardson–Lucy, sigma 3"));
        QCOMPARE((*found)[1].name, std::string("Richardson–Lucy, oracle"));
        QCOMPARE((*found)[2].name, std::string("Wiener, oracle"));
        QVERIFY((*found)[3].optional && !(*found)[2].optional);
    }

    void withoutOracleTheKernelIsNotLookedAt()
    {
        const auto found = contendersOf(options({"rl", "unsharp:2"}));
        const auto picture = tests::scene(64);

        for (const auto& contender : *found)
            QVERIFY(contender.restore({.blurred = picture, .known = std::nullopt}));
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
        auto blind = options({"oracle-wiener"});
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

    void aFurtherStrengthIsABlendOfTheSameRestoration()
    {
        auto own = options({"msg"}, {1});
        own.models = installedModels();
        own.strengths = {1.0, 0.5, 0.0};
        const auto found = contendersOf(own);
        const Puzzle puzzle{.blurred = exported(tests::scene(64))};

        const auto whole = *(*found)[0].restore(puzzle);
        const auto half = *(*found)[1].restore(puzzle);
        const auto none = *(*found)[2].restore(puzzle);

        // As an export: whole gray levels, and what is not changed comes back exactly.
        QVERIFY(torch::equal(exported(whole), whole));
        QVERIFY(torch::equal(none, puzzle.blurred));
        QVERIFY((half - (whole + none) / 2.0).abs().max().item<double>() < 1.01 / 255.0);
    }

    void anotherPictureIsRestoredAnew()
    {
        auto own = options({"msg"}, {1});
        own.models = installedModels();
        const auto contender = contendersOf(own)->front();

        const auto first = *contender.restore({.blurred = tests::scene(64, 1)});
        const auto second = *contender.restore({.blurred = tests::scene(64, 2)});

        QVERIFY(!torch::allclose(first, second, 1e-2, 1e-2));
    }

    void restoresThroughTheProgramsRunner()
    {
        auto own = options({"msg"}, {2});
        own.models = installedModels();
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
