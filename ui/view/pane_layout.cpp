// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/view/pane_layout.h"

#include <cmath>
#include <utility>

namespace limpid::ui {

namespace {

std::vector<Pane> splitPanes(const QRect& view, int line, Side first, Side second)
{
    const QRect left(view.topLeft(), QSize(line, view.height()));
    const QRect right(QPoint(line, 0), QSize(view.width() - line, view.height()));
    return {{view, left, first}, {view, right, second}};
}

std::vector<Pane> twoPanes(QSize pane, QPoint secondAt, Side first, Side second)
{
    const QRect a(QPoint(0, 0), pane);
    const QRect b(secondAt, pane);
    return {{a, a, first}, {b, b, second}};
}

std::vector<Pane> comparisonPanes(QSize view, const LayoutOptions& options)
{
    Side first = Side::Before;
    Side second = Side::After;
    if (options.swapped)
        std::swap(first, second);
    const QRect whole(QPoint(0, 0), view);
    switch (options.mode) {
    case CompareMode::AfterOnly: return {{whole, whole, Side::After}};
    case CompareMode::BeforeOnly: return {{whole, whole, Side::Before}};
    case CompareMode::Split:
        return splitPanes(whole,
                          static_cast<int>(std::lround(options.splitPosition * view.width())),
                          first, second);
    case CompareMode::SideBySide: {
        const int width = (view.width() - options.gap) / 2;
        return twoPanes({width, view.height()}, {view.width() - width, 0}, first, second);
    }
    case CompareMode::TopBottom: {
        const int height = (view.height() - options.gap) / 2;
        return twoPanes({view.width(), height}, {0, view.height() - height}, first, second);
    }
    }
    return {};
}

} // namespace

QRect comparisonRect(QSize view, const LayoutOptions& options)
{
    if (!options.companion)
        return {QPoint(0, 0), view};
    const int columns = options.mode == CompareMode::SideBySide ? 3 : 2;
    const int column = (view.width() - (columns - 1) * options.gap) / columns;
    return {0, 0, view.width() - column - options.gap, view.height()};
}

std::vector<Pane> layoutPanes(QSize view, const LayoutOptions& options)
{
    auto panes = comparisonPanes(comparisonRect(view, options).size(), options);
    if (options.companion) {
        const QSize size = panes.front().rect.size();
        const QRect rect(QPoint(view.width() - size.width(), 0), size);
        panes.push_back({rect, rect, Side::Companion});
    }
    return panes;
}

} // namespace limpid::ui
