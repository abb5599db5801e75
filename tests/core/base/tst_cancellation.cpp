// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cancellation.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace limpid;
using namespace std::chrono_literals;

class TestCancellation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokenWithoutSourceNeverCancels();
    void requestReachesEveryCopy();
    void cancelCannotBeTakenBack();
    void pauseHoldsTheWorkerUntilResumed();
    void cancelReleasesAPausedWorker();
    void waitedIsOnlyThePause();
    void withoutPausesItOnlyThrows();
};

namespace {

bool throwsCancelled(const CancelToken& token)
{
    try {
        token.throwIfRequested();
    } catch (const Cancelled&) {
        return true;
    }
    return false;
}

} // namespace

void TestCancellation::tokenWithoutSourceNeverCancels()
{
    const CancelToken token;

    QVERIFY(!throwsCancelled(token));
    QVERIFY(!token.isCancelled());
    QVERIFY(!token.isPaused());
}

void TestCancellation::requestReachesEveryCopy()
{
    const CancelSource source;
    const CancelToken early = source.token();
    QVERIFY(!throwsCancelled(early));

    const CancelSource copy = source;
    copy.requestCancel();

    QVERIFY(throwsCancelled(early));
    QVERIFY(throwsCancelled(source.token()));
    QVERIFY(early.isCancelled());
}

void TestCancellation::cancelCannotBeTakenBack()
{
    const CancelSource source;
    source.requestCancel();

    source.setPaused(true);
    source.setPaused(false);

    QVERIFY(throwsCancelled(source.token()));
}

void TestCancellation::pauseHoldsTheWorkerUntilResumed()
{
    const CancelSource source;
    source.setPaused(true);
    QVERIFY(source.token().isPaused());
    std::atomic<bool> resumed = false;
    bool passedEarly = true;
    std::thread worker([&, token = source.token()] {
        token.throwIfRequested();
        passedEarly = !resumed;
    });

    resumed = true;
    source.setPaused(false);
    worker.join();

    QVERIFY(!passedEarly);
}

void TestCancellation::cancelReleasesAPausedWorker()
{
    const CancelSource source;
    source.setPaused(true);
    bool cancelled = false;
    std::thread worker([&, token = source.token()] { cancelled = throwsCancelled(token); });

    source.requestCancel();
    worker.join();

    QVERIFY(cancelled);
}

void TestCancellation::waitedIsOnlyThePause()
{
    const CancelSource source;
    const CancelToken token = source.token();
    token.throwIfRequested();
    QVERIFY(token.waited() == 0ns);
    source.setPaused(true);
    const auto start = std::chrono::steady_clock::now();
    std::thread worker([&] { token.throwIfRequested(); });

    source.setPaused(false);
    worker.join();

    QVERIFY(token.waited() <= std::chrono::steady_clock::now() - start);
}

void TestCancellation::withoutPausesItOnlyThrows()
{
    const CancelSource source;
    const CancelToken token = source.token().withoutPauses();
    source.setPaused(true);

    QVERIFY(!throwsCancelled(token));
    QVERIFY(token.waited() == 0ns);
    source.requestCancel();
    QVERIFY(throwsCancelled(token));
}

QTEST_APPLESS_MAIN(TestCancellation)
#include "tst_cancellation.moc"
