using System.Globalization;
using Kinema.Core.Runs;

namespace Kinema.Playground.Components;

/// <summary>Quantities as a reader says them.</summary>
internal static class Words
{
    private static readonly string[] _byteUnits = ["bytes", "KB", "MB", "GB", "TB"];

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalDays:0.#} days"),
    };

    /// <summary>By powers of 1000, as disks and networks are measured.</summary>
    public static string Bytes(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1000 && unit < _byteUnits.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {(bytes == 1 ? "byte" : _byteUnits[unit])}");
    }

    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    /// <summary>The colour of a status: <c>good</c>, <c>bad</c>, <c>still</c> or <c>busy</c>.</summary>
    public static string Tone(RunStatus status) => status switch
    {
        RunStatus.Succeeded => "good",
        RunStatus.Failed => "bad",
        RunStatus.Canceled => "still",
        _ => "busy",
    };
}
