// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/training/part_claim.h"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

using namespace limpid;
using training::PartClaim;

namespace {

/// Whether this process has this file open.
bool isOpen(const std::filesystem::path& file)
{
    const auto real = std::filesystem::canonical(file);
    for (const auto& descriptor : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone; // what another thread has closed by now
        if (std::filesystem::read_symlink(descriptor.path(), gone) == real)
            return true;
    }
    return false;
}

/// A thread that waits for a marker, and gives it back.
class Waiter {
public:
    explicit Waiter(const std::filesystem::path& marker)
        : thread_([this, marker] {
              id_ = ::gettid();
              if (const auto claim = PartClaim::wait(marker))
                  hadIt_ = true;
          })
    {}

    /// Until the system says that it sleeps in its call; false when it does not, or had the marker.
    bool isAsleepBefore(int milliseconds) const
    {
        const auto state = [this] {
            std::ifstream status("/proc/self/task/" + std::to_string(id_) + "/stat");
            std::string line;
            std::getline(status, line);
            const auto name = line.rfind(") ");
            return name == std::string::npos ? '?' : line[name + 2];
        };
        return QTest::qWaitFor([&] { return hadIt_ || state() == 'S'; }, milliseconds) && !hadIt_;
    }

    bool hadIt() const { return hadIt_; }
    void join() { thread_.join(); }

private:
    std::atomic<pid_t> id_ = 0;
    std::atomic<bool> hadIt_ = false;
    std::thread thread_; ///< Last: it uses the others.
};

} // namespace

class TestPartClaim : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneAtATimeHasIt();
    void isFreeAgainWhenItsProcessDied();
    void waitsForTheOther();
    void waitsForTheMarkerThatHasTheName();
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
    Waiter other(marker());

    const bool waited = other.isAsleepBefore(60'000);
    first.reset();
    other.join();

    QVERIFY(waited);
    QVERIFY(other.hadIt());
}

/// The marker is moved while one waits, and another one is made in its place.
void TestPartClaim::waitsForTheMarkerThatHasTheName()
{
    const auto moved = marker().string() + ".moved";
    const int old = ::open(marker().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    QCOMPARE(::flock(old, LOCK_EX), 0);
    Waiter other(marker());
    const bool waitedForTheOld = other.isAsleepBefore(60'000);
    std::filesystem::rename(marker(), moved);
    auto second = PartClaim::take(marker()).value();

    ::close(old);
    const bool leftTheOld =
        QTest::qWaitFor([&] { return !isOpen(moved) || other.hadIt(); }, 60'000) && !other.hadIt();
    const bool waited = other.isAsleepBefore(60'000);
    const bool wasFree = second.has_value();
    second.reset();
    other.join();

    QVERIFY(wasFree && waitedForTheOld);
    QVERIFY(leftTheOld && waited);
    QVERIFY(other.hadIt());
}

/// The marker comes and goes while many want it.
void TestPartClaim::neverTwoHaveIt()
{
    std::atomic<int> holders = 0;
    std::atomic<bool> shared = false;
    const auto work = [&] {
        for (int i = 0; i < 500; ++i) {
            const auto claim = PartClaim::wait(marker());
            if (++holders != 1)
                shared = true;
            std::this_thread::yield();
            --holders;
        }
    };

    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back(work);
    for (auto& thread : threads)
        thread.join();

    QVERIFY(!shared);
}

void TestPartClaim::saysWhereItCannotBeMarked()
{
    const auto claim = PartClaim::take(marker() / "inside");

    QVERIFY(!claim);
    QCOMPARE(claim.error().code, ErrorCode::FileUnwritable);
}

QTEST_APPLESS_MAIN(TestPartClaim)
#include "tst_part_claim.moc"
