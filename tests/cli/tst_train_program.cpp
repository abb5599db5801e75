// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/networks/gate_file.h"
#include "core/networks/load_weights.h"
#include "tests/support/tiny_msg.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <utility>
#include <vector>

using namespace limpid;

/// limpid-train itself, given what it cannot use.
class TestTrainProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refusesCarelessNumbers_data();
    void refusesCarelessNumbers();
    void refusesCarelessNumbersOfAFile();
    void namesWhatAFileDoesNotMean_data();
    void namesWhatAFileDoesNotMean();
    void acceptsTheSettingsOfTheShippedWeights_data();
    void acceptsTheSettingsOfTheShippedWeights();
    void asksForACacheWhereAFolderWillNotDo_data();
    void asksForACacheWhereAFolderWillNotDo();
    void refusesPicturesThatNoPhotographHolds_data();
    void refusesPicturesThatNoPhotographHolds();
    void namesTheWeightsThatDoNotFit_data();
    void namesTheWeightsThatDoNotFit();
    void leavesAnAbsentPathOutOfItsComplaint();
    void takesNoGateOfAnotherMethod();
    void neverWritesACacheOverAPhotograph();

private:
    /// What it says on standard error, and its exit code.
    std::pair<QString, int> run(const QString& arguments) const
    {
        QProcess program;
        program.setWorkingDirectory(folder_.path());
        program.start(QStringLiteral(LIMPID_TRAIN), QProcess::splitCommand(arguments));
        if (!program.waitForFinished(120000) || program.exitStatus() != QProcess::NormalExit)
            return {QStringLiteral("crashed"), -1};
        return {QString::fromUtf8(program.readAllStandardError()), program.exitCode()};
    }

    /// A moment's training of MSG.
    QString msg(const QString& further) const
    {
        return QStringLiteral("msg --photos photos.safetensors --validation held.txt --out run "
                              "--size xs --minutes 0 ") +
               further;
    }

    void write(const char* name, const QByteArray& text) const
    {
        QFile file(folder_.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    std::filesystem::path path(const char* name) const
    {
        return folder_.filePath(QLatin1String(name)).toStdString();
    }

    void writeModel(const char* name, const char* architecture, bool gated) const;

    QTemporaryDir folder_;
};

void TestTrainProgram::writeModel(const char* name, const char* architecture, bool gated) const
{
    auto metadata = networks::toMetadata(tests::tinyConfig());
    metadata["architecture"] = architecture;
    QVERIFY(networks::saveWeights(*tests::randomModel(tests::tinyConfig()), path(name),
                                  checkpoint::DType::F32, metadata));
    if (!gated)
        return;
    const networks::SharpnessGate gate(networks::SharpnessGateConfig{.channels = 8, .blocks = 1});
    const auto model = checkpoint::SafetensorsFile::open(path(name)).value();
    QVERIFY(networks::writeWithGate(model, gate, path(name)));
}

void TestTrainProgram::initTestCase()
{
    QVERIFY(folder_.isValid());
    QVERIFY(QDir(folder_.path()).mkdir(QStringLiteral("folder")));
    const std::vector<std::byte> pixels(3 * 300 * 300);
    const checkpoint::TensorBytes photo{checkpoint::DType::U8, {3, 300, 300}, pixels};
    QVERIFY(checkpoint::writeSafetensors(path("photos.safetensors"),
                                         {{"held.jpg", photo}, {"learned.jpg", photo}}, {}));
    write("held.txt", "held.jpg\n");
    writeModel("tiny.safetensors", "msg", false);
    writeModel("gated.safetensors", "msg", true);
    writeModel("other.safetensors", "deblurdiff", false);
}

void TestTrainProgram::refusesCarelessNumbers_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("words");
    const auto add = [](const char* arguments, const char* words) {
        QTest::newRow(arguments) << QString::fromUtf8(arguments) << QString::fromUtf8(words);
    };
    add("msg --batch 0", "--batch: '0' is not a whole number from 1");
    add("msg --batch 100000000", "--batch");
    add("msg --mix-from -1", "--mix-from: '-1' is not a whole number, 0 or more");
    add("msg --steps 0", "--steps");
    add("msg --threads -1", "--threads");
    add("msg --minutes nan", "--minutes");
    add("msg --minutes -1", "--minutes");
    add("msg --seed -1", "--seed");
    add("msg --crop 40", "--crop: '40' is not a multiple of 16");
    add("msg --crop 0", "--crop");
    add("msg --regressor-share 1.5", "--regressor-share: '1.5' is not a number from 0 to 1");
    add("msg --gradient-weight nan", "--gradient-weight");
    add("msg --learning-rate 0", "--learning-rate");
    add("msg --kernel-rate inf", "--kernel-rate");
    add("msg --warmup -5", "--warmup");
    add("msg --device gpu", "cpu, cuda or cuda:0");
    add("msg --device cuda:-1", "cpu, cuda or cuda:0");
    add("deblurdiff --decoded-share -0.1", "--decoded-share");
    add("gate --crop 100", "--crop");
    add("gate --side 100", "--side");
    add("gate --channels 0", "--channels");
    add("gate --blocks 17", "--blocks");
    add("gate --scales 4", "--scales");
    add("gate --harm -1", "--harm");
    add("sheet --side 30", "--side");
    add("evaluate --side 0", "--side");
    add("cache --long-side -2", "--long-side");
    add("shake --extent 0", "--extent");
}

void TestTrainProgram::refusesCarelessNumbers()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, words);

    const auto [said, code] = run(arguments);

    QVERIFY2(said.contains(words), qPrintable(said));
    QVERIFY(code > 0);
}

void TestTrainProgram::refusesCarelessNumbersOfAFile()
{
    write("careless.toml", "[msg]\ncrop = 40\n");

    const auto [said, code] = run(msg(QStringLiteral("--config careless.toml")));

    QVERIFY2(said.contains(QStringLiteral("--crop: '40' is not a multiple of 16")),
             qPrintable(said));
    QVERIFY(code > 0);
}

void TestTrainProgram::namesWhatAFileDoesNotMean_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("key") << QByteArray("[msg]\nstpes = 4\n") << "unknown key 'msg.stpes'";
    QTest::newRow("section") << QByteArray("[mgs]\nsteps = 4\n") << "unknown section 'mgs'";
}

void TestTrainProgram::namesWhatAFileDoesNotMean()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, words);
    write("misspelled.toml", text);

    const auto [said, code] = run(msg(QStringLiteral("--config misspelled.toml")));

    QVERIFY2(said.contains(QStringLiteral("misspelled.toml: ") + words), qPrintable(said));
    QVERIFY(code > 0);
}

void TestTrainProgram::acceptsTheSettingsOfTheShippedWeights_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("command");
    const QDir models(QStringLiteral(LIMPID_SOURCE_DIR "/models"));
    for (const auto& name : models.entryList({QStringLiteral("*.toml")})) {
        QFile file(models.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto text = file.readAll();
        for (const QByteArray command : {"msg", "autoencoder", "deblurdiff"})
            if (text.contains("[" + command + "]")) // it is for that command
                QTest::newRow(name.toUtf8() + ", " + command)
                    << models.filePath(name) << QString::fromUtf8(command);
    }
}

void TestTrainProgram::acceptsTheSettingsOfTheShippedWeights()
{
    QFETCH(const QString, file);
    QFETCH(const QString, command);
    const auto start = command == u"deblurdiff" ? QStringLiteral("--from weights") : QString();

    // The run ends for the list, which is read after all options.
    const auto [said, code] =
        run(QStringLiteral("%1 --photos photos.safetensors --validation missing.txt --out run "
                           "%2 --config \"%3\"")
                .arg(command, start, file));

    QVERIFY2(said.contains(QStringLiteral("missing.txt: ")), qPrintable(said));
    QCOMPARE(code, 1);
}

void TestTrainProgram::asksForACacheWhereAFolderWillNotDo_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("sheet") << "sheet --photos folder --out sheet.png";
    QTest::newRow("evaluate")
        << "evaluate --photos folder --validation held.txt --model tiny.safetensors";
}

void TestTrainProgram::asksForACacheWhereAFolderWillNotDo()
{
    QFETCH(const QString, arguments);

    const auto [said, code] = run(arguments);

    QVERIFY2(said.contains(QStringLiteral("limpid-train cache folder")), qPrintable(said));
    QVERIFY(code > 0);
}

void TestTrainProgram::refusesPicturesThatNoPhotographHolds_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("option");
    const auto add = [](const char* command, const char* file, const char* option) {
        QTest::newRow(command) << QString::fromUtf8(command) << QString::fromUtf8(file)
                               << QString::fromUtf8(option);
    };
    const auto* const cache = "photos.safetensors";
    add("msg --out crop", cache, "--crop");
    add("gate --out gate --model tiny.safetensors --side 0", cache, "--crop");
    add("gate --out gate --model tiny.safetensors", "held.txt", "--side");
    add("evaluate --model tiny.safetensors", "held.txt", "--side");
}

void TestTrainProgram::refusesPicturesThatNoPhotographHolds()
{
    QFETCH(const QString, command);
    QFETCH(const QString, file);
    QFETCH(const QString, option);

    const auto [said, code] =
        run(command + QStringLiteral(" --photos photos.safetensors --validation held.txt ") +
            option + QStringLiteral(" 256"));

    QVERIFY2(said.startsWith(QStringLiteral("limpid-train: %1: none").arg(file)), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("a smaller ") + option), qPrintable(said));
    QCOMPARE(code, 1);
}

void TestTrainProgram::namesTheWeightsThatDoNotFit_data()
{
    QTest::addColumn<QString>("weights");
    QTest::addColumn<QString>("words");
    QTest::newRow("another size") << "tiny.safetensors"
                                  << "--size";
    QTest::newRow("another method") << "other.safetensors"
                                    << "'deblurdiff', not of 'msg'";
}

void TestTrainProgram::namesTheWeightsThatDoNotFit()
{
    QFETCH(const QString, weights);
    QFETCH(const QString, words);

    const auto [said, code] = run(msg(QStringLiteral("--from ") + weights));

    QVERIFY2(said.startsWith(QStringLiteral("limpid-train: %1: ").arg(weights)), qPrintable(said));
    QVERIFY2(said.contains(words), qPrintable(said));
    QCOMPARE(code, 1);
}

void TestTrainProgram::leavesAnAbsentPathOutOfItsComplaint()
{
    const auto [said, code] =
        run(QStringLiteral("gate --photos photos.safetensors --validation held.txt --out run "
                           "--model tiny.safetensors --scales 1"));

    QVERIFY2(said.startsWith(QStringLiteral("limpid-train: a deconvolution")), qPrintable(said));
    QCOMPARE(code, 1);
}

void TestTrainProgram::takesNoGateOfAnotherMethod()
{
    const auto [said, code] = run(QStringLiteral(
        "take-gate --model other.safetensors --from gated.safetensors target.safetensors"));

    QVERIFY2(said.contains(QStringLiteral("gated.safetensors: ")), qPrintable(said));
    QCOMPARE(code, 1);
    QVERIFY(!QFile::exists(folder_.filePath(QStringLiteral("target.safetensors"))));

    const auto [nothing, taken] = run(QStringLiteral(
        "take-gate --model tiny.safetensors --from gated.safetensors target.safetensors"));
    QVERIFY2(taken == 0, qPrintable(nothing));
}

void TestTrainProgram::neverWritesACacheOverAPhotograph()
{
    QVERIFY(QDir(folder_.path()).mkpath(QStringLiteral("mine")));
    write("mine/1.jpg", "a photograph");

    const auto [told, code] = run(QStringLiteral("cache mine mine/1.jpg"));

    QVERIFY(code != 0);
    QVERIFY2(told.contains(QStringLiteral("mine/1.jpg: this is the name of a photograph")),
             qPrintable(told));
    QFile photo(folder_.filePath(QStringLiteral("mine/1.jpg")));
    QVERIFY(photo.open(QIODevice::ReadOnly));
    QCOMPARE(photo.readAll(), QByteArray("a photograph"));
}

QTEST_APPLESS_MAIN(TestTrainProgram)
#include "tst_train_program.moc"
