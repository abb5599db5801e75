// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/line_icon.h"

#include "ui/vector_drawing.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmap>

namespace limpid::ui {

namespace {

VectorDrawing load(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? VectorDrawing::fromSvg(file.readAll())
                                          : VectorDrawing{};
}

class LineIconEngine : public QIconEngine {
public:
    explicit LineIconEngine(const QString& path) : path_(path), drawing_(load(path)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        const auto role =
            mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText;
        const int side = qMin(rect.width(), rect.height());
        const QRectF square(rect.x() + (rect.width() - side) / 2.0,
                            rect.y() + (rect.height() - side) / 2.0, side, side);
        drawing_.paint(*painter, square, QGuiApplication::palette().color(group, role));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect({}, size), mode, state);
        return picture;
    }

    QIconEngine* clone() const override { return new LineIconEngine(*this); }
    QString iconName() override { return path_; }
    bool isNull() override { return drawing_.isEmpty(); }

private:
    QString path_;
    VectorDrawing drawing_;
};

} // namespace

QIcon lineIcon(const QString& name)
{
    return QIcon(new LineIconEngine(QStringLiteral(":/icons/%1.svg").arg(name))); // QIcon owns it
}

QIcon programMark()
{
    return QIcon(new LineIconEngine(QStringLiteral(":/limpid.svg")));
}

} // namespace limpid::ui
