// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/part_claim.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace limpid;
using training::PartClaim;

class TestPartClaim : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneAtATimeHasIt();
    void isFreeAgainWhenItsProcessDied();
    void waitsForTheOther();
    void neverTwoHaveIt();
    void saysWhereItCannotBeMarked();

private:
    std::filesystem::path marker() const
    {
        return folder_.filePath(QStringLiteral("part-0.drawing")).toStdString();
    }

    QTemporaryDir folder_;
};

void TestPartClaim::oneAtATimeHasIt()
{
    {
        const auto first = PartClaim::take(marker()).value();
        QVERIFY(first);
        QVERIFY(std::filesystem::exists(marker()));
        QVERIFY(!PartClaim::take(marker()).value());
    }
    QVERIFY(!std::filesystem::exists(marker()));
    QVERIFY(PartClaim::take(marker()).value());
}

void TestPartClaim::isFreeAgainWhenItsProcessDied()
{
    const pid_t child = ::fork();
    if (child == 0) {
        const auto claim = PartClaim::take(marker());
        ::_exit(claim && *claim ? 0 : 1); // without a destructor, as when it is killed
    }
    int status = 1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
    QVERIFY(std::filesystem::exists(marker()));

    QVERIFY(PartClaim::take(marker()).value());
}

void TestPartClaim::waitsForTheOther()
{
    auto first = PartClaim::take(marker()).value();
    QVERIFY(first);
    std::atomic<bool> isFree = false;
    bool wasFree = false;

    std::thread other([&] {
        const auto second = PartClaim::wait(marker());
        wasFree = second && isFree;
    });
    isFree = true;
    first.reset();
    other.join();

    QVERIFY(wasFree);
}

/// The marker comes and goes while many want it.
void TestPartClaim::neverTwoHaveIt()
{
    std::atomic<int> holders = 0;
    std::atomic<int> most = 0;
    const auto work = [&] {
        for (int i = 0; i < 500; ++i) {
            const auto claim = PartClaim::wait(marker());
            most = std::max(most.load(), ++holders);
            --holders;
        }
    };

    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(work);
    for (auto& thread : threads)
        thread.join();

    QCOMPARE(most.load(), 1);
}

void TestPartClaim::saysWhereItCannotBeMarked()
{
    const auto claim = PartClaim::take(marker() / "inside");

    QVERIFY(!claim);
    QCOMPARE(claim.error().code, ErrorCode::FileUnwritable);
}

QTEST_APPLESS_MAIN(TestPartClaim)
#include "tst_part_claim.moc"
