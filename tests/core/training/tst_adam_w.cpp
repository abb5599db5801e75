// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/adam_w.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <torch/utils.h>

using namespace limpid::training;

namespace {

/// Two parameters of different shapes, the same every time.
std::vector<torch::Tensor> parameters()
{
    torch::manual_seed(9);
    return {torch::randn({5, 3}).set_requires_grad(true),
            torch::randn({7}).set_requires_grad(true)};
}

template<class Step>
void descend(std::vector<torch::Tensor>& parameters, int steps, const Step& step)
{
    for (int i = 0; i < steps; ++i) {
        for (auto& parameter : parameters) {
            parameter.mutable_grad().reset();
            (parameter - 0.5).pow(4).sum().backward();
        }
        step();
    }
}

bool close(const std::vector<torch::Tensor>& a, const std::vector<torch::Tensor>& b)
{
    return torch::allclose(a[0], b[0], 1e-5, 1e-6) && torch::allclose(a[1], b[1], 1e-5, 1e-6);
}

} // namespace

class TestAdamW : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void movesAsLibTorchsOwn()
    {
        auto ours = parameters();
        auto theirs = parameters();
        AdamW fused(ours, {.weightDecay = 0.1});
        torch::optim::AdamW reference(
            theirs, torch::optim::AdamWOptions(0.02).betas({0.9, 0.99}).weight_decay(0.1));

        descend(ours, 10, [&] { fused.step(0.02); });
        descend(theirs, 10, [&] { reference.step(); });

        QVERIFY(close(ours, theirs));
        QVERIFY(!close(ours, parameters()));
    }

    void leavesParametersWithoutAGradientAlone()
    {
        auto all = parameters();
        AdamW optimizer(all);

        all[0].square().sum().backward();
        optimizer.step(0.1);

        QVERIFY(torch::equal(all[1], parameters()[1]));
        QVERIFY(!torch::equal(all[0], parameters()[0]));
    }

    void goesOnFromWhatItSaved()
    {
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("state")).toStdString();
        auto unbroken = parameters();
        AdamW whole(unbroken);
        descend(unbroken, 6, [&] { whole.step(0.02); });

        auto resumed = parameters();
        AdamW first(resumed);
        descend(resumed, 3, [&] { first.step(0.02); });
        torch::serialize::OutputArchive written;
        first.save(written);
        written.save_to(file);
        torch::serialize::InputArchive read;
        read.load_from(file);
        AdamW second(resumed);
        second.load(read);
        descend(resumed, 3, [&] { second.step(0.02); });

        QVERIFY(torch::equal(resumed[0], unbroken[0]));
        QVERIFY(torch::equal(resumed[1], unbroken[1]));
    }
};

QTEST_APPLESS_MAIN(TestAdamW)
#include "tst_adam_w.moc"
