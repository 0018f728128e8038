using System.Globalization;

namespace Kinema.Cli.Output;

/// <summary>Formats sizes, durations and times for people.</summary>
internal static class Wording
{
    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => Text($"{bytes} B"),
        < 1_000_000 => Text($"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => Text($"{bytes / 1e6:0.#} MB"),
        _ => Text($"{bytes / 1e9:0.#} GB"),
    };

    public static string Seconds(long milliseconds) => Text($"{milliseconds / 1e3:0.0} s");

    public static string Moment(DateTimeOffset? moment) => moment is { } at ? at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";

    public static string Number(double number) => Text($"{number:0.###}");

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
