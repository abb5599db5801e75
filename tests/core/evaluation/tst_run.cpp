// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/experiments.h"
#include "core/image/photo_reader.h"
#include "core/training/picture_file.h"
#include "tests/core/evaluation/scenes.h"
#include "tests/support/fresh_folder.h"

#include <QRegularExpression>
#include <QtTest/QtTest>

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

using namespace limpid;
using namespace limpid::evaluation;
using tests::scene;

namespace {

namespace fs = std::filesystem;

void writePicture(const fs::path& path, std::int64_t side = 64)
{
    fs::create_directories(path.parent_path());
    if (!training::writePicture(scene(side), path))
        throw std::runtime_error("cannot write " + path.string());
}

/// A photograph of which only the first half arrived.
void writeDamaged(const fs::path& path)
{
    writePicture(path);
    fs::resize_file(path, fs::file_size(path) / 2);
}

/// Fails with the second picture: as methods do, or by an exception.
Contender failingSecond(const QString& what)
{
    return {.name = "failing",
            .restore = [=, seen = std::make_shared<int>(0)](
                           const Puzzle& puzzle) -> Result<torch::Tensor> {
                if (++*seen < 2)
                    return puzzle.blurred;
                if (what == QStringLiteral("exception"))
                    throw std::runtime_error("no reason\nwhere it was thrown");
                if (what == QStringLiteral("memory"))
                    TORCH_CHECK(false, "DefaultCPUAllocator: can't allocate memory");
                return fail(ErrorCode::ModelDamaged, "a weight is missing", "model.safetensors");
            }};
}

/// While it lives, and is full, every allocation of LibTorch's on the processor fails.
class FullMemory : public c10::Allocator {
public:
    FullMemory() { c10::SetCPUAllocator(this); }
    ~FullMemory() override { c10::SetCPUAllocator(real_); }

    c10::DataPtr allocate(std::size_t bytes) override
    {
        TORCH_CHECK(!isFull, "DefaultCPUAllocator: can't allocate memory");
        return real_->allocate(bytes);
    }
    void copy_data(void* target, const void* source, std::size_t bytes) const override
    {
        default_copy_data(target, source, bytes);
    }

    bool isFull = false;

private:
    c10::Allocator* real_ = c10::GetCPUAllocator();
};

} // namespace

/// What an experiment leaves out, keeps when it ends early, and says of its progress.
class TestRun : public QObject, private tests::FreshFolder {
    Q_OBJECT

private:
    std::ostringstream progress_;
    std::vector<fs::path> leftOut_;
    std::vector<std::string> events_; ///< In order: "left out", "measured".
    std::vector<Sample> saved_;
    RunControl control_{.progress = progress_};
    std::vector<Contender> contenders_{{.name = "noted", .restore = [this](const Puzzle& puzzle) {
                                            events_.emplace_back("measured");
                                            return puzzle.blurred;
                                        }}};

    Result<std::vector<Sample>> blind(const std::vector<Contender>& contenders)
    {
        return runBlind({.photos = file("in"), .sheet = file("sheet.png")}, contenders, control_);
    }

    Result<std::vector<Sample>> pairs()
    {
        return runPairs({.blurred = file("blurred"), .sharp = file("sharp")}, contenders_,
                        control_);
    }

private Q_SLOTS:
    void init()
    {
        renew();
        progress_.str({});
        leftOut_.clear();
        events_.clear();
        saved_.clear();
        control_.saveEvery = std::chrono::seconds(30);
        control_.save = [this](const std::vector<Sample>& samples) -> Result<void> {
            saved_ = samples;
            return {};
        };
        control_.leaveOut = [this](const Error& why) {
            leftOut_.push_back(why.path);
            events_.emplace_back("left out");
        };
    }

    void aDamagedPhotographIsLeftOut()
    {
        writePicture(file("in/1.png"));
        writeDamaged(file("in/2.jpg"));
        writePicture(file("in/3.png"));

        const auto samples = blind(contenders_);

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{2 * 2});
        QCOMPARE(samples->back().photo, std::string("3"));
        QVERIFY(leftOut_ == std::vector{file("in/2.jpg")});
        QVERIFY(progress_.str().find("2 of 2: 3") != std::string::npos);
        QCOMPARE(image::readPhoto(file("sheet.png"))->size().height, 2 * (64 + 16) + 6);
    }

    void anUnpairedNameIsFoundBeforeTheFirstPicture()
    {
        writePicture(file("blurred/1.png"));
        writePicture(file("blurred/2.png"));
        writePicture(file("sharp/1.png"));

        const auto samples = pairs();

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{2});
        QVERIFY(leftOut_ == std::vector{file("blurred/2.png")});
        QVERIFY(events_ == (std::vector<std::string>{"left out", "measured"}));
    }

    void aPairThatCannotBeComparedIsLeftOut()
    {
        for (const char* name : {"blurred/1.png", "blurred/2.png", "blurred/3.png", "sharp/3.png"})
            writePicture(file(name));
        for (const char* name : {"blurred/0.png", "sharp/0.png"})
            writePicture(file(name), 8);
        writePicture(file("sharp/1.png"), 48);
        writeDamaged(file("sharp/2.png"));

        const auto samples = pairs();

        QVERIFY(samples);
        QCOMPARE(samples->front().photo, std::string("3"));
        QVERIFY(leftOut_ ==
                (std::vector{file("blurred/0.png"), file("blurred/1.png"), file("sharp/2.png")}));
    }

    void ofPhotographsToBlurTheSmallAndTheDamagedAreLeftOut()
    {
        writePicture(file("in/good.png"), 160);
        writePicture(file("in/small.png"), 96);
        writeDamaged(file("in/damaged.png"));
        std::ofstream(file("list.txt")) << "damaged.png\ngood.png\nsmall.png\n";

        const auto samples = runSynthetic(
            {.photos = file("in"), .validation = file("list.txt"), .side = 48}, {}, control_);

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{52});
        QVERIFY(leftOut_ == (std::vector{file("in/damaged.png"), file("in/small.png")}));
    }

    void memoryThatRunsOutWhileBlurringLosesNoFigures()
    {
        writePicture(file("in/1.png"), 160);
        std::ofstream(file("list.txt")) << "1.png\n";
        FullMemory memory;
        control_.saveEvery = std::chrono::seconds(0);
        control_.save = [&](const std::vector<Sample>& samples) -> Result<void> {
            memory.isFull = saved_.empty(); // from the end of the first picture
            saved_ = samples;
            return {};
        };

        const auto samples = runSynthetic(
            {.photos = file("in"), .validation = file("list.txt"), .side = 48}, {}, control_);

        QVERIFY(!samples);
        QCOMPARE(samples.error().code, ErrorCode::OutOfMemory);
        QCOMPARE(samples.error().path, file("in/1.png"));
        QCOMPARE(saved_.size(), std::size_t{1});
    }

    void aPhotographForWhichThereIsNoMemoryIsLeftOut()
    {
        for (const char* name : {"in/1.png", "in/2.png"})
            writePicture(file(name));
        FullMemory memory;
        control_.saveEvery = std::chrono::seconds(0);
        control_.save = [&](const std::vector<Sample>&) -> Result<void> {
            memory.isFull = true;
            return {};
        };
        control_.leaveOut = [&](const Error& why) {
            memory.isFull = false;
            QCOMPARE(why.code, ErrorCode::OutOfMemory);
            leftOut_.push_back(why.path);
        };

        const auto samples = blind({});

        QVERIFY(samples);
        QCOMPARE(samples->size(), std::size_t{1});
        QVERIFY(leftOut_ == std::vector{file("in/2.png")});
    }

    void nothingToMeasureIsAnError()
    {
        writeDamaged(file("in/1.png"));

        const auto samples = blind(contenders_);

        QVERIFY(!samples);
        QCOMPARE(samples.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(samples.error().path, file("in"));
        QCOMPARE(leftOut_.size(), std::size_t{1});
        QVERIFY(saved_.empty() && !fs::exists(file("sheet.png")));
    }

    void whatWasMeasuredIsSavedBeforeAnErrorEndsIt_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<std::string>("detail");
        QTest::addColumn<std::string>("source");
        QTest::newRow("a method's error")
            << QStringLiteral("error") << ErrorCode::ModelDamaged
            << std::string("a weight is missing") << std::string("model.safetensors");
        QTest::newRow("an exception") << QStringLiteral("exception") << ErrorCode::Internal
                                      << std::string("no reason") << std::string("2.png");
        QTest::newRow("no memory") << QStringLiteral("memory") << ErrorCode::OutOfMemory
                                   << std::string("an allocation failed") << std::string("2.png");
    }
    void whatWasMeasuredIsSavedBeforeAnErrorEndsIt()
    {
        QFETCH(const QString, what);
        QFETCH(const ErrorCode, code);
        QFETCH(const std::string, detail);
        QFETCH(const std::string, source);
        writePicture(file("in/1.png"));
        writePicture(file("in/2.png"));

        const auto samples = blind({failingSecond(what)});

        QVERIFY(!samples);
        QCOMPARE(samples.error().code, code);
        QCOMPARE(samples.error().detail, detail);
        QCOMPARE(samples.error().path.filename().string(), source);
        QCOMPARE(saved_.size(), std::size_t{2});
        QCOMPARE(saved_.back().photo, std::string("1"));
        QVERIFY(fs::exists(file("sheet.png")));
    }

    void aSheetThatCannotBeWrittenCostsNoFigures()
    {
        writePicture(file("in/1.png"));

        const auto samples = runBlind({.photos = file("in"), .sheet = file("none/sheet.png")},
                                      contenders_, control_);

        QCOMPARE(samples.error().code, ErrorCode::FileUnwritable);
        QCOMPARE(saved_.size(), std::size_t{2});
    }

    /// Tiny pictures take no minute.
    void theTimeLeftIsNotRoundedUp()
    {
        for (const char* name : {"in/1.png", "in/2.png", "in/3.png"})
            writePicture(file(name));

        QVERIFY(blind({}));

        const auto text = QString::fromStdString(progress_.str());
        const QRegularExpression left(QStringLiteral("each, ([0-9.]+) min left"));
        int lines = 0;
        for (auto found = left.globalMatch(text); found.hasNext(); ++lines)
            QVERIFY2(found.next().captured(1).toDouble() < 1.0, qPrintable(text));
        QCOMPARE(lines, 3);
    }
};

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
