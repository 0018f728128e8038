using System.Collections.Concurrent;
using System.Globalization;

namespace Kinema.Wan.Tests.Fixtures;

/// <summary>Compares with the reference, and counts the comparisons.</summary>
internal static class Compare
{
    private static readonly ConcurrentDictionary<string, bool> _opened = new();
    private static long _count;

    /// <summary>Comparisons made in this process.</summary>
    public static long Count => Interlocked.Read(ref _count);

    /// <summary>Files of expected numbers that were opened.</summary>
    public static IReadOnlyCollection<string> Files => [.. _opened.Keys];

    public static void Opened(string path) => _opened.TryAdd(Path.GetFullPath(path), true);

    /// <summary>The largest absolute difference is at most the tolerance; shapes are equal.</summary>
    /// <returns>The largest difference.</returns>
    public static double Close(torch.Tensor actual, torch.Tensor expected, double tolerance, string what)
    {
        Interlocked.Increment(ref _count);
        using var scope = torch.NewDisposeScope();
        actual.shape.ShouldBe(expected.shape, what);
        if (expected.numel() == 0)
            return 0;

        var a = actual.detach().cpu().to_type(torch.float64).flatten();
        var e = expected.detach().cpu().to_type(torch.float64).flatten();
        // NaN counts as an infinite difference.
        var difference = (a - e).abs().nan_to_num(double.PositiveInfinity, double.PositiveInfinity);
        var largest = difference.max().item<double>();
        if (!(largest <= tolerance))
            throw new ShouldAssertException(Describe(what, a, e, difference, largest, tolerance, expected.shape));
        return largest;
    }

    /// <summary>Every number is the same.</summary>
    public static void Equal(torch.Tensor actual, torch.Tensor expected, string what) => Close(actual, expected, 0, what);

    /// <summary>Counts a comparison made by other means, for example of a text or a size.</summary>
    public static void Counted() => Interlocked.Increment(ref _count);

    /// <summary>The root of the mean squared difference over that of the expected values is at most the tolerance.</summary>
    /// <returns>That ratio.</returns>
    public static double RelativelyClose(torch.Tensor actual, torch.Tensor expected, double tolerance, string what)
    {
        Interlocked.Increment(ref _count);
        using var scope = torch.NewDisposeScope();
        actual.shape.ShouldBe(expected.shape, what);
        var a = actual.detach().cpu().to_type(torch.float64);
        var e = expected.detach().cpu().to_type(torch.float64);
        var ratio = ((a - e).square().mean() / e.square().mean()).sqrt().item<double>();
        (ratio <= tolerance).ShouldBeTrue($"{what}: relative RMS difference {ratio:E2}, at most {tolerance:E2} is allowed");
        return ratio;
    }

    private static string Describe(
        string what, torch.Tensor actual, torch.Tensor expected, torch.Tensor difference, double largest, double tolerance, long[] shape)
    {
        var at = difference.argmax().item<long>();
        var place = new long[shape.Length];
        for (var (i, rest) = (shape.Length - 1, at); i >= 0; rest /= shape[i], i--)
            place[i] = rest % shape[i];
        var beyond = (difference > tolerance).sum().item<long>();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
             {what}: differs by up to {largest:E2}, at most {tolerance:E2} is allowed
                 worst at [{string.Join(", ", place)}]: {actual[at].item<double>():G9} instead of {expected[at].item<double>():G9}
                 {beyond} of {difference.numel()} values are beyond; mean difference {difference.mean().item<double>():E2}; largest expected {expected.abs().max().item<double>():G4}
             """);
    }
}
