// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/job_runner.h"
#include "core/evaluation/contender.h"

#include <memory>

namespace limpid::evaluation {

/// A method of the program, "msg" or "msg:MODEL": one contender for each number of steps and each
/// strength. The picture goes through the runner that the window and the command line have, is laid
/// into an 8-bit photo as for an export, and comes back from there. A further strength of the same
/// run takes no time: its patch is kept. InvalidRequest for what the program does not know.
[[nodiscard]] Result<std::vector<Contender>>
programContenders(const std::string& name, const ContenderOptions& options,
                  const std::shared_ptr<engine::JobRunner>& runner);

} // namespace limpid::evaluation
