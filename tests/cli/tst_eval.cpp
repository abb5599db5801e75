// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fresh_folder.h"
#include "tests/support/make_photo.h"

#include <QFile>
#include <QProcess>
#include <QTest>

using namespace limpid;

namespace {

namespace fs = std::filesystem;

/// How limpid-eval ended, and its words.
struct Ending {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

QByteArray textOf(const fs::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// limpid-eval itself, with a classic method, which needs no model.
class TestEval : public QObject, private tests::FreshFolder {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void namesWhatItLeavesOut();
    void failsWhereNothingCanBeMeasured();
    void seesAtOnceThatTheReportCannotBeWritten();
    void refusesCarelessOptions_data();
    void refusesCarelessOptions();
    void learnsFromNoOneElsesList();
    void refusesANameThatSeveralPhotographsHave();
    void callsNoFileAModelThatShouldBeACache();
    void tellsWhatTheExitStatusMeans();

private:
    /// line: no argument of it has a space.
    Ending run(const std::string& line) const;
    Ending blind(const std::string& out) const
    {
        return run("blind in --models . --methods unsharp --out " + out);
    }
    void makePhoto(const char* name) const { tests::makePhotoFile(file(name), {.icc = {}}); }
    void makeDamaged(const char* name) const
    {
        makePhoto(name);
        fs::resize_file(file(name), fs::file_size(file(name)) / 2);
    }
};

void TestEval::init()
{
    renew();
    fs::create_directory(file("in"));
}

Ending TestEval::run(const std::string& line) const
{
    QProcess program;
    program.setWorkingDirectory(QString::fromStdString(path().string()));
    program.start(QStringLiteral(LIMPID_EVAL),
                  QString::fromStdString(line).split(QLatin1Char(' ')));
    if (!program.waitForFinished(120'000) || program.exitStatus() != QProcess::NormalExit)
        return {};
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

void TestEval::namesWhatItLeavesOut()
{
    makePhoto("in/1.jpg");
    makePhoto("in/2.jpg");
    makeDamaged("in/3.jpg");

    const auto ending = blind("report");

    QVERIFY2(ending.status == 0, ending.err.constData());
    QVERIFY(ending.err.contains("left out: in/3.jpg: the file is damaged or incomplete"));
    QVERIFY(ending.out.contains("| photographs | input | 2 (2) |"));
    QVERIFY(textOf(file("report/report.md")).contains("- left out: in/3.jpg: the file is damaged"));
    QVERIFY(textOf(file("report/report.json")).contains("\"photo\": \"in/3.jpg\""));
    QVERIFY(fs::exists(file("report/sheet.png")));
}

void TestEval::failsWhereNothingCanBeMeasured()
{
    makeDamaged("in/1.jpg");

    const auto ending = blind("report");

    QCOMPARE(ending.status, 1);
    QVERIFY(ending.err.contains("in/1.jpg"));
    QVERIFY(ending.err.contains("in: none of these photographs can be measured"));
    QVERIFY(fs::is_empty(file("report")));
}

void TestEval::seesAtOnceThatTheReportCannotBeWritten()
{
    makePhoto("in/1.jpg");

    const auto ending = blind("/proc"); // a folder in which nobody makes files

    QCOMPARE(ending.status, 1);
    QVERIFY(ending.err.contains("/proc/report.md: the file cannot be written"));
    QVERIFY(!ending.err.contains("1 of 1"));
}

void TestEval::refusesCarelessOptions_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("option");
    const auto row = [](const std::string& command, const std::string& option,
                        const std::string& value) {
        const auto name = command.substr(0, command.find(' ')) + " " + option + " " + value;
        QTest::newRow(name.c_str()) << command + " " + option + " " + value << option;
    };
    const std::string usual = " --models . --methods unsharp --out report";
    const std::string list = " --photos in --validation in/list.txt";
    const auto blind = "blind in" + usual;
    const auto pairs = "pairs --blurred in --sharp in" + usual;
    const auto synthetic = "synthetic" + list + usual;
    const auto fit = "fit-naturalness" + list + " --out report";
    for (const char* value : {"-1", "nan", "inf", "soon"})
        row(blind, "--minutes", value);
    for (const char* value : {"-0.1", "1.5", "nan"})
        row(blind, "--strengths", value);
    for (const char* value : {"0", "-1", "1.5"})
        row(blind, "--steps", value);
    row(blind, "--size", "-5");
    row(blind, "--size", "15");
    row(blind, "--seeds", "0");
    row(blind, "--cell", "0");
    row(blind, "--param", "gate=nan");
    row(blind, "--param", "=1");
    row(blind, "--user-models", "nope");
    row(pairs, "--size", "-5");
    row(synthetic, "--size", "-16");
    row(synthetic, "--size", "50");
    row(synthetic, "--count", "-1");
    row(synthetic, "--kernels", "nope");
    row(fit, "--count", "-1");
}

void TestEval::refusesCarelessOptions()
{
    QFETCH(const std::string, line);
    QFETCH(const std::string, option);
    makePhoto("in/1.jpg");
    tests::writeBytes(file("in/list.txt"), {'1', '.', 'j', 'p', 'g', '\n'});

    const auto ending = run(line);

    QCOMPARE(ending.status, 2);
    QVERIFY2(ending.err.contains(option.c_str()), ending.err.constData());
    QVERIFY(!fs::exists(file("report")));
}

void TestEval::learnsFromNoOneElsesList()
{
    makePhoto("in/1.jpg");
    tests::writeBytes(file("list.txt"), {'2', '.', 'j', 'p', 'g', '\n'});

    const auto ending = run("fit-naturalness --photos in --validation list.txt --out model");

    QCOMPARE(ending.status, 1);
    QVERIFY(ending.err.contains("list.txt: it names none of the photographs in in"));
    QVERIFY(!fs::exists(file("model")));
}

void TestEval::refusesANameThatSeveralPhotographsHave()
{
    fs::create_directory(file("in/100"));
    fs::create_directory(file("in/101"));
    makePhoto("in/100/1.jpg");
    makePhoto("in/101/1.jpg");
    tests::writeBytes(file("list.txt"), {'1', '.', 'j', 'p', 'g', '\n'});

    const auto ending = run("fit-naturalness --photos in --validation list.txt --out model");

    QCOMPARE(ending.status, 1);
    QVERIFY2(ending.err.contains("list.txt: '1.jpg' is the name of several photographs: "
                                 "100/1.jpg, 101/1.jpg; write those that are meant"),
             ending.err.constData());
    QVERIFY(!fs::exists(file("model")));
}

void TestEval::callsNoFileAModelThatShouldBeACache()
{
    tests::writeBytes(file("cache"), {'n', 'o', '\n'});
    tests::writeBytes(file("list.txt"), {'1', '.', 'j', 'p', 'g', '\n'});

    const auto ending = run("synthetic --photos cache --validation list.txt --models . --methods "
                            "unsharp --out report");

    QCOMPARE(ending.status, 1);
    QVERIFY2(ending.err.contains("cache: the file is damaged or incomplete (this is no cache of "
                                 "photographs; make it again with 'limpid-train cache')"),
             ending.err.constData());
    QVERIFY(!ending.err.contains("model"));
}

void TestEval::tellsWhatTheExitStatusMeans()
{
    for (const std::string command : {"synthetic", "pairs", "blind"}) {
        const auto ending = run(command + " --help");

        QCOMPARE(ending.status, 0);
        QVERIFY2(ending.out.contains("Exit status: 0"), command.c_str());
        QVERIFY2(ending.out.contains("cuda:0"), command.c_str());
    }
}

QTEST_GUILESS_MAIN(TestEval)
#include "tst_eval.moc"
