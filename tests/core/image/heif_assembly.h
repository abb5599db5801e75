// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/make_photo.h"

#include <QByteArray>
#include <QtEndian>

#include <vector>

namespace limpid::tests {

/// The last `bytes` bytes of a big-endian number.
inline QByteArray number(quint32 value, qsizetype bytes)
{
    QByteArray digits(4, '\0');
    qToBigEndian(value, digits.data());
    return digits.right(bytes);
}

inline QByteArray box(const QByteArray& type, const QByteArray& content)
{
    return number(quint32(8 + content.size()), 4) + type + content;
}

/// With version and flags.
inline QByteArray fullBox(const QByteArray& type, const QByteArray& content, quint32 version = 0)
{
    return box(type, number(version << 24, 4) + content);
}

/// The content of the first box of this type, wherever it lies.
inline QByteArray contentOf(const QByteArray& file, const QByteArray& type)
{
    const qsizetype at = file.indexOf(type);
    const auto length = qFromBigEndian<quint32>(file.constData() + at - 4);
    return file.mid(at + 4, qsizetype(length) - 8);
}

inline QByteArray sizeProperty(quint32 width, quint32 height)
{
    return fullBox("ispe", number(width, 4) + number(height, 4));
}

/// An item to put into a HEIF file; its number is its place in the list, from 1.
struct AssembledItem {
    QByteArray type;
    QByteArray data{};
    std::vector<QByteArray> properties{};
    QByteArray media{};      ///< Media type and encoding, each with a zero behind it.
    quint32 repetitions = 1; ///< How often its data are named as a piece of it.
};

struct AssembledReference {
    QByteArray type;
    quint32 from = 0;
    std::vector<quint32> to;
};

struct HeifAssembly {
    std::vector<AssembledItem> items;
    std::vector<AssembledReference> references{};
    quint32 primary = 1;
};

/// The one picture of a file that libheif made, as an item of another.
inline AssembledItem itemFrom(const QByteArray& file, const QByteArray& type = "hvc1")
{
    AssembledItem item{.type = type, .data = contentOf(file, "mdat")};
    const QByteArray properties = contentOf(file, "ipco");
    for (qsizetype at = 0; at < properties.size();) {
        const auto length = qFromBigEndian<quint32>(properties.constData() + at);
        item.properties.push_back(properties.mid(at, qsizetype(length)));
        at += qsizetype(length);
    }
    return item;
}

/// A HEIF file of these items, well-formed or not. Each item has properties of its own.
inline QByteArray assembled(const HeifAssembly& assembly)
{
    const quint32 count = quint32(assembly.items.size());
    QByteArray entries, references, properties, owners, data;
    quint32 propertyCount = 0;
    for (quint32 id = 1; id <= count; ++id) {
        const AssembledItem& item = assembly.items[id - 1];
        entries += fullBox("infe", number(id, 2) + number(0, 2) + item.type + '\0' + item.media, 2);
        owners += number(id, 2) + number(quint32(item.properties.size()), 1);
        for (const QByteArray& property : item.properties) {
            properties += property;
            owners += number(++propertyCount, 1);
        }
        data += item.data;
    }
    for (const AssembledReference& reference : assembly.references) {
        QByteArray ends = number(reference.from, 2) + number(quint32(reference.to.size()), 2);
        for (const quint32 to : reference.to)
            ends += number(to, 2);
        references += box(reference.type, ends);
    }
    const auto start = [&](quint32 offset) {
        QByteArray places = number(0x4400, 2) + number(count, 2);
        for (quint32 id = 1; id <= count; ++id) {
            const AssembledItem& item = assembly.items[id - 1];
            places += number(id, 2) + number(0, 2) + number(item.repetitions, 2);
            for (quint32 i = 0; i < item.repetitions; ++i)
                places += number(offset, 4) + number(quint32(item.data.size()), 4);
            offset += quint32(item.data.size());
        }
        const QByteArray iprp =
            box("ipco", properties) + fullBox("ipma", number(count, 4) + owners);
        return box("ftyp", "heic" + number(0, 4) + "mif1heic") +
               fullBox("meta",
                       fullBox("hdlr", number(0, 4) + "pict" + QByteArray(13, '\0')) +
                           fullBox("pitm", number(assembly.primary, 2)) + fullBox("iloc", places) +
                           fullBox("iinf", number(count, 2) + entries) +
                           (references.isEmpty() ? QByteArray() : fullBox("iref", references)) +
                           box("iprp", iprp));
    };
    return start(quint32(start(0).size() + 8)) + box("mdat", data);
}

inline Bytes bytesOf(const QByteArray& text)
{
    return {text.begin(), text.end()};
}

} // namespace limpid::tests
