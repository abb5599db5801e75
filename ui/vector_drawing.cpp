// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/vector_drawing.h"

#include <QPainter>
#include <QRegularExpression>
#include <QXmlStreamReader>

namespace limpid::ui {

namespace {

constexpr double grid = 24;
const QString none = QStringLiteral("none");

/// Reads the numbers of a path one by one; 0 when there are no more.
class PathWords {
public:
    explicit PathWords(const QString& text)
    {
        static const QRegularExpression word(QStringLiteral("[A-Za-z]|-?[0-9.]+"));
        for (auto found = word.globalMatch(text); found.hasNext();)
            words_ << found.next().captured();
    }

    bool atEnd() const { return next_ >= words_.size(); }
    QString command() { return words_.at(next_++); }
    double number() { return atEnd() ? 0 : words_.at(next_++).toDouble(); }
    QPointF point()
    {
        const double x = number();
        return {x, number()};
    }

private:
    QStringList words_;
    qsizetype next_ = 0;
};

QPainterPath outline(const QString& text)
{
    PathWords words(text);
    QPainterPath path;
    while (!words.atEnd()) {
        const QString command = words.command();
        const QPointF here = path.currentPosition();
        if (command == u"M") {
            path.moveTo(words.point());
        } else if (command == u"L") {
            path.lineTo(words.point());
        } else if (command == u"H") {
            path.lineTo(words.number(), here.y());
        } else if (command == u"V") {
            path.lineTo(here.x(), words.number());
        } else if (command == u"C") {
            const QPointF first = words.point();
            const QPointF second = words.point();
            path.cubicTo(first, second, words.point());
        } else if (command == u"Z") {
            path.closeSubpath();
        } else {
            return {}; // outside the subset
        }
    }
    return path;
}

double number(const QXmlStreamAttributes& attributes, const QString& name)
{
    return attributes.value(name).toDouble();
}

QPainterPath pathOf(const QString& element, const QXmlStreamAttributes& attributes)
{
    const auto value = [&](const char* name) {
        return number(attributes, QString::fromLatin1(name));
    };
    QPainterPath path;
    if (element == u"path")
        return outline(attributes.value(QStringLiteral("d")).toString());
    if (element == u"circle")
        path.addEllipse({value("cx"), value("cy")}, value("r"), value("r"));
    else if (element == u"rect")
        path.addRoundedRect({value("x"), value("y"), value("width"), value("height")}, value("rx"),
                            value("rx"));
    return path;
}

QColor colorOf(const QString& name, const QColor& current)
{
    return name == u"currentColor" ? current : QColor(name);
}

} // namespace

VectorDrawing VectorDrawing::fromSvg(const QByteArray& svg)
{
    VectorDrawing drawing;
    QXmlStreamReader xml(svg);
    while (!xml.atEnd())
        if (xml.readNext() == QXmlStreamReader::StartElement)
            drawing.add(xml.name().toString(), xml.attributes());
    return xml.hasError() ? VectorDrawing{} : drawing;
}

void VectorDrawing::add(const QString& element, const QXmlStreamAttributes& attributes)
{
    const auto text = [&](const QString& name, const QString& fallback) {
        return attributes.hasAttribute(name) ? attributes.value(name).toString() : fallback;
    };
    const QString stroke = text(QStringLiteral("stroke"), stroke_.isEmpty() ? none : stroke_);
    if (element == u"svg") {
        stroke_ = stroke;
        return;
    }
    const double width = number(attributes, QStringLiteral("stroke-width"));
    Shape shape{.path = pathOf(element, attributes),
                .fill = text(QStringLiteral("fill"), none),
                .stroke = stroke};
    if (width > 0)
        shape.strokeWidth = width;
    if (!shape.path.isEmpty())
        shapes_.push_back(std::move(shape));
}

void VectorDrawing::paint(QPainter& painter, const QRectF& target, const QColor& current) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(target.topLeft());
    painter.scale(target.width() / grid, target.height() / grid);
    for (const auto& shape : shapes_) {
        painter.setBrush(shape.fill == none ? QBrush(Qt::NoBrush)
                                            : QBrush(colorOf(shape.fill, current)));
        painter.setPen(shape.stroke == none
                           ? QPen(Qt::NoPen)
                           : QPen(colorOf(shape.stroke, current), shape.strokeWidth, Qt::SolidLine,
                                  Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(shape.path);
    }
    painter.restore();
}

} // namespace limpid::ui
