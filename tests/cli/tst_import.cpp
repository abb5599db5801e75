// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli.h"
#include "core/checkpoint/safetensors.h"
#include "tests/support/make_checkpoint.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <sstream>

using namespace limpid;
using app::ExitCode;
namespace fs = std::filesystem;

/// Whole runs of "import" and "models".
class TestImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void importsOnceAndSaysWhatItIs();
    void listsWhatIsInstalled();
    void checksWithoutWriting();
    void foretellsTheMemoryOfWhatWouldBeWritten();
    void readsEveryWayToNameThePrecision_data();
    void readsEveryWayToNameThePrecision();
    void refusesWithReasonAndRemedy_data();
    void refusesWithReasonAndRemedy();
    void stopsWithoutATrace();
    void showsProgressOnATerminalOnly();

private:
    ExitCode run(const QByteArray& line);
    bool printed(const char* words) const { return out_.str().find(words) != std::string::npos; }

    std::unique_ptr<QTemporaryDir> folder_;
    std::atomic<bool> interrupted_{false};
    bool showsProgress_ = false;
    std::ostringstream out_;
    std::ostringstream err_;
};

void TestImport::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    QDir::setCurrent(folder_->path());
    interrupted_ = showsProgress_ = false;
    out_.str({});
    err_.str({});
    const std::vector<float> values{0.5F, 1.0F};
    QVERIFY(checkpoint::writeSafetensors(
        "in.safetensors", {{"w", {.shape = {2}, .bytes = std::as_bytes(std::span(values))}}},
        {{"architecture", "msg"}, {"license", "CC0-1.0"}}));
}

ExitCode TestImport::run(const QByteArray& line)
{
    std::vector<std::string> arguments;
    for (const QByteArray& part : line.split(' '))
        arguments.push_back(part.toStdString());
    const app::CliWorld world{.runner = {},
                              .devices = {},
                              .methods = {},
                              .out = out_,
                              .err = err_,
                              .showsProgress = showsProgress_,
                              .interrupted = interrupted_};
    return app::runCli(std::move(arguments), world);
}

void TestImport::importsOnceAndSaysWhatItIs()
{
    QCOMPARE(run("import in.safetensors --user-models mine"), ExitCode::Complete);

    for (const char* words : {"file\tin.safetensors", "holds\ta model for Limpid, 'msg'",
                              "tensors\t1\n", "parameters\t2\n", "precision\tfp32\n", "sha256\t",
                              "license\tCC0-1.0\n", "imported\tmsg-fp32-"})
        QVERIFY2(printed(words), out_.str().c_str());
    QVERIFY(fs::exists("mine/catalog.json"));
    out_.str({});
    QCOMPARE(run("import in.safetensors --user-models mine"), ExitCode::Complete);
    QVERIFY(printed("already imported\tmsg-fp32-"));
}

void TestImport::listsWhatIsInstalled()
{
    QCOMPARE(run("import in.safetensors --user-models mine --as fp16"), ExitCode::Complete);
    out_.str({});

    QCOMPARE(run("models --models none --user-models mine"), ExitCode::Complete);
    QVERIFY2(printed("\tmsg\tinstalled\t"), out_.str().c_str());
    QVERIFY(printed("\tfp16\tsha256 "));

    for (const auto& file : fs::directory_iterator("mine"))
        if (file.path().extension() == ".safetensors")
            fs::resize_file(file.path(), 3);
    out_.str({});
    QCOMPARE(run("models --models none --user-models mine"), ExitCode::Complete);
    QVERIFY(printed("\tmsg\tdamaged\t"));
}

void TestImport::checksWithoutWriting()
{
    QCOMPARE(run("import in.safetensors --check --user-models mine"), ExitCode::Complete);

    QVERIFY(printed("checked\tnothing was written"));
    QVERIFY(!fs::exists("mine"));
}

void TestImport::foretellsTheMemoryOfWhatWouldBeWritten()
{
    for (const char* precision : {"fp16", "bf16"}) {
        QCOMPARE(
            run(QByteArray("import in.safetensors --check --user-models mine --as ") + precision),
            ExitCode::Complete);
        QVERIFY2(printed((QByteArray("for the weights in ") + precision + "\n").constData()),
                 out_.str().c_str());
        QVERIFY(printed("precision\tfp32\n")); // of the file
    }
    QCOMPARE(run("import in.safetensors --check --user-models mine"), ExitCode::Complete);
    QVERIFY(printed("for the weights in fp32\n"));
}

void TestImport::readsEveryWayToNameThePrecision_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("precision");
    const auto row = [](const char* line, const char* precision) {
        QTest::newRow(line) << QByteArray(line) << QByteArray(precision);
    };
    row("import in.safetensors --user-models m --as fp16", "fp16");
    row("import in.safetensors --user-models m --as safetensors bf16", "bf16");
    row("import in.safetensors --user-models m --as keep", "fp32");
    row("import in.safetensors --user-models m --as safetensors", "fp32");
    row("import --as fp16 in.safetensors --user-models m", "fp16");
    row("import --as safetensors fp16 in.safetensors --user-models m", "fp16");
}

void TestImport::readsEveryWayToNameThePrecision()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QByteArray, precision);

    QCOMPARE(run(line), ExitCode::Complete);

    QVERIFY2(printed(("imported\tmsg-" + precision + "-").constData()), out_.str().c_str());
}

void TestImport::refusesWithReasonAndRemedy_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const char* line, ExitCode code, const char* words) {
        QTest::newRow(name) << QByteArray(line) << static_cast<int>(code) << QByteArray(words);
    };
    const auto failed = ExitCode::Failed;
    const auto wrong = ExitCode::WrongArguments;

    row("nothing there", "import no.ckpt", failed, "no.ckpt: there is no such file");
    row("a folder", "import .", failed, "not a regular file");
    row("a photograph", "import photo.jpg", failed, "Use a .safetensors, .pth, .pt or .ckpt");
    row("a part of a file", "import cut.pth", failed, "damaged or incomplete");
    row("half of DeblurDiff", "import control.pth", failed, "this is a ControlNet alone");
    row("another precision", "import in.safetensors --as int8", wrong, "want fp16, bf16 or keep");
    row("two precisions", "import in.safetensors --as fp16 bf16", wrong, "got bf16");
    row("no file", "import --check", wrong, "FILE");
}

void TestImport::refusesWithReasonAndRemedy()
{
    QFETCH(const QByteArray, line);
    QFETCH(const int, code);
    QFETCH(const QByteArray, words);
    const tests::TorchTensor tensor{.name = "controlnet.zero_convs.0.0.weight",
                                    .storageElements = 1,
                                    .sizes = {1},
                                    .strides = {1}};
    const std::string whole =
        tests::torchZip(tests::stateDictPickle({tensor}), {{.key = "0", .bytes = "0000"}});
    std::ofstream("photo.jpg", std::ios::binary) << "\xff\xd8\xff\xe0 JFIF JFIF JFIF";
    std::ofstream("cut.pth", std::ios::binary) << whole.substr(0, whole.size() / 2);
    std::ofstream("control.pth", std::ios::binary) << whole;

    QCOMPARE(static_cast<int>(run(line + " --user-models mine")), code);

    QVERIFY2(err_.str().find(words.toStdString()) != std::string::npos, err_.str().c_str());
    QVERIFY(out_.str().empty());
    QVERIFY(!fs::exists("mine"));
}

void TestImport::stopsWithoutATrace()
{
    interrupted_ = true;

    QCOMPARE(run("import in.safetensors --user-models mine"), ExitCode::Interrupted);

    QVERIFY(err_.str().find("nothing was imported") != std::string::npos);
    QVERIFY(!fs::exists("mine"));
}

void TestImport::showsProgressOnATerminalOnly()
{
    QCOMPARE(run("import in.safetensors --check --user-models mine"), ExitCode::Complete);
    QVERIFY(err_.str().empty());

    showsProgress_ = true;
    QCOMPARE(run("import in.safetensors --user-models mine"), ExitCode::Complete);

    QVERIFY(err_.str().find("\r\033[Kwriting 100 %") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestImport)
#include "tst_import.moc"
