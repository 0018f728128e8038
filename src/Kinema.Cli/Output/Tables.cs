using Spectre.Console;

namespace Kinema.Cli.Output;

/// <summary>Creates tables with a common style.</summary>
internal static class Tables
{
    public static Table Create(params string[] columns)
    {
        var table = new Table().Border(TableBorder.None).HideFooters();
        foreach (var column in columns)
            table.AddColumn(new TableColumn($"[grey]{Markup.Escape(column)}[/]").NoWrap().PadLeft(0).PadRight(2));
        return table;
    }

    public static void Add(this Table table, params string?[] cells) => table.AddRow([.. cells.Select(c => new Text(Printable(c ?? "-")))]);

    /// <summary>Names on the left, values on the right.</summary>
    public static void WriteFacts(this IAnsiConsole console, params ReadOnlySpan<(string Name, string? Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(2)).AddColumn(new GridColumn().PadLeft(0));
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                grid.AddRow(new Markup($"[grey]{Markup.Escape(name)}[/]"), new Text(value));
        }

        console.Write(grid);
    }

    /// <summary>Names come from callers and workers; a terminal would obey the control characters in them.</summary>
    private static string Printable(string text) => string.Create(text.Length, text, static (characters, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            characters[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
    });
}
