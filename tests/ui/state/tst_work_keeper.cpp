// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_session.h"
#include "tests/ui/saved_work_sample.h"
#include "ui/state/work_keeper.h"

#include <QDir>
#include <QSignalSpy>
#include <QThreadPool>

using namespace limpid;

namespace {

/// A photo that is a file, under a document that restores it.
struct Session : tests::FakeSession {
    Session()
    {
        document.setPhoto(sample.photo);
        document.setSettings({.method = "fake", .steps = 2, .seed = 7});
    }

    QStringList files() const
    {
        return QDir(folder.path()).entryList({QStringLiteral("*.limpid")}, QDir::Files);
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
        QSignalSpy written(&keeper, &ui::WorkKeeper::written);

        session.document.setRegion(region::Region{.rect = {2, 2, 8, 8}});
        session.restore();
        QTRY_COMPARE(written.count(), 1);
        session.document.setRegion(region::Region{.rect = {20, 2, 8, 8}});
        session.restore();
        QTRY_COMPARE(written.count(), 2);

        QCOMPARE(session.files().size(), 1);
        const auto work = ui::readWork(session.place / session.files().front().toStdString());
        QVERIFY(work.has_value());
        QCOMPARE(work->restoration->beneath.size(), std::size_t{1});
        QVERIFY(std::ranges::equal(work->restoration->patch.pixels.pixels(),
                                   session.document.restoration()->patch.pixels.pixels()));
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
        session.restore();
        QTRY_COMPARE(written.count(), 1);

        undone ? session.document.history().undo() : keeper.forget();

        QTRY_VERIFY(session.files().isEmpty());
    }

    void nothingIsLeftWhenTheProgramEnds()
    {
        Session session;
        {
            ui::WorkKeeper keeper(session.document, session.place);
            session.restore();
            session.document.setRegion(region::Region{.rect = {2, 2, 8, 8}});
            session.restore();
        } // with a write still under way, or not
        QThreadPool::globalInstance()->waitForDone();

        QCOMPARE(session.files(), QStringList());
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
        QVERIFY(session.files().isEmpty());
    }

    void theWorkOfARunningProgramIsNotLeftBehind()
    {
        Session session;
        ui::WorkKeeper running(session.document, session.place);
        QSignalSpy written(&running, &ui::WorkKeeper::written);
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
        QVERIFY(session.files().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWorkKeeper)
#include "tst_work_keeper.moc"
