// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/own_answers.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace limpid;
using namespace limpid::training;

namespace {

/// Pure noise, little noise, pure noise, little noise.
torch::Tensor mixedLevels()
{
    return torch::tensor({0.0, 0.9, 0.0, 0.99}).view({-1, 1, 1, 1});
}

torch::Tensor filled(const torch::Tensor& indices, double value)
{
    return torch::full({indices.size(0), 3, 4, 4}, value);
}

/// Answers one where the truth is zero, then three.
OwnPath oneThenThree()
{
    return {.first = [](const torch::Tensor& indices) { return filled(indices, 1.0); },
            .next =
                [](const torch::Tensor& indices, const torch::Tensor& clean) {
                    return clean + filled(indices, 2.0);
                }};
}

} // namespace

class TestOwnAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatIsNoisedIsReplaced()
    {
        torch::Tensor asked;
        auto path = oneThenThree();
        path.first = [&asked](const torch::Tensor& indices) {
            asked = indices;
            return filled(indices, 1.0);
        };

        const auto sampled = ownAnswersWhereNoised(truth_, mixedLevels(), Dice(1, 2), path);

        QVERIFY(torch::equal(asked, torch::tensor({1, 3})));
        for (const int kept : {0, 2})
            QVERIFY(torch::equal(sampled[kept], truth_[kept]));
        for (const int noised : {1, 3})
            QVERIFY((sampled[noised] >= 1.0).all().item<bool>());
    }

    void liesAnywhereBetweenTheFirstAnswerAndTheNext()
    {
        double least = 3.0;
        double most = 1.0;
        for (std::uint64_t step = 0; step < 50; ++step) {
            const auto sampled =
                ownAnswersWhereNoised(truth_, mixedLevels(), Dice(1, step), oneThenThree())[1];
            QVERIFY((sampled == sampled[0][0][0]).all().item<bool>());
            least = std::min(least, sampled.min().item<double>());
            most = std::max(most, sampled.max().item<double>());
        }

        QVERIFY(least >= 1.0 && least < 1.2);
        QVERIFY(most <= 3.0 && most > 2.8);
    }

    void learnsNothingWhileAnswering()
    {
        const auto weight = torch::ones({1}, torch::requires_grad());
        auto path = oneThenThree();
        path.first = [&weight](const torch::Tensor& indices) {
            return weight * filled(indices, 1.0);
        };

        QVERIFY(!ownAnswersWhereNoised(truth_, mixedLevels(), Dice(1, 2), path).requires_grad());
    }

    void doesNotAskInVain()
    {
        bool asked = false;
        auto path = oneThenThree();
        path.first = [&asked](const torch::Tensor& indices) {
            asked = true;
            return filled(indices, 1.0);
        };

        const auto sampled =
            ownAnswersWhereNoised(truth_, torch::zeros({4, 1, 1, 1}), Dice(1, 2), path);

        QVERIFY(!asked);
        QVERIFY(torch::equal(sampled, truth_));
    }

private:
    torch::Tensor truth_ = torch::zeros({4, 3, 4, 4});
};

QTEST_APPLESS_MAIN(TestOwnAnswers)
#include "tst_own_answers.moc"
