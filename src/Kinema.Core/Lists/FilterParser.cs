using Kinema.Core.Catalog;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;

namespace Kinema.Core.Lists;

/// <summary>
/// Parses the <c>q</c> of a list: comparisons joined by AND, OR, NOT and parentheses. NOT binds closest, then AND, then OR.
/// </summary>
/// <remarks>
/// A comparison is <c>field:value</c>, <c>field=value</c> (or <c>!= &lt; &lt;= &gt; &gt;=</c>) or <c>field.EQ:'value'</c>. A value with spaces or parentheses
/// is quoted, by <c>'</c> or <c>"</c>; a quote inside is doubled.
/// </remarks>
internal static class FilterParser
{
    public const int MaxLength = 2048;
    public const int MaxDepth = 16;

    private static readonly string[] _symbols = [">=", "<=", "!=", "=", ":", ">", "<"];

    private static readonly TextParser<TextSpan> _space = Span.WithAll(char.IsWhiteSpace);
    private static readonly TextParser<Unit> _anySpace = _space.OptionalOrDefault().Value(Unit.Value);
    private static readonly TextParser<TextSpan> _name = Span.MatchedBy(
        Character.Letter.Or(Character.EqualTo('_')).IgnoreThen(Character.LetterOrDigit.Or(Character.EqualTo('_')).IgnoreMany())).Named("a field's name");

    private static readonly TextParser<string> _dotted =
        from dot in Character.EqualTo('.')
        from word in Span.MatchedBy(Character.Letter.AtLeastOnce())
        from colon in Character.EqualTo(':')
        select word.ToStringValue();

    private static readonly TextParser<string> _operator = _dotted
        .Or(_symbols.Select(symbol => Span.EqualTo(symbol).Try()).Aggregate((one, other) => one.Or(other)).Select(symbol => symbol.ToStringValue()))
        .Named("an operator");

    private static readonly TextParser<(string Text, bool IsQuoted)> _value =
        Quoted('\'').Or(Quoted('"'))
            .Or(Span.WithAll(c => !char.IsWhiteSpace(c) && c is not ('\'' or '"' or '(' or ')')).Select(text => (Text: text.ToStringValue(), IsQuoted: false)))
            .Named("a value");

    private static readonly TextParser<FilterSyntax> _comparison =
        from start in Position
        from field in _name
        from before in _anySpace
        from op in _operator
        from after in _anySpace
        from value in _value
        select (FilterSyntax)new FilterSyntax.Comparison(field.ToStringValue(), op, value.Text, value.IsQuoted, start);

    private static readonly TextParser<FilterSyntax> _group =
        from open in Character.EqualTo('(')
        from before in _anySpace
        from inner in Parse.Ref(() => _any!)
        from after in _anySpace
        from close in Character.EqualTo(')')
        select inner;

    private static readonly TextParser<FilterSyntax> _term =
        from negations in Word("NOT").Many()
        from term in _group.Or(_comparison)
        select negations.Length % 2 == 1 ? new FilterSyntax.Not(term) : term;

    private static readonly TextParser<FilterSyntax> _all = _term.AtLeastOnceDelimitedBy(Joint("AND"))
        .Select(terms => terms.Length == 1 ? terms[0] : new FilterSyntax.All(terms));

    private static readonly TextParser<FilterSyntax> _any = _all.AtLeastOnceDelimitedBy(Joint("OR"))
        .Select(terms => terms.Length == 1 ? terms[0] : new FilterSyntax.Any(terms));

    private static readonly TextParser<FilterSyntax> _whole = _any.Between(_anySpace, _anySpace).AtEnd();

    /// <summary>The column of the next character, from 1.</summary>
    private static TextParser<int> Position => input => Result.Value(input.Position.Column, input, input);

    /// <param name="text">The filter.</param>
    /// <param name="problem">Why it is not one, worded to follow the parameter's name; null if it is.</param>
    public static FilterSyntax? Read(string text, out string? problem)
    {
        problem = text.Length > MaxLength ? $"must be at most {MaxLength} characters; got {text.Length}"
            : DepthOf(text) > MaxDepth ? $"must nest parentheses at most {MaxDepth} deep; got {DepthOf(text)}"
            : null;
        if (problem is not null)
            return null;

        var result = _whole.TryParse(text);
        if (result.HasValue)
            return result.Value;

        var column = result.ErrorPosition.HasValue ? result.ErrorPosition.Column : text.Length + 1;
        problem = column > text.Length
            ? $"ends too early, at column {column}"
            : $"is not understood at column {column}: \"{ReceivedValue.Shorten(text[(column - 1)..])}\"";
        problem += "; a filter is field:value or field>value, joined by AND, OR, NOT and parentheses, for example status_code:succeeded AND created_at>2026-04-01";
        return null;
    }

    private static TextParser<(string Text, bool IsQuoted)> Quoted(char quote) =>
        from open in Character.EqualTo(quote)
        from content in Span.EqualTo(new string(quote, 2)).Value(quote).Try().Or(Character.Except(quote)).Many()
        from close in Character.EqualTo(quote)
        select (new string(content), true);

    // A word ends where a name would go on: ORDER is no OR.
    private static TextParser<Unit> Word(string word) =>
        (from text in Span.EqualToIgnoreCase(word)
         from end in _space.Value(Unit.Value).Or(Peek('('))
         select Unit.Value).Try();

    private static TextParser<Unit> Joint(string word) => _anySpace.IgnoreThen(Word(word)).Try();

    private static TextParser<Unit> Peek(char expected) => input =>
        input.ConsumeChar() is { HasValue: true } next && next.Value == expected ? Result.Value(Unit.Value, input, input) : Result.Empty<Unit>(input);

    /// <summary>How deep parentheses outside quotes nest: the parser recurses once for each.</summary>
    private static int DepthOf(string text)
    {
        var (depth, deepest, quote) = (0, 0, '\0');
        foreach (var c in text)
        {
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"')
                quote = c;
            else if (c == '(')
                deepest = Math.Max(deepest, ++depth);
            else if (c == ')')
                depth--;
        }

        return deepest;
    }
}
