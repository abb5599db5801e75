// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluation/external_program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>

extern char** environ;

namespace limpid::evaluation {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// What a child process is started with: no input, output to a file, a group of its own.
class Setting {
public:
    explicit Setting(const ExternalCommand& command)
    {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addchdir_np(&actions_, command.folder.c_str());
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "log.txt",
                                         O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_adddup2(&actions_, STDOUT_FILENO, STDERR_FILENO);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP);
        for (const auto& word : command.words)
            words_.push_back(const_cast<char*>(word.c_str())); // never written to
        words_.push_back(nullptr);
    }

    ~Setting()
    {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }

    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

    /// 0 or an error of the system.
    int start(pid_t& process)
    {
        return posix_spawnp(&process, words_.front(), &actions_, &attributes_, words_.data(),
                            environ);
    }

private:
    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
    std::vector<char*> words_;
};

/// The status of the process when it has ended; none when the time was over, and then it is gone.
std::optional<int> waitFor(pid_t process, Clock::time_point end)
{
    constexpr std::chrono::milliseconds pause{20};
    int status = 0;
    while (waitpid(process, &status, WNOHANG) == 0) {
        if (Clock::now() >= end) {
            kill(-process, SIGKILL);
            waitpid(process, &status, 0);
            return std::nullopt;
        }
        std::this_thread::sleep_for(pause);
    }
    return status;
}

std::string lastLineOf(const fs::path& file)
{
    std::ifstream stream(file);
    std::string last;
    for (std::string line; std::getline(stream, line);)
        if (!line.empty())
            last = line;
    return last.substr(0, 200);
}

} // namespace

bool isInstalled(const std::string& program)
{
    const char* const path = std::getenv("PATH");
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (::access((fs::path(folder) / program).c_str(), X_OK) == 0)
            return true;
    return false;
}

Result<void> runExternal(const ExternalCommand& command)
{
    const auto& program = command.words.front();
    pid_t process = 0;
    if (const int error = Setting(command).start(process); error != 0)
        return fail(ErrorCode::Internal, program + " cannot be started: " + std::strerror(error));
    const auto status = waitFor(process, Clock::now() + command.limit);
    if (!status)
        return fail(ErrorCode::Internal,
                    program + " took longer than " + std::to_string(command.limit.count()) + " s");
    if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0)
        return fail(ErrorCode::Internal,
                    program + " failed: " + lastLineOf(command.folder / "log.txt"));
    return {};
}

Result<TemporaryFolder> TemporaryFolder::create()
{
    std::error_code error;
    auto name = (fs::temp_directory_path(error) / "limpid-eval-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
        return fail(ErrorCode::FileUnwritable, "no temporary folder can be made", name);
    return TemporaryFolder(name);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {}))
{}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored; // what cannot be removed is the system's to clean
    if (!path_.empty())
        fs::remove_all(path_, ignored);
}

} // namespace limpid::evaluation
