// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/question.h"

#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace limpid::ui {

void ask(QWidget& parent, const Question& question, std::function<void()> proceed)
{
    auto* box = new QMessageBox(QMessageBox::Warning, QStringLiteral("Limpid"), question.text,
                                QMessageBox::NoButton, &parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(question.advice);
    auto* go = box->addButton(question.proceed, QMessageBox::DestructiveRole);
    auto* stay = box->addButton(question.stay, QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    QObject::connect(go, &QPushButton::clicked, &parent, std::move(proceed));
    box->open();
}

} // namespace limpid::ui
