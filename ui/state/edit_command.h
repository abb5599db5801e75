// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/state/document.h"

#include <QElapsedTimer>
#include <QUndoCommand>

namespace limpid::ui {

/// One step of undo: what the document held before and after. Pixels are shared, not copied.
class EditCommand : public QUndoCommand {
public:
    EditCommand(Document& document, Document::Editable next, const QString& name, int mergeId);

    void undo() override { document_.goTo(before_); }
    void redo() override;
    int id() const override { return mergeId_; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    Document& document_;
    Document::Editable before_;
    Document::Editable after_;
    int mergeId_;
    bool isDone_ = false; ///< Once at least; the stack's first redo is the edit itself.
    QElapsedTimer age_;
};

} // namespace limpid::ui
