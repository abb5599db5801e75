// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/edit_command.h"

#include <utility>

namespace limpid::ui {

namespace {
constexpr qint64 sameGestureMilliseconds = 700;
}

EditCommand::EditCommand(Document& document, Document::Editable next, const QString& name,
                         int mergeId)
    : QUndoCommand(name), document_(document), before_(document.state_), after_(std::move(next)),
      mergeId_(mergeId)
{
    age_.start();
}

void EditCommand::redo()
{
    if (std::exchange(isDone_, true))
        document_.goTo(after_);
    else
        document_.apply(after_);
}

bool EditCommand::mergeWith(const QUndoCommand* other)
{
    const auto& newer = static_cast<const EditCommand&>(*other);
    if (age_.elapsed() - newer.age_.elapsed() > sameGestureMilliseconds)
        return false;
    after_ = newer.after_;
    age_ = newer.age_;
    return true;
}

} // namespace limpid::ui
