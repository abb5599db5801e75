// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/own_answers.h"

#include <QtTest/QtTest>

using namespace limpid;
using namespace limpid::training;

namespace {

/// Pure noise, little noise, pure noise, little noise.
torch::Tensor mixedLevels()
{
    return torch::tensor({0.0, 0.9, 0.0, 0.99}).view({-1, 1, 1, 1});
}

/// Answers one, where the truth is zero.
torch::Tensor ones(const torch::Tensor& indices)
{
    return torch::ones({indices.size(0), 3, 4, 4});
}

} // namespace

class TestOwnAnswers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyWhatIsNoisedIsReplaced()
    {
        torch::Tensor asked;
        const auto sampled =
            ownAnswersWhereNoised(truth_, mixedLevels(), [&asked](const torch::Tensor& indices) {
                asked = indices;
                return ones(indices);
            });

        QVERIFY(torch::equal(asked, torch::tensor({1, 3})));
        for (const int kept : {0, 2})
            QVERIFY(torch::equal(sampled[kept], truth_[kept]));
        for (const int noised : {1, 3})
            QVERIFY((sampled[noised] == 1.0).all().item<bool>());
    }

    void learnsNothingWhileAnswering()
    {
        const auto weight = torch::ones({1}, torch::requires_grad());

        const auto sampled =
            ownAnswersWhereNoised(truth_, mixedLevels(), [&weight](const torch::Tensor& indices) {
                return weight * ones(indices);
            });

        QVERIFY(!sampled.requires_grad());
    }

    void doesNotAskInVain()
    {
        bool asked = false;

        const auto sampled = ownAnswersWhereNoised(truth_, torch::zeros({4, 1, 1, 1}),
                                                   [&asked](const torch::Tensor& indices) {
                                                       asked = true;
                                                       return ones(indices);
                                                   });

        QVERIFY(!asked);
        QVERIFY(torch::equal(sampled, truth_));
    }

private:
    torch::Tensor truth_ = torch::zeros({4, 3, 4, 4});
};

QTEST_APPLESS_MAIN(TestOwnAnswers)
#include "tst_own_answers.moc"
