using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Usage;

/// <summary>A bar for each day. The numbers stand in a table beside it.</summary>
public sealed partial class DayChart
{
    private const double Width = 720;
    private const double Height = 120;
    private const double LeastBar = 2;

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>At least one day, with its value and the value in words.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<(string Day, double Value, string Text)> Values { get; set; }

    private string Most => Values.MaxBy(value => value.Value).Text;

    private IEnumerable<(double X, double Width, double Height, string Title)> Bars()
    {
        var most = Values.Max(value => value.Value);
        var step = Width / Values.Count;
        for (var i = 0; i < Values.Count; i++)
        {
            var (day, value, text) = Values[i];
            if (value > 0)
                yield return (i * step, step * (Values.Count > 100 ? 1 : 0.8), Math.Max(LeastBar, Height * value / most), $"{day}: {text}");
        }
    }

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
