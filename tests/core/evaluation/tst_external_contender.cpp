// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/external_contender.h"
#include "core/evaluation/external_program.h"
#include "core/evaluation/picture.h"
#include "core/evaluation/sample.h"
#include "tests/core/evaluation/scenes.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace limpid;
using namespace limpid::evaluation;

namespace {

namespace fs = std::filesystem;

Contender contender(const std::string& name)
{
    return **externalContender(name);
}

Contender unchanged()
{
    return {.name = "unchanged", .restore = [](const Puzzle& puzzle) {
                return puzzle.blurred;
            }};
}

} // namespace

/// No other project's program runs here: PATH has only scripts that the tests write.
class TestExternalContender : public QObject {
    Q_OBJECT

private:
    QTemporaryDir temporary_;
    fs::path folder_ = temporary_.path().toStdString();
    QByteArray path_;

    void pretend(const char* program, const char* script)
    {
        std::ofstream(folder_ / program) << "#!/bin/sh\n" << script << "\n";
        fs::permissions(folder_ / program, fs::perms::owner_all);
    }

private Q_SLOTS:
    void initTestCase()
    {
        path_ = qgetenv("PATH");
        qputenv("PATH", QByteArray::fromStdString(folder_.string()));
    }
    void cleanupTestCase() { qputenv("PATH", path_); }

    void takesWhatTheProgramWrites()
    {
        pretend("gmic", "/bin/cp in.png out.png");
        const auto picture = exported(tests::scene(48));

        const auto restored = contender("gmic").restore({.blurred = picture});

        QVERIFY(restored);
        QVERIFY((*restored - picture).abs().max().item<double>() < 1e-6);
    }

    void tellsItTheSigma()
    {
        pretend("rawtherapee-cli", "/bin/grep -q DeconvRadius=2.5 sharpen.pp3 && "
                                   "/bin/cp in.png out.png");

        QCOMPARE(contender("gmic:3").name, std::string("G'MIC, sigma 3"));
        QVERIFY(contender("rawtherapee:2.5").restore({.blurred = tests::scene(48)}));
        QVERIFY(!contender("rawtherapee").restore({.blurred = tests::scene(48)}));
    }

    void refusesASigmaThatIsNone_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* name : {"gmic:", "gmic:x", "gmic:0", "rawtherapee:1e9", "gmic:1.5;rm"})
            QTest::newRow(name) << QByteArray(name);
    }
    void refusesASigmaThatIsNone()
    {
        QFETCH(QByteArray, name);

        QCOMPARE(externalContender(name.toStdString())->error().code, ErrorCode::InvalidRequest);
    }

    void aProgramThatIsMissingIsReportedAndTheRunGoesOn()
    {
        fs::remove(folder_ / "gmic");
        const Trial trial{.label = {}, .puzzle = {.blurred = tests::scene(64)}, .sharp = {}};

        const auto samples = judged(trial, {contender("gmic"), unchanged()});

        QVERIFY(samples);
        QCOMPARE((*samples)[1].failure, std::string("gmic is not installed"));
        QVERIFY((*samples)[1].output.empty());
        QVERIFY(!(*samples)[2].output.empty());
    }

    void aFailureIsNotRepeated()
    {
        pretend("gmic", "echo once >> \"$0.count\"; echo no luck; exit 1");
        const auto failing = contender("gmic");

        const auto first = failing.restore({.blurred = tests::scene(48)});
        const auto second = failing.restore({.blurred = tests::scene(48)});

        QCOMPARE(first.error().detail, std::string("gmic failed: no luck"));
        QCOMPARE(second.error().detail, first.error().detail);
        QCOMPARE(fs::file_size(folder_ / "gmic.count"), std::uintmax_t{5});
    }

    void aPictureOfAnotherSizeIsRefused()
    {
        const auto other = folder_ / "other.png";
        pretend("gmic", "/bin/cp in.png \"${0%gmic}other.png\"; /bin/cp in.png out.png");
        QVERIFY(contender("gmic").restore({.blurred = tests::scene(48)}));
        pretend("gmic", "/bin/cp \"${0%gmic}other.png\" out.png");

        const auto restored = contender("gmic").restore({.blurred = tests::scene(64)});

        QVERIFY(fs::exists(other) && !restored);
    }

    void aProgramThatTakesTooLongIsStopped()
    {
        pretend("slow", "/bin/sleep 600");

        const auto done =
            runExternal({.words = {"slow"}, .folder = folder_, .limit = std::chrono::seconds(0)});

        QVERIFY(!done);
        QVERIFY(done.error().detail.find("longer than 0 s") != std::string::npos);
    }

    void whatCannotBeStartedIsNamed()
    {
        const auto done = runExternal({.words = {"no-such-program"}, .folder = folder_});

        QVERIFY(!done);
        QVERIFY(done.error().detail.find("no-such-program") != std::string::npos);
    }

    void aTemporaryFolderGoesWithItsOwner()
    {
        fs::path path;
        {
            const auto folder = TemporaryFolder::create();
            path = folder->path();
            std::ofstream(path / "file") << "x";
        }
        QVERIFY(!path.empty() && !fs::exists(path));
    }
};

QTEST_APPLESS_MAIN(TestExternalContender)
#include "tst_external_contender.moc"
