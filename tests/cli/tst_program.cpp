// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/photo_reader.h"
#include "tests/support/make_photo.h"
#include "tests/support/tiny_msg.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace limpid;

namespace {

/// Whether a process has installed a handler of its own for SIGINT.
bool catchesInterrupt(qint64 process)
{
    constexpr quint64 interruptBit = quint64{1} << (SIGINT - 1);
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return false;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("SigCgt:"))
            return (line.mid(7).trimmed().toULongLong(nullptr, 16) & interruptBit) != 0;
    return false;
}

} // namespace

/// The program itself, with a tiny network of random weights.
class TestProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void restoresARegionOfAPhoto();
    void writesTheSameBytesTwice();
    void namesTheModelThatIsMissing();
    void stopsOnInterrupt_data();
    void stopsOnInterrupt();

private:
    void start(QProcess& program, const QStringList& arguments) const;
    QByteArray bytesOf(const char* name) const
    {
        const auto bytes = tests::fileBytes(path(name));
        return {reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size())};
    }
    std::string path(const char* name) const
    {
        return folder_.filePath(QLatin1String(name)).toStdString();
    }
    QStringList restore(const char* out) const
    {
        return {QStringLiteral("restore"),  QStringLiteral("in.jpg"), QLatin1String(out),
                QStringLiteral("--models"), QStringLiteral("."),      QStringLiteral("--device"),
                QStringLiteral("cpu")};
    }

    QTemporaryDir folder_;
};

void TestProgram::initTestCase()
{
    QVERIFY(folder_.isValid());
    tests::installModel(tests::randomModel(tests::tinyConfig()), folder_.path().toStdString());
    tests::makePhotoFile(path("in.jpg"),
                         {.size = {90, 70}, .orientation = 8, .hasMetadata = true, .icc = {}});
}

void TestProgram::start(QProcess& program, const QStringList& arguments) const
{
    program.setWorkingDirectory(folder_.path());
    program.start(QStringLiteral(LIMPID_CLI), arguments);
    QVERIFY(program.waitForStarted());
}

void TestProgram::restoresARegionOfAPhoto()
{
    QProcess program;
    start(program, restore("out.png")
                       << QStringLiteral("--region=20,20,30,30") << QStringLiteral("--feather=4")
                       << QStringLiteral("--steps=3"));
    QVERIFY(program.waitForFinished());

    QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
    const auto before = image::readPhoto(path("in.jpg"));
    const auto after = image::readPhoto(path("out.png"));
    QVERIFY(before && after);
    QCOMPARE(after->metadata.orientation(), 1);
    QCOMPARE(after->original.sample({80, 60}, 0), before->original.sample({80, 60}, 0));
    int changed = 0;
    for (int x = 20; x < 50; ++x)
        changed += after->original.sample({x, 35}, 0) != before->original.sample({x, 35}, 0);
    QVERIFY(changed > 0);
}

void TestProgram::writesTheSameBytesTwice()
{
    for (const char* name : {"first.png", "second.png"}) {
        QProcess program;
        start(program, restore(name) << QStringLiteral("--steps=2"));
        QVERIFY(program.waitForFinished());
        QVERIFY2(program.exitCode() == 0, program.readAllStandardError().constData());
    }

    QCOMPARE(bytesOf("first.png"), bytesOf("second.png"));
}

void TestProgram::namesTheModelThatIsMissing()
{
    QProcess program;
    start(program, {QStringLiteral("restore"), QStringLiteral("in.jpg"), QStringLiteral("no.png"),
                    QStringLiteral("--models"), QStringLiteral("nowhere")});
    QVERIFY(program.waitForFinished());

    QCOMPARE(program.exitCode(), 1);
    QVERIFY(program.readAllStandardError().contains("nowhere/catalog.json: the model is missing"));
    QVERIFY(!QFile::exists(folder_.filePath(QStringLiteral("no.png"))));
}

void TestProgram::stopsOnInterrupt_data()
{
    QTest::addColumn<int>("signals");
    QTest::newRow("Ctrl+C") << 1;
    QTest::newRow("a group's and its own at once, as timeout sends them") << 2;
}

void TestProgram::stopsOnInterrupt()
{
    QFETCH(const int, signals);
    tests::makePhotoFile(path("large.png"),
                         {.format = image::FileFormat::Png, .size = {2400, 1800}, .icc = {}});
    QProcess program;
    auto arguments = restore("stopped.png") << QStringLiteral("--steps=50");
    arguments[1] = QStringLiteral("large.png");
    start(program, arguments);
    QTRY_VERIFY(catchesInterrupt(program.processId()));

    for (int i = 0; i < signals; ++i)
        ::kill(static_cast<pid_t>(program.processId()), SIGINT);

    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 130);
    QVERIFY(!QFile::exists(folder_.filePath(QStringLiteral("stopped.png"))));
}

QTEST_GUILESS_MAIN(TestProgram)
#include "tst_program.moc"
