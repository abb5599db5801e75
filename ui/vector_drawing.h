// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPainterPath>
#include <QString>

#include <vector>

class QColor;
class QPainter;
class QRectF;
class QXmlStreamAttributes;

namespace limpid::ui {

/// A drawing on a 24 × 24 grid, in the subset of SVG that resources/README.md names. Qt's own SVG
/// module is one more package on a bare machine, for a hundred lines.
class VectorDrawing {
public:
    /// Empty when `svg` is not what the subset allows.
    static VectorDrawing fromSvg(const QByteArray& svg);

    bool isEmpty() const { return shapes_.empty(); }

    /// Fills `target`; `currentColor` in the drawing becomes `current`.
    void paint(QPainter& painter, const QRectF& target, const QColor& current) const;

private:
    struct Shape {
        QPainterPath path;
        QString fill;
        QString stroke;
        double strokeWidth = 1.75;
    };

    void add(const QString& element, const QXmlStreamAttributes& attributes);

    QString stroke_; // of the whole drawing
    std::vector<Shape> shapes_;
};

} // namespace limpid::ui
