using System.Globalization;
using System.Text.RegularExpressions;
using Kinema.Cli;

namespace Kinema.Wan.Worker.Options;

/// <summary>Reads a number of bytes as people write it: <c>24GB</c>, <c>1.5GiB</c>, <c>800000000</c>.</summary>
internal static partial class ByteSize
{
    /// <exception cref="CommandFailure">It is no size.</exception>
    public static long Parse(string text, string option)
    {
        if (Size().Match(text) is not { Success: true } match)
            throw new CommandFailure(ExitCodes.Usage, $"{option} must be a number of bytes, such as 24GB or 24GiB; got '{text}'.");

        var unit = match.Groups[2].Value.ToUpperInvariant() switch { "K" => 1, "M" => 2, "G" => 3, "T" => 4, _ => 0 };
        var bytes = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * Math.Pow(match.Groups[3].Value.Length > 0 ? 1024 : 1000, unit);
        return bytes is >= 1 and < 1e15 ? (long)bytes : throw new CommandFailure(ExitCodes.Usage, $"{option} must be from 1 byte to 1000 TB; got '{text}'.");
    }

    [GeneratedRegex("^([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?(K|M|G|T)?(i?)B?\\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
