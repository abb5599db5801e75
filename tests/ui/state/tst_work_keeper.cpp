// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "tests/ui/fake_session.h"
#include "tests/ui/saved_work_sample.h"
#include "ui/state/work_keeper.h"

#include <QDir>
#include <QSignalSpy>
#include <QThreadPool>
#include <QTimer>

using namespace limpid;

namespace {

constexpr std::chrono::milliseconds atOnce{0};

/// What is logged during its life.
class Log {
public:
    Log()
    {
        setLogSink(
            [this](LogLevel, std::string_view, std::string_view text) {
                lines_ << QString::fromStdString(std::string(text));
            },
            LogLevel::Warning);
    }
    ~Log() { setLogSink(nullptr, LogLevel::Warning); }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    const QStringList& lines() const { return lines_; }

private:
    QStringList lines_;
};

/// A photo that is a file, under a document that restores it.
struct Session : tests::FakeSession {
    Session() { document.setSettings({.method = "fake", .steps = 2, .seed = 7}); }

    /// As the window does: so that the keeper knows the file.
    void open(const ui::WorkKeeper& keeper)
    {
        document.setPhoto(keeper.noting({})(sample.photo.path).value());
    }

    QStringList files() const
    {
        return QDir(folder.path()).entryList({QStringLiteral("*.limpid")}, QDir::Files);
    }

    QStringList views() const
    {
        return QDir(folder.path()).entryList({QStringLiteral("*.view")}, QDir::Files);
    }

    std::filesystem::path file() const { return place / files().value(0).toStdString(); }

    std::size_t keptResults() const
    {
        const auto work = ui::readWork(file());
        return work ? ui::allOf(work->restoration).size() : 0;
    }

    /// What a program that crashed would leave.
    std::filesystem::path leaveWork() const
    {
        const auto file = ui::toPath(folder.filePath(QStringLiteral("work-of-before.limpid")));
        [&] {
            QVERIFY(ui::writeWork(sample.work, file).has_value());
        }();
        return file;
    }

    /// And waits until the keeper, which does it at once, has written that or not.
    void changeStrength(float strength, const ui::WorkKeeper& keeper)
    {
        document.setStrength(strength);
        QTimer later; // than the keeper's own
        later.setSingleShot(true);
        const QSignalSpy passed(&later, &QTimer::timeout);
        later.start(atOnce);
        QTRY_COMPARE(passed.count(), 1);
        QTRY_VERIFY(!keeper.isBusy());
    }

    tests::SavedWorkSample sample;
    QTemporaryDir folder;
    std::filesystem::path place = ui::toPath(folder.path());
};

} // namespace

class TestWorkKeeper : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNewestResultIsInTheFile()
    {
        Session session;
        ui::WorkKeeper keeper(session.document, session.place);
        session.open(keeper);

        session.document.setRegion(region::Region{.rect = {2, 2, 8, 8}});
        session.restore();
        QTRY_COMPARE(session.keptResults(), std::size_t{1});
        session.document.setRegion(region::Region{.rect = {20, 2, 8, 8}});
        session.restore();
        QTRY_COMPARE(session.keptResults(), std::size_t{2});

        QCOMPARE(session.files().size(), 1);
        const auto work = ui::readWork(session.file());
        QVERIFY(work.has_value());
        QCOMPARE(work->restoration->beneath.size(), std::size_t{1});
        QVERIFY(std::ranges::equal(work->restoration->patch.pixels.pixels(),
                                   session.document.restoration()->patch.pixels.pixels()));
    }

    void aChangeOfTheViewIsWrittenWithoutThePixels_data()
    {
        QTest::addColumn<bool>("isRegion");
        QTest::newRow("region") << true;
        QTest::newRow("strength") << false;
    }

    void aChangeOfTheViewIsWrittenWithoutThePixels()
    {
        QFETCH(const bool, isRegion);
        Session session;
        ui::WorkKeeper keeper(session.document, session.place);
        QSignalSpy written(&keeper, &ui::WorkKeeper::written);
        session.open(keeper);
        session.restore();
        QTRY_COMPARE(written.count(), 1);
        const auto time = std::filesystem::last_write_time(session.file());

        const region::Region region{.rect = {3, 4, 5, 6}, .featherPixels = 2};
        isRegion ? session.document.setRegion(region) : session.document.setStrength(0.25F);
        QTRY_COMPARE(written.count(), 2);

        const auto work = ui::readWork(session.file());
        QVERIFY(work.has_value());
        QVERIFY(work->view.region == (isRegion ? std::optional(region) : std::nullopt));
        QCOMPARE(work->view.strength, isRegion ? 1.0F : 0.25F);
        QVERIFY(std::filesystem::last_write_time(session.file()) == time);
    }

    void manyChangesOfTheViewAreOneWrite()
    {
        Session session;
        ui::WorkKeeper keeper(session.document, session.place);
        QSignalSpy written(&keeper, &ui::WorkKeeper::written);
        session.open(keeper);
        session.restore();
        QTRY_COMPARE(written.count(), 1);

        for (int percent = 99; percent >= 40; --percent) {
            session.document.setStrength(static_cast<float>(percent) / 100);
            QCoreApplication::processEvents();
        }
        QTRY_COMPARE(ui::readWork(session.file())->view.strength, 0.4F);
        session.restore();
        QTRY_VERIFY(!keeper.isBusy() && written.count() > 2);

        QVERIFY2(written.count() <= 4, qPrintable(QString::number(written.count())));
    }

    void theChecksumIsOfThePhotoAsItWasOpened()
    {
        Session session;
        ui::WorkKeeper keeper(session.document, session.place);
        QSignalSpy written(&keeper, &ui::WorkKeeper::written);
        session.open(keeper);

        session.sample.replacePhoto();
        session.restore();
        QTRY_COMPARE(written.count(), 1);

        const auto work = ui::readWork(session.file());
        QVERIFY(work.has_value());
        QCOMPARE(work->checksum, session.sample.work.checksum);
        session.open(keeper); // what lies there now
        QVERIFY(!ui::laidOnto(*session.document.photo(), keeper.checksum(), *work).has_value());
    }

    void resultsOnAPhotoThatNobodyKnowsAreNotKept()
    {
        Session session; // whose photo was never a file
        ui::WorkKeeper keeper(session.document, session.place, atOnce);
        QSignalSpy written(&keeper, &ui::WorkKeeper::written);

        session.restore();
        QTRY_VERIFY(!keeper.isBusy());
        session.changeStrength(0.5F, keeper);

        QCOMPARE(written.count(), 0);
        QCOMPARE(session.files() + session.views(), QStringList());
    }

    void aViewThatCannotBeWrittenIsLoggedOnce()
    {
        Session session;
        ui::WorkKeeper keeper(session.document, session.place, atOnce);
        session.open(keeper);
        session.restore();
        QTRY_VERIFY(!keeper.isBusy());
        const auto view = session.place / session.views().value(0).toStdString();
        QVERIFY(std::filesystem::remove(view) && std::filesystem::create_directory(view));
        const Log log;

        session.changeStrength(0.5F, keeper);
        session.changeStrength(0.25F, keeper);

        QCOMPARE(log.lines().size(), 1);
        const QString line = log.lines().front();
        QVERIFY2(line.contains(QStringLiteral("strength")), qPrintable(line));
        QVERIFY2(line.contains(ui::toText(session.file())), qPrintable(line));
        QVERIFY(std::filesystem::remove(view));
        session.changeStrength(0.75F, keeper);
        QCOMPARE(ui::readWork(session.file())->view.strength, 0.75F);
    }

    void nothingIsLeftOfWhatIsUndoneOrExported_data()
    {
        QTest::addColumn<bool>("undone");
        QTest::newRow("undone") << true;
        QTest::newRow("exported") << false;
    }

    void nothingIsLeftOfWhatIsUndoneOrExported()
    {
        QFETCH(bool, undone);
        Session session;
        ui::WorkKeeper keeper(session.document, session.place);
        QSignalSpy written(&keeper, &ui::WorkKeeper::written);
        session.open(keeper);
        session.restore();
        QTRY_COMPARE(written.count(), 1);

        undone ? session.document.history().undo() : keeper.forget();

        QTRY_VERIFY(session.files().isEmpty() && session.views().isEmpty());
    }

    void nothingIsLeftWhenTheProgramEnds()
    {
        Session session;
        {
            ui::WorkKeeper keeper(session.document, session.place);
            session.open(keeper);
            session.restore();
            session.document.setRegion(region::Region{.rect = {2, 2, 8, 8}});
            session.restore();
        } // with a write still under way, or not
        QThreadPool::globalInstance()->waitForDone();

        QCOMPARE(session.files() + session.views(), QStringList());
    }

    void whatACrashLeftIsFoundByOneProgramAlone()
    {
        Session session;
        const auto left = session.leaveWork();
        ui::WorkKeeper first(session.document, session.place);
        ui::WorkKeeper second(session.document, session.place);

        QVERIFY(first.leftBehind() == left);
        QVERIFY(!second.leftBehind());
        first.discardLeftBehind();

        QVERIFY(!first.leftBehind());
        QCOMPARE(session.files() + session.views(), QStringList());
    }

    void theWorkOfARunningProgramIsNotLeftBehind()
    {
        Session session;
        ui::WorkKeeper running(session.document, session.place);
        QSignalSpy written(&running, &ui::WorkKeeper::written);
        session.open(running);
        session.restore();
        QTRY_COMPARE(written.count(), 1);

        ui::WorkKeeper other(session.document, session.place);

        QVERIFY(!other.leftBehind());
    }

    void whatACrashLeftHalfWrittenIsSweptAway()
    {
        Session session;
        const QString half = session.folder.filePath(QStringLiteral("work-1.limpid.AbCdEf"));
        QFile file(half);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        ui::WorkKeeper keeper(session.document, session.place);

        QVERIFY(!keeper.leftBehind());
        QVERIFY(!QFile::exists(half));
    }

    void oldWorkIsDeleted()
    {
        Session session;
        QFile file(ui::toText(session.leaveWork()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-40),
                                 QFileDevice::FileModificationTime));
        file.close();
        ui::WorkKeeper keeper(session.document, session.place);

        QVERIFY(!keeper.leftBehind());
        QCOMPARE(session.files() + session.views(), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestWorkKeeper)
#include "tst_work_keeper.moc"
