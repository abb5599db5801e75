// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions.h"

#include "ui/line_icon.h"

#include <QActionGroup>
#include <QCoreApplication>

#include <algorithm>

namespace limpid::ui {

namespace {

using Id = ActionId;
using Group = ActionGroup;
using Keys = std::array<QKeyCombination, 3>;

constexpr Keys keys(QKeyCombination first, QKeyCombination second = QKeyCombination(Qt::Key(0)),
                    QKeyCombination third = QKeyCombination(Qt::Key(0)))
{
    return {first, second, third};
}

constexpr QKeyCombination ctrl(Qt::Key key)
{
    return Qt::CTRL | key;
}

// Keys follow Lightroom where it has one; Tab and the peek key \ are bound by the window.
constexpr std::array specs{
    ActionSpec{Id::Open, Group::File, QT_TRANSLATE_NOOP("Actions", "&Open …"), "open",
               keys(ctrl(Qt::Key_O))},
    ActionSpec{Id::Export, Group::File, QT_TRANSLATE_NOOP("Actions", "&Export …"), "export",
               keys(ctrl(Qt::Key_E), Qt::CTRL | Qt::SHIFT | Qt::Key_S)},
    ActionSpec{Id::Quit, Group::File, QT_TRANSLATE_NOOP("Actions", "&Quit"), nullptr,
               keys(ctrl(Qt::Key_Q))},

    ActionSpec{Id::Undo, Group::Edit, QT_TRANSLATE_NOOP("Actions", "&Undo"), "undo",
               keys(ctrl(Qt::Key_Z))},
    ActionSpec{Id::Redo, Group::Edit, QT_TRANSLATE_NOOP("Actions", "&Redo"), "redo",
               keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Z, ctrl(Qt::Key_Y))},
    ActionSpec{Id::WholePhoto, Group::Edit, QT_TRANSLATE_NOOP("Actions", "Select &Whole Photo"),
               "whole-photo", keys(ctrl(Qt::Key_A))},

    ActionSpec{Id::AfterOnly, Group::View, QT_TRANSLATE_NOOP("Actions", "&After Only"), "after",
               keys(Qt::Key_A), true},
    ActionSpec{Id::Split, Group::View, QT_TRANSLATE_NOOP("Actions", "&Split"), "split",
               keys(Qt::SHIFT | Qt::Key_Y), true},
    ActionSpec{Id::SideBySide, Group::View, QT_TRANSLATE_NOOP("Actions", "Side &by Side"),
               "side-by-side", keys(Qt::Key_Y), true},
    ActionSpec{Id::TopBottom, Group::View, QT_TRANSLATE_NOOP("Actions", "&Top and Bottom"),
               "top-bottom", keys(Qt::ALT | Qt::Key_Y), true},
    ActionSpec{Id::Swap, Group::View, QT_TRANSLATE_NOOP("Actions", "S&wap Sides"), "swap",
               keys(Qt::Key_X)},
    ActionSpec{Id::Before, Group::View, QT_TRANSLATE_NOOP("Actions", "Show B&efore"), "before",
               keys(Qt::Key_Backslash), true},
    ActionSpec{Id::KernelPane, Group::View, QT_TRANSLATE_NOOP("Actions", "Show &LKPN Latent"),
               nullptr, keys(Qt::Key_L), true},
    ActionSpec{Id::Invention, Group::View, QT_TRANSLATE_NOOP("Actions", "Show I&nvented Detail"),
               "invention", keys(Qt::Key_I), true},
    ActionSpec{Id::FitOrFull, Group::View, QT_TRANSLATE_NOOP("Actions", "Fit or &100 %"), nullptr,
               keys(Qt::Key_Z)},
    ActionSpec{Id::Fit, Group::View, QT_TRANSLATE_NOOP("Actions", "&Fit"), "fit",
               keys(ctrl(Qt::Key_0))},
    ActionSpec{Id::Zoom100, Group::View, QT_TRANSLATE_NOOP("Actions", "Zoom 100 %"), nullptr,
               keys(ctrl(Qt::Key_1))},
    ActionSpec{Id::Zoom200, Group::View, QT_TRANSLATE_NOOP("Actions", "Zoom 200 %"), nullptr,
               keys(ctrl(Qt::Key_2))},
    ActionSpec{Id::ZoomIn, Group::View, QT_TRANSLATE_NOOP("Actions", "Zoom &In"), "zoom-in",
               keys(Qt::Key_Plus, Qt::Key_Equal, ctrl(Qt::Key_Plus))},
    ActionSpec{Id::ZoomOut, Group::View, QT_TRANSLATE_NOOP("Actions", "Zoom &Out"), "zoom-out",
               keys(Qt::Key_Minus, ctrl(Qt::Key_Minus))},
    ActionSpec{Id::Panels, Group::View, QT_TRANSLATE_NOOP("Actions", "Show &Panels"), nullptr,
               keys(Qt::Key_Tab), true},
    ActionSpec{Id::NextArea, Group::View, QT_TRANSLATE_NOOP("Actions", "&Go to Photo or Panels"),
               nullptr, keys(Qt::Key_F6)},
    ActionSpec{Id::FullScreen, Group::View, QT_TRANSLATE_NOOP("Actions", "F&ull Screen"),
               "full-screen", keys(Qt::Key_F11), true},
    ActionSpec{Id::ThemeSystem,
               Group::View,
               QT_TRANSLATE_NOOP("Actions", "Like the &System"),
               nullptr,
               {},
               true},
    ActionSpec{
        Id::ThemeLight, Group::View, QT_TRANSLATE_NOOP("Actions", "&Light"), nullptr, {}, true},
    ActionSpec{
        Id::ThemeDark, Group::View, QT_TRANSLATE_NOOP("Actions", "&Dark"), nullptr, {}, true},

    ActionSpec{Id::Hand, Group::Tools, QT_TRANSLATE_NOOP("Actions", "&Hand"), "hand",
               keys(Qt::Key_H), true},
    ActionSpec{Id::Rectangle, Group::Tools, QT_TRANSLATE_NOOP("Actions", "&Rectangle"), "rectangle",
               keys(Qt::Key_R), true},
    ActionSpec{Id::Run, Group::Tools, QT_TRANSLATE_NOOP("Actions", "R&estore"), "run",
               keys(ctrl(Qt::Key_Return), ctrl(Qt::Key_Enter))},
    ActionSpec{Id::Pause, Group::Tools, QT_TRANSLATE_NOOP("Actions", "&Pause"), "pause",
               keys(Qt::Key_P), true},
    ActionSpec{Id::Cancel, Group::Tools, QT_TRANSLATE_NOOP("Actions", "&Cancel"), "cancel",
               keys(Qt::Key_Escape)},
    ActionSpec{Id::PreviousStep, Group::Tools, QT_TRANSLATE_NOOP("Actions", "Pre&vious Step"),
               "previous", keys(Qt::Key_Comma)},
    ActionSpec{Id::NextStep, Group::Tools, QT_TRANSLATE_NOOP("Actions", "&Next Step"), "next",
               keys(Qt::Key_Period)},
    ActionSpec{Id::KeepStep, Group::Tools, QT_TRANSLATE_NOOP("Actions", "&Keep This Step"), "keep",
               keys(Qt::Key_K)},
    ActionSpec{Id::Models, Group::Tools, QT_TRANSLATE_NOOP("Actions", "&Models …")},

    ActionSpec{Id::Keys, Group::Help, QT_TRANSLATE_NOOP("Actions", "&Keys and Mouse"), "help",
               keys(Qt::Key_F1, Qt::Key_Question)},
    ActionSpec{Id::About, Group::Help, QT_TRANSLATE_NOOP("Actions", "&About Limpid"),
               "information"},
};

QList<QKeySequence> shortcutsOf(const ActionSpec& spec)
{
    QList<QKeySequence> shortcuts;
    for (const auto key : spec.keys)
        if (key.key() != Qt::Key(0) && key.key() != Qt::Key_unknown)
            shortcuts.append(QKeySequence(key));
    return shortcuts;
}

/// Those of which exactly one is on.
constexpr std::array<std::array<Id, 4>, 3> exclusive{{
    {Id::AfterOnly, Id::Split, Id::SideBySide, Id::TopBottom},
    {Id::ThemeSystem, Id::ThemeLight, Id::ThemeDark, Id::ThemeDark},
    {Id::Hand, Id::Rectangle, Id::Rectangle, Id::Rectangle},
}};

} // namespace

std::span<const ActionSpec> actionSpecs()
{
    return specs;
}

Actions::Actions(QObject* parent) : QObject(parent)
{
    for (const auto& spec : specs) {
        auto* action = new QAction(QCoreApplication::translate("Actions", spec.text), this);
        if (spec.icon)
            action->setIcon(lineIcon(QString::fromLatin1(spec.icon)));
        action->setShortcuts(shortcutsOf(spec));
        action->setCheckable(spec.checkable);
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        const QString name = plainText(*action);
        action->setToolTip(key.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, key));
        actions_.push_back(action);
    }
    for (const auto& ids : exclusive) {
        auto* group = new QActionGroup(this);
        for (const auto id : ids)
            group->addAction(&(*this)[id]);
    }
}

QAction& Actions::operator[](ActionId id) const
{
    const auto row = std::ranges::find(specs, id, &ActionSpec::id);
    return *actions_[static_cast<std::size_t>(row - specs.begin())];
}

QString Actions::groupText(ActionGroup group)
{
    switch (group) {
    case Group::File: return QCoreApplication::translate("Actions", "&File");
    case Group::Edit: return QCoreApplication::translate("Actions", "&Edit");
    case Group::View: return QCoreApplication::translate("Actions", "&View");
    case Group::Tools: return QCoreApplication::translate("Actions", "&Tools");
    case Group::Help: return QCoreApplication::translate("Actions", "&Help");
    }
    return {};
}

QString Actions::plainText(const QAction& action)
{
    QString text = action.text();
    return text.remove(u'&').remove(QStringLiteral(" …"));
}

} // namespace limpid::ui
