// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/cpp_functions.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace limpid::tests {

namespace {

enum class ScopeKind { Namespace, Type, Function, Block, Initializer };

struct Scope {
    ScopeKind kind = ScopeKind::Namespace;
    std::size_t statement = 0; ///< First token of the statement being read in this scope.
    int parens = 0;            ///< Open parentheses of that statement.
    int nesting = 0;
    std::optional<std::size_t> body; ///< Index of the innermost FunctionBody.
};

/// Indices of the two parentheses.
struct Group {
    std::size_t open = 0;
    std::size_t close = 0;
};

/// What an opening brace begins.
struct Opening {
    ScopeKind kind = ScopeKind::Initializer;
    std::optional<FunctionBody> body;
};

bool isOneOf(const Token& token, std::initializer_list<std::string_view> words)
{
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return token.is(word); });
}

class Finder {
public:
    explicit Finder(const std::vector<Token>& tokens) : tokens_(tokens) {}

    std::vector<FunctionBody> run();

private:
    void open(std::size_t brace);
    void close(std::size_t brace);
    Opening classify(std::size_t brace) const;
    Opening classifyDeclaration(std::size_t brace) const;
    Opening classifyStatement(std::size_t brace) const;

    std::optional<Group> groupEndingAt(std::size_t close) const;
    std::optional<std::size_t> lambdaAt(std::size_t brace, Group& parameters) const;
    std::size_t beforeQualifiers(std::size_t brace) const;
    std::optional<Group> parameterList(std::size_t begin, std::size_t brace) const;
    std::size_t afterTemplateHead(std::size_t begin, std::size_t brace) const;
    int countParameters(Group group) const;
    bool hasTopLevel(std::string_view mark, std::size_t begin, std::size_t end) const;
    FunctionBody bodyOf(std::size_t brace, const Group& group, std::string name) const;

    const Token& at(std::size_t index) const { return tokens_[index]; }

    const std::vector<Token>& tokens_;
    std::vector<Scope> scopes_{Scope{}};
    std::vector<FunctionBody> bodies_;
};

std::vector<FunctionBody> Finder::run()
{
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
        const Token& token = at(i);
        Scope& scope = scopes_.back();
        const bool accessLabel =
            scope.kind == ScopeKind::Type && token.is(":") && i - scope.statement <= 2 &&
            isOneOf(at(scope.statement), {"public", "private", "protected", "Q_SIGNALS"});
        if (token.is("("))
            ++scope.parens;
        else if (token.is(")"))
            --scope.parens;
        else if (accessLabel || (token.is(";") && scope.parens == 0))
            scope.statement = i + 1;
        else if (token.is("{"))
            open(i);
        else if (token.is("}"))
            close(i);
    }
    return std::move(bodies_);
}

void Finder::open(std::size_t brace)
{
    const Scope& outer = scopes_.back();
    Scope inner{.kind = ScopeKind::Initializer, .statement = brace + 1, .body = outer.body};
    Opening opening = classify(brace);
    inner.kind = opening.kind;
    if (opening.body) {
        inner.body = bodies_.size();
        bodies_.push_back(std::move(*opening.body));
    } else if (inner.kind == ScopeKind::Block) {
        inner.nesting = outer.nesting + 1;
    } else {
        inner.nesting = outer.nesting;
    }
    if (inner.kind == ScopeKind::Block && inner.body) {
        int& deepest = bodies_[*inner.body].nesting;
        deepest = std::max(deepest, inner.nesting);
    }
    scopes_.push_back(inner);
}

void Finder::close(std::size_t brace)
{
    if (scopes_.size() == 1)
        return;
    const Scope inner = scopes_.back();
    scopes_.pop_back();
    Scope& outer = scopes_.back();
    const bool lambda =
        inner.kind == ScopeKind::Function && inner.body && bodies_[*inner.body].name == "lambda";
    if (inner.kind == ScopeKind::Function) {
        FunctionBody& body = bodies_[*inner.body];
        body.lines = at(brace).line - body.line + 1;
    }
    if (inner.kind != ScopeKind::Initializer && !lambda)
        outer.statement = brace + 1;
}

Opening Finder::classify(std::size_t brace) const
{
    const Scope& scope = scopes_.back();
    Group parameters;
    if (lambdaAt(brace, parameters))
        return {ScopeKind::Function, bodyOf(brace, parameters, "lambda")};
    if (scope.kind == ScopeKind::Initializer || scope.parens > 0)
        return {};
    if (scope.kind == ScopeKind::Namespace || scope.kind == ScopeKind::Type)
        return classifyDeclaration(brace);
    return classifyStatement(brace);
}

Opening Finder::classifyDeclaration(std::size_t brace) const
{
    const std::size_t begin = afterTemplateHead(scopes_.back().statement, brace);
    if (begin >= brace)
        return {};
    const bool externC = at(begin).is("extern") && brace - begin == 2;
    if (externC || at(begin).is("namespace") || at(begin + 1).is("namespace"))
        return {ScopeKind::Namespace, {}};
    const std::optional<Group> group = parameterList(begin, brace);
    const bool typeKey = hasTopLevel("class", begin, brace) ||
                         hasTopLevel("struct", begin, brace) || hasTopLevel("union", begin, brace);
    if (hasTopLevel("enum", begin, brace))
        return {};
    if (typeKey && !group)
        return {ScopeKind::Type, {}};
    const bool assigned = hasTopLevel("=", begin, brace) && !hasTopLevel("operator", begin, brace);
    if (!group || assigned)
        return {};
    // Constructor initializers: `a_{1}` is not a body; the body follows `)` or `}`.
    const bool initializers = hasTopLevel(":", group->close, brace);
    if (initializers ? !isOneOf(at(brace - 1), {")", "}"}) : !at(beforeQualifiers(brace)).is(")"))
        return {};
    return {ScopeKind::Function, bodyOf(brace, *group, std::string(at(group->open - 1).text))};
}

Opening Finder::classifyStatement(std::size_t brace) const
{
    const std::size_t begin = scopes_.back().statement;
    if (begin == brace || isOneOf(at(brace - 1), {"else", "do", "try", ":", ")"}))
        return {ScopeKind::Block, {}};
    const bool plain = !hasTopLevel("(", begin, brace) && !hasTopLevel("=", begin, brace);
    if (plain && isOneOf(at(begin), {"class", "struct", "union"}))
        return {ScopeKind::Type, {}};
    return {};
}

std::optional<Group> Finder::groupEndingAt(std::size_t close) const
{
    int depth = 0;
    for (std::size_t i = close + 1; i-- > 0;) {
        depth += isOneOf(at(i), {")", "]"}) ? 1 : isOneOf(at(i), {"(", "["}) ? -1 : 0;
        if (depth == 0)
            return Group{i, close};
    }
    return std::nullopt;
}

/// The index of the `[` of the lambda whose body begins here. A subscript follows a name.
std::optional<std::size_t> Finder::lambdaAt(std::size_t brace, Group& parameters) const
{
    std::size_t last = beforeQualifiers(brace);
    if (at(last).is(")")) {
        const auto group = groupEndingAt(last);
        if (!group || group->open == 0)
            return std::nullopt;
        parameters = *group;
        last = group->open - 1;
    }
    if (!at(last).is("]"))
        return std::nullopt;
    const auto capture = groupEndingAt(last);
    if (!capture || capture->open == 0)
        return std::nullopt;
    const Token& before = at(capture->open - 1);
    const bool subscript = (before.kind == Token::Kind::Word && !before.is("return")) ||
                           isOneOf(before, {"]", ")", "["});
    return subscript ? std::nullopt : std::optional(capture->open);
}

/// The last token before the brace that is neither a qualifier nor part of a trailing return type.
std::size_t Finder::beforeQualifiers(std::size_t brace) const
{
    std::size_t last = brace == 0 ? 0 : brace - 1;
    for (std::size_t i = last; i > scopes_.back().statement; --i) {
        if (isOneOf(at(i), {"->"})) {
            last = i - 1;
            break;
        }
        if (at(i).kind != Token::Kind::Word && !isOneOf(at(i), {"::", "<", ">", ",", "*", "&"}))
            break;
    }
    while (last > 0 &&
           isOneOf(at(last), {"const", "noexcept", "override", "final", "mutable", "&"}))
        --last;
    return last;
}

/// The first top-level parentheses that follow the name of a function.
std::optional<Group> Finder::parameterList(std::size_t begin, std::size_t brace) const
{
    int depth = 0;
    Group group;
    for (std::size_t i = begin; i < brace; ++i) {
        if (at(i).is("(") && depth++ == 0)
            group.open = i;
        if (!at(i).is(")") || --depth > 0)
            continue;
        group.close = i;
        const Token& name = at(group.open == 0 ? 0 : group.open - 1);
        if (!isOneOf(name, {"alignas", "decltype", "noexcept", "explicit", "operator"}))
            return group;
    }
    return std::nullopt;
}

std::size_t Finder::afterTemplateHead(std::size_t begin, std::size_t brace) const
{
    while (begin + 1 < brace && at(begin).is("template") && at(begin + 1).is("<")) {
        int depth = 0;
        do {
            ++begin;
            depth += at(begin).is("<") ? 1 : at(begin).is(">") ? -1 : 0;
        } while (depth > 0 && begin + 1 < brace);
        ++begin;
    }
    return begin;
}

int Finder::countParameters(Group group) const
{
    if (group.close <= group.open + 1)
        return 0;
    if (group.close == group.open + 2 && at(group.open + 1).is("void"))
        return 0;
    int depth = 0;
    int count = 1;
    for (std::size_t i = group.open + 1; i < group.close; ++i) {
        if (isOneOf(at(i), {"(", "[", "{", "<"}))
            ++depth;
        else if (isOneOf(at(i), {")", "]", "}", ">"}))
            --depth;
        else if (at(i).is(",") && depth == 0)
            ++count;
    }
    return count;
}

/// True when the token stands outside of all brackets between the two indices.
bool Finder::hasTopLevel(std::string_view mark, std::size_t begin, std::size_t end) const
{
    int depth = 0;
    for (std::size_t i = begin; i < end; ++i) {
        if (depth == 0 && at(i).is(mark))
            return true;
        if (isOneOf(at(i), {"(", "[", "{"}))
            ++depth;
        else if (isOneOf(at(i), {")", "]", "}"}) && depth > 0)
            --depth;
    }
    return false;
}

FunctionBody Finder::bodyOf(std::size_t brace, const Group& group, std::string name) const
{
    return {.name = std::move(name), .line = at(brace).line, .parameters = countParameters(group)};
}

} // namespace

std::vector<FunctionBody> findFunctions(const std::vector<Token>& tokens)
{
    return Finder(tokens).run();
}

} // namespace limpid::tests
