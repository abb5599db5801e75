// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/about_dialog.h"

#include "ui/line_icon.h"
#include "ui/panels/form_parts.h"
#include "ui/state/method_text.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace limpid::ui {

namespace {

constexpr int textWidth = 440;
constexpr int markSize = 64;

QLabel* paragraph(const QString& text)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFixedWidth(textWidth);
    return label;
}

} // namespace

AboutDialog::AboutDialog(const std::vector<engine::MethodSpec>& methods, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Limpid"));
    auto* title = new QLabel(tr("Limpid %1").arg(QCoreApplication::applicationVersion()));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    title->setFont(large);

    auto* text = new QVBoxLayout;
    text->setSpacing(8);
    text->addWidget(title);
    text->addWidget(paragraph(tr("Restores blurred photographs with diffusion methods, while you "
                                 "watch.")));
    text->addSpacing(8);
    text->addWidget(headingLabel(tr("Your photos stay here")));
    text->addWidget(paragraph(tr("Limpid runs on this computer alone: nothing is uploaded, nothing "
                                 "is downloaded, and nobody is told what you open. An original is "
                                 "never written to.")));
    text->addSpacing(8);
    text->addWidget(headingLabel(tr("What is restored is an estimate")));
    text->addWidget(paragraph(tr("More steps choose detail that is likely, not certain: do not "
                                 "rely on it for faces, number plates or text.")));
    text->addSpacing(8);
    text->addWidget(headingLabel(tr("Methods")));
    for (const auto& spec : methods) {
        const auto words = methodText(spec.id);
        text->addWidget(paragraph(words.paper.isEmpty() ? words.name : words.paper));
    }
    text->addSpacing(8);
    text->addWidget(headingLabel(tr("Licence")));
    text->addWidget(paragraph(tr("Free software under the GNU General Public License, version 3 or "
                                 "later. It comes without any warranty.")));

    auto* mark = new QLabel;
    mark->setPixmap(programMark().pixmap(QSize(markSize, markSize), devicePixelRatioF()));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(24);
    columns->addWidget(mark, 0, Qt::AlignTop);
    columns->addLayout(text);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(24, 24, 24, 16);
    rows->setSpacing(16);
    rows->setSizeConstraint(QLayout::SetFixedSize);
    rows->addLayout(columns);
    rows->addWidget(buttons);
}

} // namespace limpid::ui
