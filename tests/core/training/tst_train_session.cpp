// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/train_session.h"
#include "tests/core/training/cache_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sstream>

using namespace limpid;
using namespace limpid::training;

namespace {

/// What a session did with its learner.
struct Story {
    std::int64_t steps = 0;
    std::vector<std::int64_t> savedAt;
    int measured = 0;
};

/// Learns nothing, writes down what is asked of it, and may have itself interrupted.
class Scribe : public Learner {
public:
    Scribe(Story& story, std::atomic<bool>& interrupted, std::int64_t interruptedAt)
        : story_(story), interrupted_(interrupted), interruptedAt_(interruptedAt)
    {}

    StepReport step() override
    {
        ++story_.steps;
        interrupted_ = story_.steps == interruptedAt_;
        return {};
    }

    torch::Device device() const override { return torch::kCPU; }
    std::int64_t stepsDone() const override { return story_.steps; }
    bool isFinished() const override { return story_.steps == 10; }

    Result<void> save(const std::filesystem::path& /*path*/) override
    {
        story_.savedAt.push_back(story_.steps);
        return {};
    }

    Result<void> load(const std::filesystem::path& /*path*/) override { return {}; }

    std::vector<NamedRestorer> restorers() override
    {
        ++story_.measured;
        return {};
    }

private:
    Story& story_;
    std::atomic<bool>& interrupted_;
    std::int64_t interruptedAt_;
};

/// A session whose learner is interrupted at a step (0: never).
Story storyOf(std::int64_t interruptedAt)
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    const auto photos = tests::writeCache(path, {{"a.jpg", 64}, {"b.jpg", 64}});
    std::ofstream(path / "held.txt") << "b.jpg\n";

    Story story;
    std::atomic<bool> interrupted{false};
    std::ostringstream progress;
    const auto makeScribe = [&](const PhotoCache& /*photos*/) -> Result<std::unique_ptr<Learner>> {
        return std::make_unique<Scribe>(story, interrupted, interruptedAt);
    };
    const auto ended = runSession(
        {.photos = photos, .validation = path / "held.txt", .out = path / "run", .threads = 1},
        makeScribe, {}, progress, interrupted);
    if (!ended)
        throw std::runtime_error(ended.error().detail);
    return story;
}

} // namespace

class TestTrainSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsSavedAndMeasured();
    void savesAndLeavesWhenInterrupted();
};

void TestTrainSession::endsSavedAndMeasured()
{
    const auto story = storyOf(0);

    QCOMPARE(story.steps, 10);
    QCOMPARE(story.savedAt, std::vector<std::int64_t>{10});
    QCOMPARE(story.measured, 1);
}

void TestTrainSession::savesAndLeavesWhenInterrupted()
{
    const auto story = storyOf(4);

    QCOMPARE(story.steps, 4);
    QCOMPARE(story.savedAt, std::vector<std::int64_t>{4});
    QCOMPARE(story.measured, 0); // who presses Ctrl+C does not wait for tables
}

QTEST_APPLESS_MAIN(TestTrainSession)
#include "tst_train_session.moc"
