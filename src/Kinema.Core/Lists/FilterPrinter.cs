using System.Text;

namespace Kinema.Core.Lists;

/// <summary>Writes a filter in the form that <see cref="FilterReader"/> reads.</summary>
public static class FilterPrinter
{
    public static string Print(Filter filter)
    {
        var text = new StringBuilder();
        Append(text, filter);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Filter filter)
    {
        switch (filter)
        {
            case Filter.Comparison comparison:
                text.Append(comparison.Field.Name).Append(comparison.Operator.ToSymbol()).Append(FilterValues.Write(comparison.Field, comparison.Value));
                break;
            case Filter.Not not:
                text.Append("NOT (");
                Append(text, not.Term);
                text.Append(')');
                break;
            case Filter.All all:
                Join(text, " AND ", all.Terms);
                break;
            case Filter.Any any:
                Join(text, " OR ", any.Terms);
                break;
        }
    }

    // A joined term that joins itself is put in parentheses.
    private static void Join(StringBuilder text, string joint, IReadOnlyList<Filter> terms)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            if (i > 0)
                text.Append(joint);
            var joins = terms[i] is Filter.All or Filter.Any;
            if (joins)
                text.Append('(');
            Append(text, terms[i]);
            if (joins)
                text.Append(')');
        }
    }
}
