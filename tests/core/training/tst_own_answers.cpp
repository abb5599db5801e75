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
    void onlyWhatIsNoisedMoves()
    {
        torch::Tensor asked;
        const auto sampled = towardsOwnAnswers(truth_, mixedLevels(), 1.0, Dice(1, 2),
                                               [&asked](const torch::Tensor& indices) {
                                                   asked = indices;
                                                   return ones(indices);
                                               });

        QVERIFY(torch::equal(asked, torch::tensor({1, 3})));
        QVERIFY(torch::equal(sampled[0], truth_[0]) && torch::equal(sampled[2], truth_[2]));
        for (const int noised : {1, 3}) {
            const auto share = sampled[noised][0][0][0].item<double>();
            QVERIFY(share > 0.0 && share < 1.0);
            QVERIFY((sampled[noised] == share).all().item<bool>());
        }
    }

    void movesNoFartherThanAsked()
    {
        for (std::uint64_t step = 0; step < 50; ++step)
            QVERIFY(towardsOwnAnswers(truth_, mixedLevels(), 0.25, Dice(1, step), ones)
                        .max()
                        .item<double>() <= 0.25);
    }

    void doesNotAskInVain_data()
    {
        QTest::addColumn<double>("most");
        QTest::addColumn<double>("alpha");
        QTest::newRow("the truth is wanted") << 0.0 << 0.9;
        QTest::newRow("nothing is noised") << 1.0 << 0.0;
    }

    void doesNotAskInVain()
    {
        QFETCH(const double, most);
        QFETCH(const double, alpha);
        bool asked = false;

        const auto sampled = towardsOwnAnswers(truth_, torch::full({4, 1, 1, 1}, alpha), most,
                                               Dice(1, 2), [&asked](const torch::Tensor& indices) {
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
