// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <array>
#include <span>
#include <vector>

namespace limpid::ui {

enum class ActionId {
    Open,
    Export,
    Quit,
    Undo,
    Redo,
    WholePhoto,
    AfterOnly,
    Split,
    SideBySide,
    TopBottom,
    Swap,
    Before,
    KernelPane,
    Invention,
    FitOrFull,
    Fit,
    Zoom100,
    Zoom200,
    ZoomIn,
    ZoomOut,
    Panels,
    NextArea,
    FullScreen,
    ThemeSystem,
    ThemeLight,
    ThemeDark,
    Hand,
    Rectangle,
    Run,
    Pause,
    Cancel,
    PreviousStep,
    NextStep,
    KeepStep,
    Models,
    Keys,
    About,
};

/// Which menu an action stands in, and under which heading the keys are listed.
enum class ActionGroup { File, Edit, View, Tools, Help };

/// One row of the table of all actions.
struct ActionSpec {
    ActionId id;
    ActionGroup group;
    const char* text; ///< To be translated in the context "Actions".
    const char* icon = nullptr;
    std::array<QKeyCombination, 3> keys{}; ///< The first is the one that menus show.
    bool checkable = false;
};

/// Every action of the window, in the order of the menus.
std::span<const ActionSpec> actionSpecs();

/// The QActions of one window, made from the table.
class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QObject* parent);

    QAction& operator[](ActionId id) const;
    static QString groupText(ActionGroup group);
    /// An action's name without mnemonic and dots, for lists.
    static QString plainText(const QAction& action);

private:
    std::vector<QAction*> actions_;
};

} // namespace limpid::ui
