// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/message_banner.h"

#include "ui/line_icon.h"
#include "ui/panels/form_parts.h"
#include "ui/state/error_text.h"

#include <QAccessibleWidget>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace limpid::ui {

namespace {

QString iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Notice: return QStringLiteral("information");
    case Tone::Success: return QStringLiteral("success");
    case Tone::Warning: return QStringLiteral("warning");
    case Tone::Problem: return QStringLiteral("error");
    }
    return {};
}

QColor colorOf(Tone tone)
{
    switch (tone) {
    case Tone::Notice: return {0x3d, 0x86, 0xc8};
    case Tone::Success: return {0x3f, 0x9b, 0x5c};
    case Tone::Warning: return {0xd8, 0x9b, 0x1e};
    case Tone::Problem: return {0xcf, 0x45, 0x3b};
    }
    return {};
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) {
        return static_cast<int>(x + (y - x) * share);
    };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QLabel* plainLabel(const QString& name)
{
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText); // it holds file names
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/// A frame that is an alert to screen readers.
QAccessibleInterface* makeAlert(const QString&, QObject* object)
{
    auto* banner = qobject_cast<MessageBanner*>(object);
    return banner ? new QAccessibleWidget(banner, QAccessible::AlertMessage) : nullptr;
}

} // namespace

Message problemMessage(const Error& error)
{
    const auto words = describe(error);
    const QString details = QString::fromStdString(error.detail);
    Message message{.tone = Tone::Problem, .text = words.reason, .advice = words.advice()};
    if (!details.isEmpty()) {
        message.actionText = MessageBanner::tr("Copy details");
        message.action = [details] {
            QGuiApplication::clipboard()->setText(details);
        };
    }
    return message;
}

MessageBanner::MessageBanner(QWidget* parent) : QFrame(parent)
{
    QAccessible::installFactory(&makeAlert); // once: Qt knows those it has
    setAutoFillBackground(true);
    icon_ = new QLabel;
    text_ = plainLabel(QStringLiteral("text"));
    QFont bold = text_->font();
    bold.setWeight(QFont::DemiBold);
    text_->setFont(bold);
    advice_ = plainLabel(QStringLiteral("advice"));
    action_ = new QPushButton;
    action_->setObjectName(QStringLiteral("action"));
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("close"));
    close->setIcon(lineIcon(QStringLiteral("cancel")));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close this message"));

    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(text_);
    words->addWidget(advice_);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 8, 8, 8);
    line->setSpacing(12);
    line->addWidget(icon_, 0, Qt::AlignVCenter);
    line->addLayout(words, 1);
    line->addWidget(action_);
    line->addWidget(close, 0, Qt::AlignVCenter);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(action_, &QPushButton::clicked, this, [this] {
        if (message_.action)
            message_.action();
    });
    hide();
}

void MessageBanner::say(const Message& message)
{
    message_ = message;
    text_->setText(breakable(message.text));
    advice_->setText(breakable(message.advice));
    advice_->setVisible(!message.advice.isEmpty());
    action_->setText(message.actionText);
    action_->setVisible(!message.actionText.isEmpty());
    setAccessibleName(message.text);
    setAccessibleDescription(message.advice);
    tint();
    show();
    announce();
}

void MessageBanner::announce()
{
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageBanner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && isVisible())
        tint();
    QFrame::changeEvent(event);
}

// A breath of the tone's color over the window's gray, in both themes.
void MessageBanner::tint()
{
    icon_->setPixmap(lineIcon(iconOf(message_.tone)).pixmap(20, 20));
    const QColor ground = parentWidget() ? parentWidget()->palette().color(QPalette::Window)
                                         : palette().color(QPalette::Window);
    QPalette tinted = palette();
    tinted.setColor(QPalette::Window, mixed(ground, colorOf(message_.tone), 0.22));
    setPalette(tinted);
}

} // namespace limpid::ui
