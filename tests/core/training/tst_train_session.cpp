// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/train_session.h"
#include "tests/core/training/cache_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <optional>
#include <sstream>

using namespace limpid;
using namespace limpid::training;

namespace {

/// What a session did with its learner.
struct Story {
    std::int64_t steps = 0;
    std::vector<std::int64_t> savedAt;
    int loaded = 0;
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

    Result<void> load(const std::filesystem::path& /*path*/) override
    {
        ++story_.loaded;
        return {};
    }

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

/// One photograph to learn from, one held apart, and a folder for runs.
class Workplace {
public:
    Workplace()
    {
        tests::writeCache(path_, {{"a.jpg", 64}, {"b.jpg", 64}});
        std::ofstream(path_ / "held.txt") << "b.jpg\n";
    }

    SessionOptions session() const
    {
        return {.photos = path_ / "photos.safetensors",
                .validation = path_ / "held.txt",
                .out = path_ / "run",
                .threads = 1};
    }

    void leaveARun() const
    {
        std::filesystem::create_directories(session().out);
        std::ofstream(session().out / "state.pt") << "hours of work";
    }

private:
    QTemporaryDir folder_;
    std::filesystem::path path_ = folder_.path().toStdString();
};

/// A session whose learner is interrupted at a step (0: never).
Result<Story> storyOf(const SessionOptions& session, std::int64_t interruptedAt = 0)
{
    Story story;
    std::atomic<bool> interrupted{false};
    std::ostringstream progress;
    const auto makeScribe = [&](const PhotoCache& /*photos*/) -> Result<std::unique_ptr<Learner>> {
        return std::make_unique<Scribe>(story, interrupted, interruptedAt);
    };
    return runSession(session, makeScribe, {}, progress, interrupted).map([&story] {
        return story;
    });
}

} // namespace

class TestTrainSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { place_.emplace(); }
    void endsSavedAndMeasured();
    void savesAndLeavesWhenInterrupted();
    void refusesToBeginWhereARunIs();
    void goesOnWithARunWhenAsked();
    void withoutAMinuteMeasuresAndSavesNothing();

private:
    std::optional<Workplace> place_;
};

void TestTrainSession::endsSavedAndMeasured()
{
    const auto story = storyOf(place_->session());

    QVERIFY(story);
    QCOMPARE(story->steps, 10);
    QCOMPARE(story->savedAt, std::vector<std::int64_t>{10});
    QCOMPARE(story->measured, 1);
}

void TestTrainSession::savesAndLeavesWhenInterrupted()
{
    const auto story = storyOf(place_->session(), 4);

    QVERIFY(story);
    QCOMPARE(story->steps, 4);
    QCOMPARE(story->savedAt, std::vector<std::int64_t>{4});
    QCOMPARE(story->measured, 0); // who presses Ctrl+C does not wait for tables
}

void TestTrainSession::refusesToBeginWhereARunIs()
{
    place_->leaveARun();

    const auto story = storyOf(place_->session());

    QVERIFY(!story);
    QCOMPARE(story.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(story.error().path, place_->session().out);
    QVERIFY(story.error().detail.find("--resume") != std::string::npos);
}

void TestTrainSession::goesOnWithARunWhenAsked()
{
    place_->leaveARun();
    auto session = place_->session();
    session.resume = true;

    const auto story = storyOf(session);

    QVERIFY(story);
    QCOMPARE(story->loaded, 1);
    QCOMPARE(story->savedAt, std::vector<std::int64_t>{10});
}

void TestTrainSession::withoutAMinuteMeasuresAndSavesNothing()
{
    place_->leaveARun();
    auto session = place_->session();
    session.minutes = 0.0;

    const auto story = storyOf(session);

    QVERIFY(story);
    QCOMPARE(story->steps, 0);
    QVERIFY(story->savedAt.empty());
    QCOMPARE(story->measured, 1);
}

QTEST_APPLESS_MAIN(TestTrainSession)
#include "tst_train_session.moc"
