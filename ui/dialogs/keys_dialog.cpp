// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/keys_dialog.h"

#include "ui/panels/form_parts.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>

#include <array>
#include <vector>

namespace limpid::ui {

namespace {

constexpr int rowHeight = 18; // dots above capitals need more than the font's own line

struct KeyLine {
    QString name;
    QString keys;
};

QString keysOf(const QAction& action)
{
    QStringList texts;
    for (const auto& shortcut : action.shortcuts())
        texts << shortcut.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral("  ·  "));
}

std::vector<KeyLine> keyLines(const Actions& actions, ActionGroup group)
{
    std::vector<KeyLine> lines;
    for (const auto& spec : actionSpecs()) {
        const QAction& action = actions[spec.id];
        if (spec.group == group && !action.shortcuts().isEmpty())
            lines.push_back({Actions::plainText(action), keysOf(action)});
    }
    return lines;
}

void addBlock(QVBoxLayout& column, const QString& title, const std::vector<KeyLine>& lines)
{
    column.addWidget(headingLabel(title));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const auto& line : lines) {
        auto* keys = captionLabel(line.keys);
        keys->setTextFormat(Qt::PlainText);
        grid->setRowMinimumHeight(row, rowHeight);
        grid->addWidget(new QLabel(line.name), row, 0);
        grid->addWidget(keys, row++, 1, Qt::AlignRight);
    }
    column.addLayout(grid);
    column.addSpacing(12);
}

} // namespace

KeysDialog::KeysDialog(const Actions& actions, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Keys and mouse"));
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    for (auto* column : {left, right})
        column->setSpacing(8); // else that of the columns
    const auto block = [&](QVBoxLayout& column, ActionGroup group) {
        addBlock(column, Actions::groupText(group).remove(u'&'), keyLines(actions, group));
    };
    block(*left, ActionGroup::View);
    addBlock(*left, tr("Region and divider"),
             {{tr("Rectangle in the middle"), tr("Return")},
              {tr("Move it by 1, by 10 pixels"), tr("Arrows, Shift + arrows")},
              {tr("Resize it"), tr("Ctrl + arrows")},
              {tr("Remove it"), tr("Delete")},
              {tr("Move the divider"), tr("Alt + left, right")}});
    block(*left, ActionGroup::Help);
    left->addStretch();
    block(*right, ActionGroup::Tools);
    block(*right, ActionGroup::Edit);
    block(*right, ActionGroup::File);
    addBlock(*right, tr("Mouse"),
             {{tr("Zoom at the pointer"), tr("Wheel")},
              {tr("Move the photo"), tr("Drag, or hold Space")},
              {tr("Show before for a moment"), tr("Hold \\")},
              {tr("Back to the default"), tr("Double-click a name")},
              {tr("Change a slider"), tr("Shift + wheel")}});
    right->addStretch();

    auto* columns = new QHBoxLayout;
    columns->setSpacing(48);
    columns->addLayout(left);
    columns->addLayout(right);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(24, 24, 24, 16);
    rows->setSizeConstraint(QLayout::SetFixedSize);
    rows->addLayout(columns);
    rows->addWidget(buttons);
}

} // namespace limpid::ui
