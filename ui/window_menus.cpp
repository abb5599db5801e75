// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_menus.h"

#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

#include <algorithm>
#include <initializer_list>

namespace limpid::ui {

namespace {

using Id = ActionId;

constexpr std::array themes{Id::ThemeSystem, Id::ThemeLight, Id::ThemeDark};
constexpr std::array startsSection{Id::Quit,         Id::WholePhoto, Id::Swap,
                                   Id::FitOrFull,    Id::Panels,     Id::Run,
                                   Id::PreviousStep, Id::Models,     Id::About};

template<class Ids>
bool contains(const Ids& ids, Id id)
{
    return std::ranges::find(ids, id) != ids.end();
}

void addThemes(QMenu& menu, const Actions& actions)
{
    auto* submenu = menu.addMenu(QCoreApplication::translate("Actions", "Th&eme"));
    for (const auto id : themes)
        submenu->addAction(&actions[id]);
}

} // namespace

void fillMenuBar(QMenuBar& bar, const Actions& actions, QMenu& recent)
{
    for (const auto group : {ActionGroup::File, ActionGroup::Edit, ActionGroup::View,
                             ActionGroup::Tools, ActionGroup::Help}) {
        auto* menu = bar.addMenu(Actions::groupText(group));
        for (const auto& spec : actionSpecs()) {
            if (spec.group != group || contains(themes, spec.id))
                continue;
            if (contains(startsSection, spec.id))
                menu->addSeparator();
            menu->addAction(&actions[spec.id]);
            if (spec.id == Id::Open)
                menu->addMenu(&recent);
        }
        if (group == ActionGroup::View)
            addThemes(*menu, actions);
    }
}

void fillToolBar(QToolBar& bar, const Actions& actions)
{
    const auto add = [&](std::initializer_list<Id> ids) {
        if (!bar.actions().isEmpty())
            bar.addSeparator();
        for (const auto id : ids)
            bar.addAction(&actions[id]);
    };
    add({Id::Open, Id::Export});
    add({Id::Undo, Id::Redo});
    add({Id::Hand, Id::Rectangle});
    add({Id::AfterOnly, Id::Split, Id::SideBySide, Id::TopBottom, Id::Swap, Id::Before,
         Id::Invention});
    add({Id::Fit, Id::ZoomOut, Id::ZoomIn});
}

} // namespace limpid::ui
