// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>

#include <filesystem>
#include <memory>
#include <stdexcept>

namespace limpid::tests {

/// A base of tests each of whose functions has an empty folder of its own.
class FreshFolder {
protected:
    /// To be called in init().
    void renew()
    {
        folder_ = std::make_unique<QTemporaryDir>();
        if (!folder_->isValid())
            throw std::runtime_error("no temporary folder");
    }

    std::filesystem::path path() const { return folder_->path().toStdString(); }
    std::filesystem::path file(const char* name) const { return path() / name; }

private:
    std::unique_ptr<QTemporaryDir> folder_;
};

} // namespace limpid::tests
