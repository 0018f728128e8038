using System.Diagnostics;
using System.Globalization;
using Kinema.Wan.SelfChecks;

namespace Kinema.Wan;

/// <summary>Compares small operations of libtorch with float64 computed in C#, because some processors meet faults in its libraries.</summary>
public static class WanSelfCheck
{
    private static readonly Lazy<WanSelfCheckReport> _first = new(Run);

    /// <summary>Runs every check on the CPU: matrix products, convolutions and attention in float32 and bfloat16.</summary>
    /// <exception cref="InvalidOperationException">libtorch does not load; see <see cref="LibTorch"/>.</exception>
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

    /// <summary>The report of the first run in this process.</summary>
    internal static WanSelfCheckReport OfThisProcess() => _first.Value;

    /// <exception cref="WanException">An operation is wrong; the message names it, the processor and what to set.</exception>
    internal static void ThrowIfFailed(WanSelfCheckReport report)
    {
        if (report.Results.FirstOrDefault(result => !result.Passed) is not { } wrong)
            return;

        var (error, limit) = (Text(wrong.RelativeError), Text(wrong.Limit));
        throw new WanException(
            $"libtorch computes \"{wrong.Operation}\" wrong on this processor ({report.Processor}): relative error {error}, at most {limit} is rounding. "
            + $"Set {wrong.Remedy} before the process starts and try again; WanSelfCheck.Run() shows every operation.");
    }

    private static string Text(double value) => value.ToString("G2", CultureInfo.InvariantCulture);
}
