// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace limpid::ui {

/// Words for a method that the core knows by its id. An unknown id names itself.
struct MethodText {
    QString name;     ///< "MSG"
    QString fullName; ///< "Multiscale Structure Guided Diffusion"
    QString bestFor;  ///< One line: when to choose it.
    QString paper;    ///< Where it comes from, for the about box.
};

MethodText methodText(const std::string& id);

struct ParameterText {
    QString name;
    QString hint; ///< One sentence for the tooltip; may be empty.
    QString unit; ///< Appended to the value, with its space; may be empty.
};

/// Words for a parameter of a method, by ParameterSpec::id. An unknown id names itself.
ParameterText parameterText(const std::string& id);

/// Words for one of a parameter's choices, by its id. An unknown id names itself.
QString choiceText(const std::string& id);

} // namespace limpid::ui
