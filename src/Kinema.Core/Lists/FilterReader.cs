using Kinema.Core.Catalog;

namespace Kinema.Core.Lists;

/// <summary>Reads the <c>q</c> of a list whose fields are known.</summary>
public sealed class FilterReader(IReadOnlyList<FilterField> fields)
{
    private const int MaxComparisons = 50;

    /// <param name="text">The parameter; null or blank for all items.</param>
    /// <param name="errors">Receives every problem, with the column where it lies.</param>
    /// <returns>Null for all items, or if there are errors.</returns>
    public Filter? Read(string? text, ICollection<FieldError> errors)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        if (FilterParser.Read(text, out var problem) is not { } syntax)
        {
            errors.Add(Wrong(problem!, FieldErrorTypes.NotAllowed));
            return null;
        }

        var before = errors.Count;
        var comparisons = 0;
        var filter = Bind(syntax, errors, ref comparisons);
        if (comparisons > MaxComparisons)
            errors.Add(Wrong($"must have at most {MaxComparisons} comparisons; got {comparisons}", FieldErrorTypes.OutOfRange));
        return errors.Count == before ? filter : null;
    }

    private Filter Bind(FilterSyntax syntax, ICollection<FieldError> errors, ref int comparisons)
    {
        switch (syntax)
        {
            case FilterSyntax.Not not:
                return new Filter.Not(Bind(not.Term, errors, ref comparisons));
            case FilterSyntax.All all:
                return new Filter.All(BindEach(all.Terms, errors, ref comparisons));
            case FilterSyntax.Any any:
                return new Filter.Any(BindEach(any.Terms, errors, ref comparisons));
            default:
                comparisons++;
                return Bind((FilterSyntax.Comparison)syntax, errors);
        }
    }

    private Filter[] BindEach(IReadOnlyList<FilterSyntax> terms, ICollection<FieldError> errors, ref int comparisons)
    {
        var bound = new Filter[terms.Count];
        for (var i = 0; i < bound.Length; i++)
            bound[i] = Bind(terms[i], errors, ref comparisons);
        return bound;
    }

    private Filter.Comparison Bind(FilterSyntax.Comparison comparison, ICollection<FieldError> errors)
    {
        var at = $"at column {comparison.Column}";
        if (fields.FirstOrDefault(field => field.Name == comparison.Field) is not { } field)
        {
            var hint = NearestName.Find(comparison.Field, fields.Select(f => f.Name)) is { } nearest ? $"; did you mean {nearest}?" : ".";
            errors.Add(Wrong(
                $"names \"{ReceivedValue.Shorten(comparison.Field)}\" {at}, which cannot be filtered by{hint} Fields are {string.Join(", ", fields.Select(f => f.Name))}",
                FieldErrorTypes.UnknownField));
            return new(fields[0], FilterOperator.Equal, null);
        }

        if (FilterOperators.Read(comparison.Operator) is not { } op)
        {
            errors.Add(Wrong($"has the unknown operator .{ReceivedValue.Shorten(comparison.Operator)}: {at}; known are {FilterOperators.Words}", FieldErrorTypes.NotAllowed));
            return new(field, FilterOperator.Equal, null);
        }

        if (!field.Operators.Contains(op))
            errors.Add(Wrong($"compares {field.Name} by {op.ToSymbol()} {at}; it has {Symbols(field.Operators)}", FieldErrorTypes.NotAllowed));

        if (comparison is { IsQuoted: false, Value: "null" })
        {
            if (op is not (FilterOperator.Equal or FilterOperator.NotEqual))
                errors.Add(Wrong($"compares {field.Name} with null by {op.ToSymbol()} {at}; null has = and !=", FieldErrorTypes.NotAllowed));
            return new(field, op, null);
        }

        if (!FilterValues.TryRead(field, comparison.Value, out var value, out var expected))
            errors.Add(Wrong($"compares {field.Name} with \"{ReceivedValue.Shorten(comparison.Value)}\" {at}; it takes {expected}", FieldErrorTypes.NotAllowed));
        return new(field, op, value);
    }

    private static string Symbols(IEnumerable<FilterOperator> operators) => string.Join(", ", operators.Select(op => op.ToSymbol()));

    private static FieldError Wrong(string reason, string type) => FieldError.Query("q", reason, type);
}
