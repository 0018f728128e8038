using System.Globalization;

namespace Kinema.Server.Status;

/// <summary>Limits in words. Bytes by powers of 1000 where that is exact, as the settings have both.</summary>
internal static class LimitText
{
    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    public static string Bytes(long bytes) => bytes switch
    {
        >= 1 << 30 when bytes % (1 << 30) == 0 => $"{bytes >> 30} GiB",
        >= 1 << 20 when bytes % (1 << 20) == 0 => $"{bytes >> 20} MiB",
        _ => $"{Count(bytes)} bytes",
    };

    public static string Time(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => Unit(time.TotalDays, "days"),
        { TotalHours: >= 2 } => Unit(time.TotalHours, "hours"),
        { TotalMinutes: >= 2 } => Unit(time.TotalMinutes, "minutes"),
        _ => Unit(time.TotalSeconds, "seconds"),
    };

    private static string Unit(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}");
}
