// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/batch.h"
#include "tests/support/fresh_folder.h"
#include "tests/support/words.h"

#include <QStringList>

#include <fstream>

namespace limpid::tests {

/// A folder for photographs and their results; what they hold plays no part in a plan.
class BatchFolder : public FreshFolder {
public:
    void make(const std::filesystem::path& name) const
    {
        std::filesystem::create_directories((path() / name).parent_path());
        std::ofstream(path() / name) << name.string();
    }
    engine::BatchSettings into(const char* folder) const { return {.to = file(folder)}; }
    engine::BatchPhoto photo(const std::filesystem::path& name,
                             image::FileFormat format = image::FileFormat::Jpeg) const
    {
        return {path() / name, {}, format};
    }
    /// Names below the folder of results; " is there" behind those left alone.
    QStringList outputs(const std::vector<engine::BatchPhoto>& photos,
                        const engine::BatchSettings& settings) const
    {
        QStringList names;
        const auto plan = planBatch(photos, settings);
        if (!plan)
            return {QString::fromStdString(plan.error().detail)};
        for (const auto& item : plan->items)
            names << QString::fromStdString(item.output.lexically_relative(settings.to).string()) +
                         (item.isThere ? QStringLiteral(" is there") : QString());
        return names;
    }
};

} // namespace limpid::tests
