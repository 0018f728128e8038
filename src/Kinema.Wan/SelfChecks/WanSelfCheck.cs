using System.Diagnostics;
using System.Globalization;
using Kinema.Wan.SelfChecks;

namespace Kinema.Wan;

/// <summary>Compares small libtorch operations with float64 results computed in C#, because libtorch's libraries have bugs on some processors.</summary>
public static class WanSelfCheck
{
    private static readonly Lazy<WanSelfCheckReport> _first = new(Run);

    /// <summary>Runs every check on the CPU: matrix products, convolutions and attention in float32 and bfloat16.</summary>
    /// <exception cref="InvalidOperationException">libtorch fails to load; see <see cref="LibTorch"/>.</exception>
    public static WanSelfCheckReport Run()
    {
        LibTorch.Load();
        return Run(CheckedOperations.All);
    }

    internal static WanSelfCheckReport Run(IEnumerable<CheckedOperation> operations)
    {
        var started = Stopwatch.GetTimestamp();
        WanSelfCheckResult[] results = [.. operations.Select(operation => operation.Run())];
        return new(Processor.Describe(), results, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Returns the report of the first run in this process.</summary>
    internal static WanSelfCheckReport OfThisProcess() => _first.Value;

    /// <exception cref="WanException">An operation is incorrect; the message names it, the processor and the remedy.</exception>
    internal static void ThrowIfFailed(WanSelfCheckReport report)
    {
        if (report.Results.FirstOrDefault(result => !result.Passed) is not { } wrong)
            return;

        var (error, limit) = (Text(wrong.RelativeError), Text(wrong.Limit));
        throw new WanException(
            $"libtorch computes \"{wrong.Operation}\" incorrectly on this processor ({report.Processor}): relative error {error}, at most {limit} is rounding. "
            + $"Set {wrong.Remedy} before the process starts and try again; WanSelfCheck.Run() shows every operation.");
    }

    private static string Text(double value) => value.ToString("G2", CultureInfo.InvariantCulture);
}
