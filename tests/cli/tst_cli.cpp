// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "core/checkpoint/catalog.h"
#include "core/image/photo_reader.h"
#include "tests/support/fake_runner.h"
#include "tests/support/make_photo.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace limpid;
using app::ExitCode;

namespace {

constexpr Size photoSize{96, 64};

} // namespace

/// Whole runs of the command line over a runner that makes negatives.
class TestCli : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void restoresThePhotoAndSaysSo();
    void takesTheStepsThatTheModelPrefers();
    void choicesAreGivenByName();
    void refusesAParameterThatIsNeitherNumberNorChoice();
    void makesARandomCheckpoint();
    void keepsSamplesOutsideTheRegion();
    void replacesAFileWhenAsked();
    void leavesNoFileWhenARunFails();
    void leavesNoFileWhenInterrupted();
    void refusesWithFileAndRemedy_data();
    void refusesWithFileAndRemedy();
    void writesNoProgressIntoAPipe();
    void writesOneLineOfProgressOnATerminal();
    void tellsWhatAFileHolds();
    void listsDevicesAndMethods();
    void saysThatAiWasUsed_data();
    void saysThatAiWasUsed();
    void leavesTheLocationOut();

private:
    ExitCode run(const QByteArray& line);
    std::string file(const char* name) const
    {
        return folder_->filePath(QLatin1String(name)).toStdString();
    }
    QStringList names() const
    {
        return QDir(folder_->path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<tests::FakeControl> fake_;
    std::atomic<bool> interrupted_{false};
    bool showsProgress_ = false;
    std::ostringstream out_;
    std::ostringstream err_;
};

void TestCli::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
    QDir::setCurrent(folder_->path());
    fake_ = std::make_unique<tests::FakeControl>(tests::FakeScript{.byHand = false});
    interrupted_ = showsProgress_ = false;
    out_.str({});
    err_.str({});
    tests::makePhotoFile(file("in.png"),
                         {.format = image::FileFormat::Png, .size = photoSize, .icc = {}});
}

ExitCode TestCli::run(const QByteArray& line)
{
    std::vector<std::string> arguments;
    for (const QByteArray& part : line.split(' '))
        arguments.push_back(part.toStdString());
    const app::CliWorld world{
        .runner = [this](const app::ModelFolders&) { return fake_->factory(); },
        .devices =
            [] {
                return std::vector<engine::DeviceInfo>{
                    {.id = "cpu", .name = "one core", .usable = true, .reason = {}},
                    {.id = "cuda:0", .name = "GPU", .usable = false, .reason = "no driver"}};
            },
        .methods = {tests::fakeMethodSpec()},
        .makeRandomCheckpoint =
            [](const inference::RandomCheckpoint& wanted) {
                std::ofstream(wanted.path) << wanted.config << " " << wanted.seed;
                return Result<void>();
            },
        .out = out_,
        .err = err_,
        .showsProgress = showsProgress_,
        .interrupted = interrupted_};
    return app::runCli(std::move(arguments), world);
}

void TestCli::restoresThePhotoAndSaysSo()
{
    QCOMPARE(run("restore in.png out.png --steps 3 --method fake"), ExitCode::Complete);

    const auto before = image::readPhoto(file("in.png"));
    const auto after = image::readPhoto(file("out.png"));
    QVERIFY(before && after);
    QVERIFY(std::abs(after->original.sample({3, 3}, 0) + before->original.sample({3, 3}, 0) -
                     255) <= 1);
    QVERIFY(out_.str().find("out.png") != std::string::npos);
    QCOMPARE(err_.str(), std::string());
    QCOMPARE(fake_->requests().front().steps, 3);
}

void TestCli::takesTheStepsThatTheModelPrefers()
{
    const checkpoint::CatalogEntry model{.id = "eager",
                                         .method = "fake",
                                         .architecture = "fake",
                                         .file = "eager.safetensors",
                                         .bytes = 1,
                                         .sha256 = std::string(64, 'a'),
                                         .steps = 8};
    QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("user")));
    QVERIFY(checkpoint::addToCatalog(file("user"), model));
    const QByteArray line = "restore in.png out.png --method fake --user-models user --models own "
                            "--overwrite";

    QCOMPARE(run(line), ExitCode::Complete);
    QCOMPARE(run(line + " --steps 2"), ExitCode::Complete);
    QCOMPARE(run(line + " --model another"), ExitCode::Complete);

    const auto requests = fake_->requests();
    QCOMPARE(requests.at(0).steps, 8);
    QCOMPARE(requests.at(1).steps, 2);
    QCOMPARE(requests.at(2).steps, tests::fakeMethodSpec().defaultSteps);
}

void TestCli::choicesAreGivenByName()
{
    QCOMPARE(run("restore in.png out.png --method fake --param order=spiral --precision bf16"),
             ExitCode::Complete);

    const auto request = fake_->requests().front();
    QCOMPARE(request.parameters.at("order"), 1.0);
    QCOMPARE(request.precision, std::string("bf16"));
}

void TestCli::refusesAParameterThatIsNeitherNumberNorChoice()
{
    QCOMPARE(run("restore in.png out.png --method fake --param order=sideways"), ExitCode::Failed);

    QVERIFY(err_.str().find("sideways") != std::string::npos);
    QVERIFY(fake_->requests().empty());
}

void TestCli::makesARandomCheckpoint()
{
    QCOMPARE(run("make-random-checkpoint r.safetensors --config small --seed 9"),
             ExitCode::Complete);

    QFile made(QStringLiteral("r.safetensors"));
    QVERIFY(made.open(QIODevice::ReadOnly));
    QCOMPARE(made.readAll(), QByteArray("small 9"));
    QVERIFY(out_.str().find("r.safetensors") != std::string::npos);
}

void TestCli::keepsSamplesOutsideTheRegion()
{
    QCOMPARE(run("restore in.png out.png --region 10,10,20,20 --feather 4"), ExitCode::Complete);

    const auto before = image::readPhoto(file("in.png"));
    const auto after = image::readPhoto(file("out.png"));
    QVERIFY(before && after);
    for (const Point point : {Point{5, 15}, Point{35, 15}, Point{15, 35}, Point{95, 63}})
        QCOMPARE(after->original.sample(point, 1), before->original.sample(point, 1));
    QVERIFY(after->original.sample({20, 20}, 1) != before->original.sample({20, 20}, 1));
}

void TestCli::replacesAFileWhenAsked()
{
    tests::writeBytes(file("out.png"), {'o', 'l', 'd'});

    QCOMPARE(run("restore in.png out.png --overwrite"), ExitCode::Complete);

    QVERIFY(image::readPhoto(file("out.png")));
}

void TestCli::leavesNoFileWhenARunFails()
{
    fake_->setScript({.byHand = false, .failure = Error{ErrorCode::OutOfMemory, "no room", {}}});

    QCOMPARE(run("restore in.png out.png --steps 2"), ExitCode::Failed);

    QCOMPARE(names(), QStringList{QStringLiteral("in.png")});
    QVERIFY(err_.str().find("memory ran out") != std::string::npos);
    QVERIFY(out_.str().empty());
}

void TestCli::leavesNoFileWhenInterrupted()
{
    fake_->setScript({.byHand = true});
    interrupted_ = true;

    QCOMPARE(run("restore in.png out.png --steps 5"), ExitCode::Interrupted);

    QCOMPARE(names(), QStringList{QStringLiteral("in.png")});
}

void TestCli::refusesWithFileAndRemedy_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* line, const char* file, const char* words) {
        QTest::newRow(name) << QByteArray(line) << QByteArray(file) << QByteArray(words);
    };
    row("missing photo", "restore no.png out.png", "no.png", "no such file");
    row("folder as photo", "restore . out.png", ".", "not a regular file");
    row("text as photo", "restore text.jpg out.png", "text.jpg", "not supported");
    row("cut photo", "restore cut.png out.png", "cut.png", "damaged");
    row("the original as target", "restore in.png in.png", "in.png", "replace the original");
    row("a link to it as target", "restore in.png link.png", "link.png", "replace the original");
    row("a photo that is there", "restore in.png wide.png", "wide.png", "already");
    row("no such folder", "restore in.png no/out.png", "no/out.png", "cannot be written");
    row("unknown extension", "restore in.png out.gif", "out.gif", "not supported");
    row("too wide for the format", "restore wide.png out.webp", "out.webp", "16383");
    row("region outside", "restore in.png out.png --region 96,0,9,9", "in.png", "outside");
    row("opening nothing", "open no.png", "no.png", "no such file");
}

void TestCli::refusesWithFileAndRemedy()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArray, words);
    tests::writeBytes(this->file("text.jpg"), {'h', 'e', 'l', 'l', 'o'});
    auto bytes = tests::fileBytes(this->file("in.png"));
    bytes.resize(bytes.size() / 2);
    tests::writeBytes(this->file("cut.png"), bytes);
    std::filesystem::create_symlink(this->file("in.png"), this->file("link.png"));
    tests::makePhotoFile(this->file("wide.png"),
                         {.format = image::FileFormat::Png, .size = {16'384, 1}, .icc = {}});
    const auto before = names();
    const auto original = tests::fileBytes(this->file("in.png"));

    QCOMPARE(run(line), ExitCode::Failed);

    QVERIFY(fake_->requests().empty());
    QVERIFY2(err_.str().find(words.toStdString()) != std::string::npos, err_.str().c_str());
    QVERIFY2(err_.str().find(file.toStdString() + ": ") != std::string::npos, err_.str().c_str());
    QCOMPARE(names(), before);
    QCOMPARE(tests::fileBytes(this->file("in.png")), original);
}

void TestCli::writesNoProgressIntoAPipe()
{
    QCOMPARE(run("restore in.png out.png --steps 4"), ExitCode::Complete);

    QVERIFY(err_.str().empty());
}

void TestCli::writesOneLineOfProgressOnATerminal()
{
    showsProgress_ = true;

    QCOMPARE(run("restore in.png out.png --steps 4"), ExitCode::Complete);

    const std::string written = err_.str();
    QVERIFY(written.find("\r\033[Kstep 4 of 4") != std::string::npos);
    QCOMPARE(std::count(written.begin(), written.end(), '\n'), std::ptrdiff_t{1});
}

void TestCli::tellsWhatAFileHolds()
{
    tests::makePhotoFile(file("full.jpg"), {.size = photoSize,
                                            .orientation = 6,
                                            .hasMetadata = true,
                                            .icc = tests::displayP3Profile()});

    QCOMPARE(run("open full.jpg"), ExitCode::Complete);

    for (const char* words :
         {"format\tJPEG", "size\t96 x 64", "depth\t8 bit", "orientation\t6", " bytes", "Exif."})
        QVERIFY2(out_.str().find(words) != std::string::npos, words);
}

void TestCli::listsDevicesAndMethods()
{
    QCOMPARE(run("devices"), ExitCode::Complete);
    QCOMPARE(run("methods"), ExitCode::Complete);

    QVERIFY(out_.str().find("cpu\tone core") != std::string::npos);
    QVERIFY(out_.str().find("cuda:0\tGPU\tunusable: no driver") != std::string::npos);
    QVERIFY(out_.str().find("--param strength=0.85") != std::string::npos);
}

void TestCli::saysThatAiWasUsed_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<bool>("says");
    QTest::newRow("by default") << QByteArray() << true;
    QTest::newRow("without metadata") << QByteArray(" --metadata none") << true;
    QTest::newRow("not wanted") << QByteArray(" --no-disclosure") << false;
    QTest::newRow("nothing was done") << QByteArray(" --strength 0") << false;
}

void TestCli::saysThatAiWasUsed()
{
    QFETCH(const QByteArray, options);
    QFETCH(const bool, says);

    QCOMPARE(run("restore in.png out.png --method fake --steps 3 --region 10,10,20,20" + options),
             ExitCode::Complete);

    const auto bytes = tests::fileBytes(file("out.png"));
    const std::string text(bytes.begin(), bytes.end());
    QCOMPARE(text.find("compositeWithTrainedAlgorithmicMedia") != text.npos, says);
    QCOMPARE(text.find("method fake") != text.npos, says);
    QCOMPARE(text.find("step 3 of 3, seed 1, strength 1, region x 10 y 10") != text.npos, says);
}

void TestCli::leavesTheLocationOut()
{
    tests::makePhotoFile(file("full.jpg"), {.size = photoSize, .hasMetadata = true, .icc = {}});

    QCOMPARE(run("restore full.jpg out.jpg --method fake --metadata no-location"),
             ExitCode::Complete);

    const auto written = image::readPhoto(file("out.jpg"));
    QVERIFY(written);
    const auto fields = written->metadata.fields();
    QVERIFY(std::ranges::none_of(
        fields, [](const auto& field) { return field.key.find("GPS") != std::string::npos; }));
    QVERIFY(fields.size() > 5);
    QVERIFY(err_.str().find("may tell the location") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestCli)
#include "tst_cli.moc"
