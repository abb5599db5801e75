// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace limpid::ui {

namespace {

/// In the first of the user's languages that there is: the texts themselves are English.
void install(QCoreApplication& application, const QString& name, const QString& folder)
{
    auto* translator = new QTranslator(&application);
    for (const QString& language : QLocale().uiLanguages()) {
        const QLocale locale(language);
        if (locale.language() == QLocale::English)
            break;
        if (translator->load(locale, name, QStringLiteral("_"), folder)) {
            application.installTranslator(translator);
            return;
        }
    }
    delete translator;
}

} // namespace

void installTranslations(QCoreApplication& application, const QString& language)
{
    const QString wanted = language.isEmpty() ? qEnvironmentVariable("LIMPID_LANG") : language;
    if (!wanted.isEmpty())
        QLocale::setDefault(QLocale(wanted));
    install(application, QStringLiteral("qtbase"), // Qt's own dialogs, where it is installed
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, QStringLiteral("limpid"), QStringLiteral(":/i18n"));
}

} // namespace limpid::ui
