using System.Diagnostics;
using System.Globalization;
using Kinema.Wan.SelfChecks;

namespace Kinema.Wan;

/// <summary>Compares small libtorch operations with float64 results computed in C#, because libtorch's libraries have bugs on some processors.</summary>
public static class WanSelfCheck
{
    private static readonly Lazy<WanSelfCheckReport> _first = new(Run);

    /// <summary>Runs every check on the CPU: matrix products, convolutions and attention in float32 and bfloat16.</summary>
    /// <exception cref="WanException">libtorch fails to load; see <see cref="LibTorch"/>.</exception>
    public static WanSelfCheckReport Run()
    {
        LibTorch.Load();
        return Run(CheckedOperations.All);
    }

    internal static WanSelfCheckReport Run(CheckedOperation[] operations)
    {
        var started = Stopwatch.GetTimestamp();
        // Beside libtorch: in a process that has computed nothing, compiling the references takes as long as computing them.
        var expected = Task.Run(() => Array.ConvertAll(operations, operation => operation.Expected()));
        var actual = Array.ConvertAll(operations, operation => operation.ComputeValues());
        var results = new WanSelfCheckResult[operations.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = operations[i].Compare(actual[i], expected.GetAwaiter().GetResult()[i]);
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
