// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli_options.h"

#include <QTest>

using namespace limpid;
using namespace limpid::app;

namespace {

Result<Command> parsed(const QByteArray& line)
{
    std::vector<std::string> arguments;
    for (const QByteArray& part : line.split(' '))
        arguments.push_back(part.toStdString());
    return parseCommandLine(std::move(arguments));
}

} // namespace

class TestCliOptions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryOptionOfRestore();
    void leavesTheRestAtItsDefault();
    void takesNamesThatBeginWithADash();
    void takesNamesInBrackets();
    void leavesBracketsInOtherWords();
    void takesFilesAfterOptions_data();
    void takesFilesAfterOptions();
    void tellsAnEmptyTextFromNone();
    void readsEveryOptionOfBatch();
    void leavesTheRestOfBatchAtItsDefault();
    void tellsCommandsApart_data();
    void tellsCommandsApart();
    void refusesWrongArguments_data();
    void refusesWrongArguments();
};

void TestCliOptions::readsEveryOptionOfRestore()
{
    const auto command = parsed("restore in.jpg out.png --method msg --steps 6 --seed 42 --region "
                                "1,2,30,40 --feather 5 --strength 0.5 --device cpu --quality 80 "
                                "--depth 16 --models m --param noise=0.25 --metadata no-location "
                                "--no-disclosure");

    QVERIFY2(command, command ? "" : command.error().detail.c_str());
    const auto& restore = std::get<RestoreCommand>(*command);
    QCOMPARE(restore.input, std::filesystem::path("in.jpg"));
    QCOMPARE(restore.output, std::filesystem::path("out.png"));
    QCOMPARE(restore.steps, std::optional(6));
    QCOMPARE(restore.seed, std::uint64_t{42});
    QCOMPARE(restore.region, (std::optional(Rect{1, 2, 30, 40})));
    QCOMPARE(restore.featherPixels, 5);
    QCOMPARE(restore.strength, 0.5F);
    QCOMPARE(restore.quality, 80);
    QCOMPARE(restore.depth, std::optional(image::SampleDepth::U16));
    QCOMPARE(restore.models, std::filesystem::path("m"));
    QVERIFY(restore.metadata == image::MetadataLevel::NoLocation);
    QVERIFY(!restore.statesAi);
    QCOMPARE(restore.parameters.at("noise"), "0.25");
}

void TestCliOptions::leavesTheRestAtItsDefault()
{
    const auto restore = std::get<RestoreCommand>(parsed("restore a.jpg b.jpg").value());

    QVERIFY(!restore.steps && !restore.region && !restore.depth);
    QCOMPARE(restore.method, std::string("msg"));
    QCOMPARE(restore.device, std::string("auto"));
    QCOMPARE(restore.strength, 1.0F);
    QVERIFY(restore.models.empty());
    QVERIFY(restore.metadata == image::MetadataLevel::All && restore.statesAi);
}

void TestCliOptions::takesNamesThatBeginWithADash()
{
    const auto command = parsed("restore --steps 2 -- -in.jpg -out.jpg");

    QVERIFY2(command, command ? "" : command.error().detail.c_str());
    QCOMPARE(std::get<RestoreCommand>(*command).input, std::filesystem::path("-in.jpg"));
}

void TestCliOptions::takesNamesInBrackets()
{
    const auto batch = parseCommandLine(
        {"batch", "[2024]", "--recursive", "[a, b]", "x[1]", "--to", "[out]", "[c"});
    const auto restore = parseCommandLine({"restore", "[a].jpg", "--seed", "3", "[b]"});

    QVERIFY2(batch, batch ? "" : batch.error().detail.c_str());
    QCOMPARE(std::get<BatchCommand>(*batch).inputs,
             (std::vector<std::filesystem::path>{"./[2024]", "./[a, b]", "x[1]", "./[c"}));
    QCOMPARE(std::get<BatchCommand>(*batch).to, std::filesystem::path("[out]"));
    QVERIFY2(restore, restore ? "" : restore.error().detail.c_str());
    QCOMPARE(std::get<RestoreCommand>(*restore).input, std::filesystem::path("./[a].jpg"));
    QCOMPARE(std::get<RestoreCommand>(*restore).output, std::filesystem::path("./[b]"));
}

void TestCliOptions::leavesBracketsInOtherWords()
{
    const auto command = parseCommandLine(
        {"batch", "a", "--to", "b", "--name", "[{n}]", "--prompt", "[a, b]", "--seed", "2"});

    QVERIFY2(command, command ? "" : command.error().detail.c_str());
    QCOMPARE(std::get<BatchCommand>(*command).name, std::string("[{n}]"));
    QCOMPARE(std::get<BatchCommand>(*command).texts.at("prompt"), std::string("[a, b]"));
}

void TestCliOptions::takesFilesAfterOptions_data()
{
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char* line) {
        QTest::newRow(line) << QByteArray(line);
    };
    row("restore --param noise=0.5 in.jpg out.jpg --seed 3");
    row("restore --param noise=0.5 in.jpg out.jpg");
    row("restore in.jpg --param noise=0.4 --param noise=0.5 out.jpg");
    row("restore --region 1,2,3,4 in.jpg out.jpg --seed 3");
    row("restore --param noise=0.5 -- in.jpg out.jpg");
}

void TestCliOptions::takesFilesAfterOptions()
{
    QFETCH(const QByteArray, line);

    const auto command = parsed(line);

    QVERIFY2(command, command ? "" : command.error().detail.c_str());
    const auto& restore = std::get<RestoreCommand>(*command);
    QCOMPARE(restore.input, std::filesystem::path("in.jpg"));
    QCOMPARE(restore.output, std::filesystem::path("out.jpg"));
    if (line.contains("noise"))
        QCOMPARE(restore.parameters.at("noise"), "0.5");
    else
        QCOMPARE(restore.region, (std::optional(Rect{1, 2, 3, 4})));
}

void TestCliOptions::tellsAnEmptyTextFromNone()
{
    const auto command = parseCommandLine({"restore", "a", "b", "--negative-prompt", ""});

    QVERIFY2(command, command ? "" : command.error().detail.c_str());
    const auto& texts = std::get<RestoreCommand>(*command).texts;
    QCOMPARE(texts.at("negative_prompt"), std::string());
    QVERIFY(!texts.contains("prompt"));
}

void TestCliOptions::readsEveryOptionOfBatch()
{
    const auto command = parsed("batch a.jpg folder --to out --recursive --name {n}-{name} "
                                "--format webp --existing rename --dry-run --method msg --steps 6 "
                                "--region 1,2,30,40 --metadata basic --param noise=0.25 b.png");

    QVERIFY2(command, command ? "" : command.error().detail.c_str());
    const auto& batch = std::get<BatchCommand>(*command);
    QCOMPARE(batch.inputs, (std::vector<std::filesystem::path>{"a.jpg", "folder", "b.png"}));
    QCOMPARE(batch.to, std::filesystem::path("out"));
    QCOMPARE(batch.name, std::string("{n}-{name}"));
    QVERIFY(batch.format == image::FileFormat::WebP);
    QVERIFY(batch.existing == engine::ExistingFile::Rename);
    QVERIFY(batch.isRecursive && batch.isDryRun);
    QCOMPARE(batch.steps, std::optional(6));
    QCOMPARE(batch.region, (std::optional(Rect{1, 2, 30, 40})));
    QVERIFY(batch.metadata == image::MetadataLevel::Basic);
    QCOMPARE(batch.parameters.at("noise"), "0.25");
}

void TestCliOptions::leavesTheRestOfBatchAtItsDefault()
{
    const auto batch = std::get<BatchCommand>(parsed("batch a --to b --format same").value());

    QCOMPARE(batch.name, std::string("{name}-limpid"));
    QVERIFY(!batch.format && !batch.isRecursive && !batch.isDryRun);
    QVERIFY(batch.existing == engine::ExistingFile::Skip);
    QCOMPARE(batch.quality, RestoreOptions().quality);
}

void TestCliOptions::tellsCommandsApart_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("index");
    QTest::newRow("restore") << QByteArray("restore a b") << 0;
    QTest::newRow("open") << QByteArray("open a") << 1;
    QTest::newRow("devices") << QByteArray("devices") << 2;
    QTest::newRow("methods") << QByteArray("methods") << 3;
    QTest::newRow("help") << QByteArray("--help") << 4;
    QTest::newRow("help of a command") << QByteArray("restore --help") << 4;
    QTest::newRow("version") << QByteArray("--version") << 4;
    QTest::newRow("import") << QByteArray("import a --check") << 5;
    QTest::newRow("models") << QByteArray("models") << 6;
    QTest::newRow("batch") << QByteArray("batch a --to b") << 8;
}

void TestCliOptions::tellsCommandsApart()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, index);

    const auto command = parsed(line);

    QVERIFY2(command, command ? "" : command.error().detail.c_str());
    QCOMPARE(static_cast<int>(command->index()), index);
    if (const auto* text = std::get_if<ShowText>(&*command))
        QVERIFY(text->text.find("limpid-cli") != std::string::npos || text->text.find("OUT") > 0);
}

void TestCliOptions::refusesWrongArguments_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("no command") << QByteArray("--verbose");
    QTest::newRow("unknown command") << QByteArray("sharpen a b");
    QTest::newRow("no output") << QByteArray("restore a");
    QTest::newRow("three files") << QByteArray("restore a b c");
    QTest::newRow("region of three numbers") << QByteArray("restore a b --region 1,2,3");
    QTest::newRow("region of five numbers") << QByteArray("restore a b --region 1,2,3,4,5");
    QTest::newRow("region beyond an int") << QByteArray("restore a b --region 1,2,3,99999999999");
    QTest::newRow("region in words") << QByteArray("restore a b --region 1,2,3,x");
    QTest::newRow("empty region") << QByteArray("restore a b --region 1,2,,4");
    QTest::newRow("negative region") << QByteArray("restore a b --region=-1,2,3,4");
    QTest::newRow("steps in words") << QByteArray("restore a b --steps six");
    QTest::newRow("no steps") << QByteArray("restore a b --steps 0");
    QTest::newRow("too strong") << QByteArray("restore a b --strength 1.1");
    QTest::newRow("odd depth") << QByteArray("restore a b --depth 12");
    QTest::newRow("quality of zero") << QByteArray("restore a b --quality 0");
    QTest::newRow("parameter without a value") << QByteArray("restore a b --param noise");
    QTest::newRow("parameter without a name") << QByteArray("restore a b --param =1");
    QTest::newRow("unknown precision") << QByteArray("restore a b --precision fp8");
    QTest::newRow("unknown metadata") << QByteArray("restore a b --metadata some");
    QTest::newRow("comma behind a region") << QByteArray("restore a b --region 1,2,3,4,");
    QTest::newRow("batch to nowhere") << QByteArray("batch a");
    QTest::newRow("batch of nothing") << QByteArray("batch --to b");
    QTest::newRow("unknown placeholder") << QByteArray("batch a --to b --name {date}");
    QTest::newRow("name in a folder") << QByteArray("batch a --to b --name x/{name}");
    QTest::newRow("format not written") << QByteArray("batch a --to b --format gif");
    QTest::newRow("unknown existing") << QByteArray("batch a --to b --existing ask");
    QTest::newRow("overwrite in a batch") << QByteArray("batch a --to b --overwrite");
    QTest::newRow("option of no command") << QByteArray("open a --steps 3");
}

void TestCliOptions::refusesWrongArguments()
{
    QFETCH(const QByteArray, line);

    const auto command = parsed(line);

    QVERIFY(!command);
    QCOMPARE(command.error().code, ErrorCode::InvalidRequest);
    QVERIFY(!command.error().detail.empty());
}

QTEST_APPLESS_MAIN(TestCliOptions)
#include "tst_cli_options.moc"
