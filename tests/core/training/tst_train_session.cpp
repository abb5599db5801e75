// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/train_session.h"
#include "tests/core/training/cache_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

using namespace limpid;
using namespace limpid::training;

namespace {

constexpr std::int64_t stepsOfARun = 3; ///< Of the one that a workplace may have.

/// What happens to a learner at a step; 0: never.
struct Plot {
    std::int64_t interruptedAt = 0;
    std::int64_t divergedAt = 0;
};

/// What a session did with its learner.
struct Story {
    std::int64_t steps = 0;
    std::vector<std::int64_t> savedAt;
    int loaded = 0;
    int measured = 0;
    std::string progress;
    std::optional<Error> error; ///< Of the session.
};

/// Learns nothing, writes down what is asked of it, and has happen what the plot says.
class Scribe : public Learner {
public:
    Scribe(Story& story, std::atomic<bool>& interrupted, Plot plot)
        : story_(story), interrupted_(interrupted), plot_(plot)
    {}

    StepReport step() override
    {
        ++story_.steps;
        interrupted_ = story_.steps == plot_.interruptedAt;
        return {.loss = story_.steps == plot_.divergedAt ? std::nan("") : 0.5,
                .error = 0.3,
                .unchanged = 0.4};
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
        story_.steps = stepsOfARun;
        return {};
    }

    std::vector<NamedRestorer> restorers() override
    {
        ++story_.measured;
        return {{"nothing", onBlurred([](const torch::Tensor& picture) { return picture; })}};
    }

private:
    Story& story_;
    std::atomic<bool>& interrupted_;
    Plot plot_;
};

/// One photograph to learn from, one held apart, and a folder for runs.
class Workplace {
public:
    Workplace()
    {
        tests::writeCache(path_, {{"a.jpg", 64}, {"b.jpg", 256}});
        write("held.txt", "b.jpg\n");
    }

    SessionOptions session() const
    {
        return {.photos = path_ / "photos.safetensors",
                .validation = path_ / "held.txt",
                .out = path_ / "run",
                .threads = 1};
    }

    void write(const char* file, const std::string& content) const
    {
        std::filesystem::create_directories(session().out);
        std::ofstream(path_ / file) << content;
    }

    std::string read(const char* file) const
    {
        std::ifstream stream(path_ / file);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    /// A file that may be opened, but holds nothing.
    void fillTheDiskOf(const char* file) const
    {
        std::filesystem::create_directories(session().out);
        std::filesystem::create_symlink("/dev/full", path_ / file);
    }

    void leaveARun() const { write("run/state.pt", "hours of work"); }

private:
    QTemporaryDir folder_;
    std::filesystem::path path_ = folder_.path().toStdString();
};

using Meanwhile = std::function<void()>;

Story storyOf(const SessionOptions& session, Plot plot = {}, const Meanwhile& meanwhile = {})
{
    Story story;
    std::atomic<bool> interrupted{false};
    std::ostringstream progress;
    const auto makeScribe = [&](const PhotoCache& /*photos*/) -> Result<std::unique_ptr<Learner>> {
        if (meanwhile)
            meanwhile();
        return std::make_unique<Scribe>(story, interrupted, plot);
    };
    const auto result = runSession(session, makeScribe, {}, progress, interrupted);
    if (!result)
        story.error = result.error();
    story.progress = progress.str();
    return story;
}

std::set<std::filesystem::path> filesIn(const std::filesystem::path& folder)
{
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files.insert(entry.path());
    return files;
}

bool contains(const std::string& text, const char* part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class TestTrainSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { place_.emplace(); }
    void endsSavedAndMeasured();
    void savesAndLeavesWhenInterrupted();
    void refusesToBeginWhereARunIs_data();
    void refusesToBeginWhereARunIs();
    void goesOnWithARunWhenAsked();
    void withoutAMinuteMeasuresAndSavesNothing();
    void measuresNoRunWhereNoneIs();
    void stopsUnsavedWhenTheLossIsNoLongerFinite();
    void saysWhichStateIsKept();
    void oneSessionAtATimeWritesIntoAFolder();
    void whatAKilledSessionLeftIsInNobodysWay();
    void refusesAFolderThatIsNoneBeforeItLearns();
    void tablesThatCannotBeWrittenAreAnError();
    void aLogThatCannotBeWrittenIsAnErrorOfASavedRun();
    void logsWhatAShortRunDidOnce();
    void saysWhichNamesAreOfNoPhotograph();

private:
    std::optional<Workplace> place_;
};

void TestTrainSession::endsSavedAndMeasured()
{
    const auto story = storyOf(place_->session());

    QVERIFY(!story.error);
    QCOMPARE(story.steps, 10);
    QCOMPARE(story.savedAt, std::vector<std::int64_t>{10});
    QCOMPARE(story.measured, 1);
}

void TestTrainSession::savesAndLeavesWhenInterrupted()
{
    const auto story = storyOf(place_->session(), {.interruptedAt = 4});

    QVERIFY(!story.error);
    QCOMPARE(story.steps, 4);
    QCOMPARE(story.savedAt, std::vector<std::int64_t>{4});
    QCOMPARE(story.measured, 0); // who presses Ctrl+C does not wait for tables
    QVERIFY(contains(place_->read("run/log.tsv"), "4\t"));
}

void TestTrainSession::refusesToBeginWhereARunIs_data()
{
    QTest::addColumn<double>("minutes");
    QTest::newRow("to learn") << 1.0;
    QTest::newRow("to measure what has not learned anything") << 0.0;
}

void TestTrainSession::refusesToBeginWhereARunIs()
{
    QFETCH(const double, minutes);
    place_->leaveARun();
    auto session = place_->session();
    session.minutes = minutes;

    const auto story = storyOf(session);

    QVERIFY(story.error);
    QCOMPARE(story.error->code, ErrorCode::InvalidRequest);
    QCOMPARE(story.error->path, session.out);
    QVERIFY(contains(story.error->detail, "--resume"));
    QCOMPARE(story.measured, 0);
}

void TestTrainSession::goesOnWithARunWhenAsked()
{
    place_->leaveARun();
    auto session = place_->session();
    session.resume = true;

    const auto story = storyOf(session);

    QVERIFY(!story.error);
    QCOMPARE(story.loaded, 1);
    QCOMPARE(story.savedAt, std::vector<std::int64_t>{10});
}

void TestTrainSession::withoutAMinuteMeasuresAndSavesNothing()
{
    place_->leaveARun();
    auto session = place_->session();
    session.minutes = 0.0;
    session.resume = true;

    const auto story = storyOf(session);

    QVERIFY(!story.error);
    QCOMPARE(story.steps, stepsOfARun);
    QVERIFY(story.savedAt.empty());
    QCOMPARE(story.measured, 1);
    QVERIFY(contains(place_->read("run/validation.md"), "step 3, nothing"));
}

void TestTrainSession::measuresNoRunWhereNoneIs()
{
    auto session = place_->session();
    session.minutes = 0.0;
    session.resume = true;

    const auto story = storyOf(session);

    QVERIFY(story.error);
    QCOMPARE(story.error->code, ErrorCode::FileNotFound);
    QCOMPARE(story.measured, 0);
}

void TestTrainSession::stopsUnsavedWhenTheLossIsNoLongerFinite()
{
    const auto story = storyOf(place_->session(), {.divergedAt = 7});

    QVERIFY(story.error);
    QCOMPARE(story.steps, 7);
    QVERIFY(story.savedAt.empty());
    QCOMPARE(story.measured, 0);
    QVERIFY(contains(story.error->detail, "step 7"));
    QVERIFY(contains(story.error->detail, "--learning-rate"));
    QVERIFY(place_->read("run/log.tsv").starts_with("6\t")); // the last that was finite
}

void TestTrainSession::saysWhichStateIsKept()
{
    place_->leaveARun();
    auto session = place_->session();
    session.resume = true;

    const auto story = storyOf(session, {.divergedAt = 7});

    QVERIFY(story.error);
    QVERIFY(contains(story.error->detail, "the state of step 3 is kept"));
    QVERIFY(story.savedAt.empty());
}

void TestTrainSession::oneSessionAtATimeWritesIntoAFolder()
{
    Story second;
    const auto first = storyOf(place_->session(), {}, [&] { second = storyOf(place_->session()); });

    QVERIFY(!first.error);
    QVERIFY(second.error);
    QCOMPARE(second.error->code, ErrorCode::InvalidRequest);
    QCOMPARE(second.error->path, place_->session().out);
    QCOMPARE(second.steps, 0);
    QCOMPARE(first.steps, 10);
}

void TestTrainSession::whatAKilledSessionLeftIsInNobodysWay()
{
    const auto folder = place_->session().out;
    std::set<std::filesystem::path> during;
    storyOf(place_->session(), {}, [&] { during = filesIn(folder); });
    const auto after = filesIn(folder);
    int left = 0;
    for (const auto& file : during) {
        if (after.contains(file))
            continue;
        std::ofstream(file).close();
        ++left;
    }

    QVERIFY(left > 0); // or nothing says that a session is under way
    QVERIFY(!storyOf(place_->session()).error);
}

void TestTrainSession::refusesAFolderThatIsNoneBeforeItLearns()
{
    place_->write("file", "");
    auto session = place_->session();
    session.out = session.photos.parent_path() / "file";

    const auto story = storyOf(session);

    QVERIFY(story.error);
    QCOMPARE(story.error->code, ErrorCode::FileUnwritable);
    QCOMPARE(story.error->path, session.out);
    QCOMPARE(story.steps, 0);
}

void TestTrainSession::tablesThatCannotBeWrittenAreAnError()
{
    place_->fillTheDiskOf("run/validation.md");
    auto session = place_->session();
    session.minutes = 0.0;

    const auto story = storyOf(session);

    QVERIFY(story.error);
    QCOMPARE(story.error->code, ErrorCode::FileUnwritable);
    QCOMPARE(story.error->path.filename(), std::filesystem::path("validation.md"));
}

void TestTrainSession::aLogThatCannotBeWrittenIsAnErrorOfASavedRun()
{
    place_->fillTheDiskOf("run/log.tsv");

    const auto story = storyOf(place_->session());

    QVERIFY(story.error);
    QCOMPARE(story.error->path.filename(), std::filesystem::path("log.tsv"));
    QCOMPARE(story.savedAt, std::vector<std::int64_t>{10});
}

void TestTrainSession::logsWhatAShortRunDidOnce()
{
    storyOf(place_->session());
    const auto logged = place_->read("run/log.tsv");
    place_->leaveARun();
    auto session = place_->session();
    session.resume = true;
    session.minutes = 0.0;
    storyOf(session);

    QCOMPARE(std::count(logged.begin(), logged.end(), '\n'), 1);
    QVERIFY(logged.starts_with("10\t"));
    QVERIFY(contains(logged, "\t0.5\t0.75\n")); // the means over all ten steps
    QCOMPARE(place_->read("run/log.tsv"), logged);
}

void TestTrainSession::saysWhichNamesAreOfNoPhotograph()
{
    place_->write("held.txt", "v.jpg\nb.jpg\nw.jpg\r\nx.jpg\ny.jpg\n");

    const auto story = storyOf(place_->session());

    QVERIFY(!story.error);
    QVERIFY(contains(story.progress, "held.txt: 4 of 5 names"));
    QVERIFY(contains(story.progress, "v.jpg, w.jpg, x.jpg, …\n"));
    QVERIFY(!contains(story.progress, "y.jpg"));
}

QTEST_APPLESS_MAIN(TestTrainSession)
#include "tst_train_session.moc"
