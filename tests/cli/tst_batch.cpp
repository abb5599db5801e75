// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "core/image/photo_reader.h"
#include "tests/support/fake_runner.h"
#include "tests/support/make_photo.h"
#include "tests/support/words.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <sstream>
#include <thread>

using namespace limpid;
using app::ExitCode;
using image::FileFormat;
using tests::list;

/// Whole batches of the command line over a runner that makes negatives.
class TestBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void restoresEveryPhotoWithOneRunner();
    void keepsFormatAndMetadata();
    void writesWhatRestoreWrites();
    void goesOnAfterAPhotoThatFails();
    void goesOnAfterMemoryRanOut();
    void stopsWhenAllWouldFail();
    void goesOnWhereItWasStopped();
    void stopsAtOnceWhenInterrupted();
    void neverChangesAnInput_data();
    void neverChangesAnInput();
    void replacesResultsWhenAsked();
    void saysWhatItWouldDo();
    void refusesBeforeAnythingRuns_data();
    void refusesBeforeAnythingRuns();
    void writesOneLineOfProgressOnATerminal();

private:
    ExitCode run(const QByteArray& line);
    std::string file(const std::string& name) const
    {
        return folder_->filePath(QString::fromStdString(name)).toStdString();
    }
    void makePhoto(const char* name, FileFormat format = FileFormat::Png) const
    {
        tests::makePhotoFile(file(name),
                             {.format = format, .size = {48, 32}, .hasMetadata = true, .icc = {}});
    }
    /// All files below the folder, with what they hold.
    std::map<std::string, tests::Bytes> files() const
    {
        std::map<std::string, tests::Bytes> files;
        QDirIterator all(folder_->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const auto path = all.next();
            files[QDir(folder_->path()).relativeFilePath(path).toStdString()] =
                tests::fileBytes(path.toStdString());
        }
        return files;
    }
    QStringList names() const
    {
        QStringList names;
        for (const auto& item : files())
            names << QString::fromStdString(item.first);
        return names;
    }
    bool told(const char* words) const { return err_.str().find(words) != std::string::npos; }
    bool said(const char* words) const { return out_.str().find(words) != std::string::npos; }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<tests::FakeControl> fake_;
    std::atomic<bool> interrupted_{false};
    bool showsProgress_ = false;
    int runners_ = 0;
    std::ostringstream out_;
    std::ostringstream err_;
};

void TestBatch::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(folder_->isValid());
    QDir::setCurrent(folder_->path());
    QVERIFY(QDir().mkdir(QStringLiteral("in")));
    fake_ = std::make_unique<tests::FakeControl>(tests::FakeScript{.byHand = false});
    interrupted_ = showsProgress_ = false;
    runners_ = 0;
    out_.str({});
    err_.str({});
}

ExitCode TestBatch::run(const QByteArray& line)
{
    std::vector<std::string> arguments;
    for (const QByteArray& part : line.split(' '))
        arguments.push_back(part.toStdString());
    const app::CliWorld world{.runner =
                                  [this](const app::ModelFolders&) {
                                      ++runners_;
                                      return fake_->factory();
                                  },
                              .devices = [] { return std::vector<engine::DeviceInfo>(); },
                              .methods = {tests::fakeMethodSpec()},
                              .out = out_,
                              .err = err_,
                              .showsProgress = showsProgress_,
                              .interrupted = interrupted_};
    return app::runCli(std::move(arguments), world);
}

void TestBatch::restoresEveryPhotoWithOneRunner()
{
    for (const char* name : {"in/a.png", "in/b10.png", "in/b2.png"})
        makePhoto(name);
    QVERIFY(QDir().mkdir(QStringLiteral("in/sub")));
    makePhoto("in/sub/c.png");

    QCOMPARE(run("batch in --to in/new/out --recursive --method fake --steps 3 --seed 5 "
                 "--name {n}-{name}-{method}-{steps}-{seed}"),
             ExitCode::Complete);

    QCOMPARE(names().filter(QStringLiteral("out")),
             list({"in/new/out/1-a-fake-3-5.png", "in/new/out/2-b2-fake-3-5.png",
                   "in/new/out/3-b10-fake-3-5.png", "in/new/out/sub/4-c-fake-3-5.png"}));
    QCOMPARE(runners_, 1);
    QCOMPARE(fake_->requests().size(), std::size_t{4});
    QVERIFY2(said("4 restored, 0 skipped, 0 failed, "), out_.str().c_str());
    QCOMPARE(out_.str().back(), '\n');
}

void TestBatch::keepsFormatAndMetadata()
{
    makePhoto("in/a.jpg", FileFormat::Jpeg);
    makePhoto("in/b.tiff", FileFormat::Tiff);

    QCOMPARE(run("batch in --to out --method fake"), ExitCode::Complete);
    QCOMPARE(run("batch in/b.tiff --to out --method fake --format webp"), ExitCode::Complete);

    for (const auto& [name, format] : {std::pair("out/a-limpid.jpg", FileFormat::Jpeg),
                                       std::pair("out/b-limpid.tiff", FileFormat::Tiff),
                                       std::pair("out/b-limpid.webp", FileFormat::WebP)}) {
        const auto written = image::readPhoto(file(name));
        QVERIFY2(written, name);
        QVERIFY(written->format == format);
        QVERIFY(written->metadata.fields().size() > 5);
    }
}

void TestBatch::writesWhatRestoreWrites()
{
    makePhoto("in/a.png");
    const QByteArray options = " --method fake --steps 2 --region 5,5,20,20 --strength 0.5 "
                               "--metadata no-location";

    QCOMPARE(run("batch in/a.png --to out" + options), ExitCode::Complete);
    QCOMPARE(run("restore in/a.png single.png" + options), ExitCode::Complete);

    const auto written = files();
    QVERIFY(!written.at("single.png").empty());
    QVERIFY(written.at("out/a-limpid.png") == written.at("single.png"));
}

void TestBatch::goesOnAfterAPhotoThatFails()
{
    makePhoto("in/a.png");
    makePhoto("in/c.png");
    auto bytes = tests::fileBytes(file("in/a.png"));
    bytes.resize(bytes.size() / 2);
    tests::writeBytes(file("in/b.png"), bytes);

    QCOMPARE(run("batch in missing.jpg --to out --method fake"), ExitCode::Failed);

    QCOMPARE(names().filter(QStringLiteral("out/")),
             list({"out/a-limpid.png", "out/c-limpid.png"}));
    QVERIFY2(told("in/b.png: the file is damaged"), err_.str().c_str());
    QVERIFY2(told("missing.jpg: there is no such file"), err_.str().c_str());
    QVERIFY2(said("2 restored, 0 skipped, 2 failed, "), out_.str().c_str());
}

void TestBatch::goesOnAfterMemoryRanOut()
{
    makePhoto("in/a.png");
    makePhoto("in/b.png");
    fake_->setScript({.byHand = false, .failure = Error{ErrorCode::OutOfMemory, "no room", {}}});

    QCOMPARE(run("batch in --to out --method fake"), ExitCode::Failed);

    QVERIFY2(told("in/a.png: memory ran out") && told("in/b.png: memory"), err_.str().c_str());
    QVERIFY(names().filter(QStringLiteral("out/")).empty());
}

void TestBatch::stopsWhenAllWouldFail()
{
    makePhoto("in/a.png");
    makePhoto("in/b.png");
    fake_->setScript({.byHand = false, .failure = Error{ErrorCode::ModelMissing, "none", "m"}});

    QCOMPARE(run("batch in --to out --method fake"), ExitCode::Failed);

    QCOMPARE(fake_->requests().size(), std::size_t{1});
    QVERIFY2(told("m: the model is missing") && told("for the same reason"), err_.str().c_str());
}

void TestBatch::goesOnWhereItWasStopped()
{
    for (const char* name : {"in/a.png", "in/b.png", "in/c.png"})
        makePhoto(name);
    const QByteArray line = "batch in --to in --method fake";
    QCOMPARE(run("batch in/a.png --to in --method fake"), ExitCode::Complete);
    const auto before = files();

    QCOMPARE(run(line), ExitCode::Complete);

    QVERIFY2(said("2 restored, 1 skipped, 0 failed, "), out_.str().c_str());
    QVERIFY(files().at("in/a-limpid.png") == before.at("in/a-limpid.png"));
    QCOMPARE(names(), list({"in/a-limpid.png", "in/a.png", "in/b-limpid.png", "in/b.png",
                            "in/c-limpid.png", "in/c.png"}));
    out_.str({});
    QCOMPARE(run(line), ExitCode::Complete);
    QVERIFY2(said("0 restored, 3 skipped, 0 failed, "), out_.str().c_str());
    QVERIFY2(told("in/a-limpid.png and others are left out"), err_.str().c_str());
    QCOMPARE(fake_->requests().size(), std::size_t{3});
}

void TestBatch::stopsAtOnceWhenInterrupted()
{
    makePhoto("in/a.png");
    makePhoto("in/b.png");
    fake_->setScript({.byHand = true});
    fake_->allowSteps(1); // for the first photo
    std::atomic<bool> hasEnded{false};
    std::thread user([&] {
        while (fake_->requests().size() < 2 && !hasEnded)
            std::this_thread::yield();
        interrupted_ = true;
    });

    const auto code = run("batch in --to out --method fake --steps 1");
    hasEnded = true;
    user.join();

    QCOMPARE(code, ExitCode::Interrupted);
    QCOMPARE(names().filter(QStringLiteral("out/")), list({"out/a-limpid.png"}));
    QVERIFY(image::readPhoto(file("out/a-limpid.png")));
    QVERIFY2(said("1 restored, 0 skipped, 0 failed, "), out_.str().c_str());
}

void TestBatch::neverChangesAnInput_data()
{
    QTest::addColumn<QByteArray>("options");
    for (const char* to : {"in", "link", "./in/"}) {
        for (const char* existing : {"skip", "rename", "overwrite"})
            QTest::addRow("%s, %s", to, existing)
                << QByteArray("--to ") + to + " --existing " + existing;
    }
}

void TestBatch::neverChangesAnInput()
{
    QFETCH(const QByteArray, options);
    makePhoto("in/a.png");
    makePhoto("in/a.jpg", FileFormat::Jpeg);
    makePhoto("in/a-limpid.png");
    std::filesystem::create_directory_symlink("in", file("link"));
    const auto before = files();

    for (const char* name : {"a", "{name}-limpid"}) {
        QCOMPARE(
            run("batch in --method fake --format png --name " + QByteArray(name) + " " + options),
            ExitCode::Complete);
        for (const auto& [path, bytes] : before)
            QVERIFY2(files().at(path) == bytes, path.c_str());
    }
    QVERIFY(files().size() > before.size());
}

void TestBatch::replacesResultsWhenAsked()
{
    makePhoto("in/a.png");
    QVERIFY(QDir().mkdir(QStringLiteral("out")));
    tests::writeBytes(file("out/a-limpid.png"), {'o', 'l', 'd'});

    QCOMPARE(run("batch in --to out --method fake --existing overwrite"), ExitCode::Complete);

    QVERIFY(image::readPhoto(file("out/a-limpid.png")));
}

void TestBatch::saysWhatItWouldDo()
{
    makePhoto("in/a.png");
    makePhoto("in/b.png");
    QVERIFY(QDir().mkdir(QStringLiteral("out")));
    tests::writeBytes(file("out/b-limpid.png"), {'o', 'l', 'd'});
    const auto before = files();

    QCOMPARE(run("batch in --to out --method fake --dry-run"), ExitCode::Complete);
    QCOMPARE(run("batch in --to elsewhere --method fake --dry-run"), ExitCode::Complete);

    QVERIFY2(said("in/a.png -> out/a-limpid.png\n"), out_.str().c_str());
    QVERIFY2(said("in/b.png -> out/b-limpid.png (is there, skipped)\n"), out_.str().c_str());
    QVERIFY2(said("1 to restore, 1 skipped"), out_.str().c_str());
    QVERIFY(files() == before);
    QVERIFY(!QDir(QStringLiteral("elsewhere")).exists());
    QCOMPARE(runners_, 0);
}

void TestBatch::refusesBeforeAnythingRuns_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<ExitCode>("code");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const QByteArray& line, ExitCode code,
                        const char* words) {
        QTest::newRow(name) << line << code << QByteArray(words);
    };
    row("no photo", "batch empty --to out", ExitCode::Failed, "no photograph was found in empty");
    row("placeholder", "batch in --to out --name {x}", ExitCode::WrongArguments, "{x}");
    row("slash", "batch in --to out --name {name}/x", ExitCode::WrongArguments, "slash");
    row("too long", "batch in --to out --method fake --name {name}" + QByteArray(255, 'x'),
        ExitCode::Failed, "255 bytes");
    row("names that tell no results", "batch in --to in --method fake --name {n}", ExitCode::Failed,
        "another folder with --to");
    row("method", "batch in --to out --method a/b --name {method}", ExitCode::Failed, "'a/b'");
    row("steps", "batch in --to out --method fake --steps 51", ExitCode::Failed, "1 to 50");
    const auto parameter = [&row](const char* given, const char* words) {
        row(given, QByteArray("batch in --to out --method fake --param ") + given, ExitCode::Failed,
            words);
    };
    parameter("strength=much", "much");
    parameter("strength=1.5", "0 to 1");
    parameter("strength=nan", "0 to 1");
    parameter("order=2", "0 to 1");
    parameter("noise=0.5", "no such parameter");
    row("a file as folder", "batch in --to file/out --method fake", ExitCode::Failed,
        "cannot be written");
    row("a file as target", "batch in --to file --method fake", ExitCode::Failed, "not a folder");
}

void TestBatch::refusesBeforeAnythingRuns()
{
    QFETCH(const QByteArray, line);
    QFETCH(const ExitCode, code);
    QFETCH(const QByteArray, words);
    makePhoto("in/a.png");
    QVERIFY(QDir().mkdir(QStringLiteral("empty")));
    tests::writeBytes(file("file"), {'x'});
    const auto before = files();

    QCOMPARE(run(line), code);

    QVERIFY2(told(words.constData()), err_.str().c_str());
    QVERIFY(files() == before);
    QVERIFY(!QDir(QStringLiteral("out")).exists());
    QCOMPARE(runners_, 0);
}

void TestBatch::writesOneLineOfProgressOnATerminal()
{
    makePhoto("in/a.png");
    makePhoto("in/b.png");
    makePhoto("in/camera of a journey to the böö.png");
    tests::writeBytes(file("in/b.png"), {'n', 'o'});
    showsProgress_ = true;

    QCOMPARE(run("batch in --to out --method fake --steps 4 --metadata none"), ExitCode::Failed);

    const auto written = QString::fromStdString(err_.str());
    for (const char* line :
         {"\\r\033\\[K1 of 3, a.png, step 1 of 4, about [^,]+ left\\r",
          "\\r\033\\[K3 of 3, …a journey to the böö.png, step 4 of 4, about [^,]+ left\\r",
          "left\\nlimpid-cli: in/b.png: this format is not supported"})
        QVERIFY2(written.contains(QRegularExpression(QString::fromUtf8(line))), err_.str().c_str());
}

QTEST_APPLESS_MAIN(TestBatch)
#include "tst_batch.moc"
