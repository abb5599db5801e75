// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/xmp_provenance.h"

#include "core/image/metadata_blocks.h"
#include "core/image/xmp_reader.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <map>
#include <span>
#include <utility>

namespace limpid::image {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view sourceTypes = "http://cv.iptc.org/newscodes/digitalsourcetype/";
constexpr std::string_view partlyMade = "compositeWithTrainedAlgorithmicMedia";
constexpr std::string_view whollyMade = "/trainedAlgorithmicMedia";
constexpr std::string_view emptyPacket =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";

struct Schema {
    std::string_view usual;
    std::string_view space;
};
constexpr Schema rdf{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"};
constexpr Schema iptcExtension{"Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"};
constexpr Schema mediaManagement{"xmpMM", "http://ns.adobe.com/xap/1.0/mm/"};
constexpr Schema event{"stEvt", "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"};
constexpr Schema basic{"xmp", "http://ns.adobe.com/xap/1.0/"};
constexpr std::array schemas{rdf, iptcExtension, mediaManagement, event, basic};

std::string escaped(std::string_view text)
{
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        default: safe += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
        }
    }
    return safe;
}

std::string utcText(std::chrono::system_clock::time_point when)
{
    const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const auto length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), length};
}

/// By which prefixes a packet calls the schemas that matter here.
class Prefixes {
public:
    /// False when a prefix stands for two schemas, or a schema has two prefixes.
    bool collect(std::string_view packet)
    {
        XmpReader reader(packet);
        bool isClear = true;
        while (const auto tag = reader.next()) {
            for (const XmpAttribute& attribute : tag->attributes)
                isClear = accept(attribute) && isClear;
        }
        return isClear && reader.isComplete();
    }

    std::string name(const Schema& schema, std::string_view property) const
    {
        const auto found = used_.find(schema.space);
        return std::string(found == used_.end() ? schema.usual : found->second) + ":" +
               std::string(property);
    }

    /// " xmlns:…" for one of the schemas.
    std::string declaration(const Schema& schema) const
    {
        return " xmlns:" + name(schema, {}).substr(0, name(schema, {}).size() - 1) + "=\"" +
               std::string(schema.space) + "\"";
    }

private:
    bool accept(const XmpAttribute& attribute)
    {
        if (!attribute.name.starts_with("xmlns"))
            return true;
        const std::string_view prefix =
            attribute.name.substr(std::min<std::size_t>(6, attribute.name.size()));
        for (const Schema& schema : schemas) {
            if (schema.space == attribute.value)
                return !prefix.empty() &&
                       used_.emplace(attribute.value, prefix).first->second == prefix;
            if (schema.usual == prefix)
                return false;
        }
        return true;
    }

    std::map<std::string_view, std::string_view> used_; ///< By name of the schema.
};

/// A part of the packet that something else takes the place of.
struct Edit {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string text{};
};

/// Walks over a packet and collects what has to change.
class ProvenanceEdits {
public:
    ProvenanceEdits(std::string_view packet, const Prefixes& names, std::string events)
        : packet_(packet), names_(names), events_(std::move(events))
    {}

    /// None when the packet has a form that is not expected.
    std::optional<std::vector<Edit>> run(const std::string& program, CreatorTool tool)
    {
        XmpReader reader(packet_);
        while (const auto tag = reader.next())
            visit(*tag, reader.open());
        const bool isUnderstood = reader.isComplete() && end_ && !isStrange_;
        if (!isUnderstood || (hasHistory_ && !hasEvents_))
            return std::nullopt;
        const bool setsTool = tool == CreatorTool::SetWhenAbsent && !hasTool_;
        addDescription(setsTool ? element(basic, "CreatorTool", escaped(program)) : std::string());
        std::sort(edits_.begin(), edits_.end(),
                  [](const Edit& a, const Edit& b) { return a.start < b.start; });
        return std::move(edits_);
    }

private:
    using Path = std::span<const std::string_view>;

    std::string element(const Schema& schema, std::string_view property,
                        const std::string& content) const
    {
        const std::string name = names_.name(schema, property);
        return "<" + name + ">" + content + "</" + name + ">";
    }

    std::string sequence() const { return element(rdf, "Seq", events_); }

    /// True where `path` ends with an element of RDF, a description in it, and these.
    bool endsInDescription(Path path, const std::vector<std::string>& further) const
    {
        std::vector<std::string> wanted{names_.name(rdf, "RDF"), names_.name(rdf, "Description")};
        wanted.insert(wanted.end(), further.begin(), further.end());
        return path.size() >= wanted.size() &&
               std::equal(wanted.rbegin(), wanted.rend(), path.rbegin());
    }

    void visit(const XmpTag& tag, Path open)
    {
        if (tag.kind == XmpTag::Kind::Other)
            return;
        const bool isOpening = tag.kind == XmpTag::Kind::Opening;
        const Path around = open.first(open.size() - (isOpening ? 1 : 0));
        const bool isClosing = tag.kind == XmpTag::Kind::Closing;
        if (tag.name == names_.name(rdf, "RDF"))
            visitRoot(tag, isClosing);
        else if (tag.name == names_.name(rdf, "Description") && !isClosing && !around.empty() &&
                 around.back() == names_.name(rdf, "RDF"))
            visitDescription(tag);
        else if (endsInDescription(around, {}))
            visitProperty(tag);
        else if (tag.name == names_.name(rdf, "Seq") &&
                 endsInDescription(around, {names_.name(mediaManagement, "History")}))
            visitHistory(tag);
    }

    void visitRoot(const XmpTag& tag, bool isClosing)
    {
        isStrange_ = isStrange_ || tag.kind == XmpTag::Kind::Whole;
        if (isClosing && !end_)
            end_ = tag.start;
    }

    void visitDescription(const XmpTag& tag)
    {
        for (const XmpAttribute& attribute : tag.attributes) {
            const bool isAbout =
                attribute.name == names_.name(rdf, "about") || attribute.name == "about";
            if (isAbout && !about_)
                about_ = attribute.value;
            if (attribute.name == names_.name(iptcExtension, "DigitalSourceType"))
                setSource(attribute.value);
            hasTool_ = hasTool_ || attribute.name == names_.name(basic, "CreatorTool");
        }
    }

    void visitProperty(const XmpTag& tag)
    {
        hasTool_ = hasTool_ || tag.name == names_.name(basic, "CreatorTool");
        if (tag.name == names_.name(iptcExtension, "DigitalSourceType"))
            visitSource(tag);
        if (tag.name != names_.name(mediaManagement, "History"))
            return;
        isStrange_ = isStrange_ || (hasHistory_ && tag.kind != XmpTag::Kind::Closing);
        hasHistory_ = true;
        if (tag.kind != XmpTag::Kind::Whole)
            return;
        hasEvents_ = true;
        edits_.push_back({tag.start, tag.end, element(mediaManagement, "History", sequence())});
    }

    void visitSource(const XmpTag& tag)
    {
        if (tag.kind == XmpTag::Kind::Closing) {
            if (sourceStart_)
                setSource(packet_.substr(*sourceStart_, tag.start - *sourceStart_));
            return;
        }
        const auto link = std::find_if(tag.attributes.begin(), tag.attributes.end(),
                                       [this](const XmpAttribute& attribute) {
                                           return attribute.name == names_.name(rdf, "resource");
                                       });
        if (link != tag.attributes.end())
            setSource(link->value);
        else if (tag.kind == XmpTag::Kind::Opening)
            sourceStart_ = tag.end;
        else
            isStrange_ = true;
    }

    void visitHistory(const XmpTag& tag)
    {
        if (tag.kind == XmpTag::Kind::Opening)
            return;
        hasEvents_ = true;
        if (tag.kind == XmpTag::Kind::Whole)
            edits_.push_back({tag.start, tag.end, sequence()});
        else
            edits_.push_back({tag.start, tag.start, events_});
    }

    /// `value` is a part of the packet.
    void setSource(std::string_view value)
    {
        isStrange_ = isStrange_ || hasSource_;
        hasSource_ = true;
        const std::string_view trimmed = value.substr(0, value.find_last_not_of(blanks) + 1);
        if (trimmed.ends_with(whollyMade))
            return;
        const auto start = static_cast<std::size_t>(value.data() - packet_.data());
        edits_.push_back({start, start + value.size(), sourceType()});
    }

    static std::string sourceType() { return std::string(sourceTypes) + std::string(partlyMade); }

    /// What has no place yet becomes a description of its own, of the same thing.
    void addDescription(const std::string& tool)
    {
        std::string content = tool;
        if (!hasSource_)
            content += element(iptcExtension, "DigitalSourceType", sourceType());
        if (!hasHistory_)
            content += element(mediaManagement, "History", sequence());
        if (content.empty())
            return;
        std::string declarations;
        for (const Schema& schema : {iptcExtension, mediaManagement, basic})
            declarations += names_.declaration(schema);
        const std::string name = names_.name(rdf, "Description");
        const std::string about = names_.name(rdf, "about");
        edits_.push_back({*end_, *end_,
                          "<" + name + " " + about + "=\"" + aboutText() + "\"" + declarations +
                              ">" + content + "</" + name + ">\n"});
    }

    std::string aboutText() const
    {
        std::string text(about_.value_or(""));
        for (std::size_t at = text.find('"'); at != text.npos; at = text.find('"', at))
            text.replace(at, 1, "&quot;");
        return text;
    }

    std::string_view packet_;
    const Prefixes& names_;
    std::string events_;
    std::vector<Edit> edits_;
    std::optional<std::size_t> end_; ///< Of what RDF says.
    std::optional<std::string_view> about_;
    std::optional<std::size_t> sourceStart_;
    bool hasSource_ = false;
    bool hasHistory_ = false;
    bool hasEvents_ = false;
    bool hasTool_ = false;
    bool isStrange_ = false;
};

/// One rdf:li for each recipe.
std::string eventsOf(const Provenance& provenance, const Prefixes& names)
{
    std::string events;
    const std::string item = names.name(rdf, "li");
    const auto add = [&](std::string_view property, const std::string& value) {
        const std::string name = names.name(event, property);
        events.append("<" + name + ">" + escaped(value) + "</" + name + ">");
    };
    for (const Recipe& recipe : provenance.recipes) {
        events += "<" + item + names.declaration(event) + " " + names.name(rdf, "parseType") +
                  "=\"Resource\">";
        add("action", "edited");
        add("softwareAgent", provenance.program);
        if (provenance.when)
            add("when", utcText(*provenance.when));
        add("parameters", provenance.program + ": " + readable(recipe));
        events += "</" + item + ">";
    }
    return events;
}

std::string applied(std::string_view packet, const std::vector<Edit>& edits)
{
    std::string text;
    std::size_t at = 0;
    for (const Edit& edit : edits) {
        text += packet.substr(at, edit.start - at);
        text += edit.text;
        at = edit.end;
    }
    return text + std::string(packet.substr(at));
}

/// Writers leave blanks before the packet's end for those who edit it.
void takePadding(std::string& text, std::size_t wanted)
{
    const std::size_t trailer = text.rfind("<?xpacket end");
    if (trailer == text.npos || trailer == 0)
        return;
    const std::size_t last = text.find_last_not_of(blanks, trailer - 1);
    const std::size_t padding = trailer - (last == text.npos ? 0 : last + 1);
    const std::size_t spare = padding > 0 ? padding - 1 : 0;
    text.erase(trailer - std::min(spare, wanted), std::min(spare, wanted));
}

} // namespace

std::optional<Bytes> xmpWithProvenance(ByteView packet, const Provenance& provenance,
                                       CreatorTool tool)
{
    const std::string_view text = packet.empty() ? emptyPacket : textOf(packet);
    Prefixes prefixes;
    if (!prefixes.collect(text))
        return std::nullopt;
    const auto edits = ProvenanceEdits(text, prefixes, eventsOf(provenance, prefixes))
                           .run(provenance.program, tool);
    if (!edits)
        return std::nullopt;
    std::string patched = applied(text, *edits);
    takePadding(patched, patched.size() - std::min(patched.size(), text.size()));
    return copyOf(viewOf(patched));
}

namespace {

std::optional<Bytes> stated(ByteView packet, const Provenance& provenance, CreatorTool tool)
{
    if (auto patched = xmpWithProvenance(packet, provenance, tool))
        return patched;
    const auto rewritten = rewrittenXmp(packet);
    return rewritten ? xmpWithProvenance(*rewritten, provenance, tool) : std::nullopt;
}

} // namespace

Bytes statedXmp(ByteView packet, const Provenance& provenance, CreatorTool tool)
{
    if (auto patched = stated(packet, provenance, tool))
        return *patched;
    return xmpWithProvenance({}, provenance, tool).value_or(Bytes());
}

bool canStateProvenance(ByteView packet)
{
    return stated(packet, {}, CreatorTool::LeftAlone).has_value();
}

} // namespace limpid::image
