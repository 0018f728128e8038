using System.Runtime.InteropServices;

namespace Kinema.Wan.Pipelines;

/// <summary>Recognises out-of-memory errors, which libtorch reports like any other error, and rethrows them with a remedy.</summary>
internal static class OutOfMemory
{
    private static readonly string[] _messages = ["out of memory", "not enough memory", "can't allocate memory", "bad_alloc"];

    public static void Explain(string activity, Action work) => Explain(activity, () =>
    {
        work();
        return true;
    });

    public static T Explain<T>(string activity, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsOutOfMemory(e))
        {
            throw new WanOutOfMemoryException(
                $"There is not enough memory for {activity}. Try fewer frames, a smaller size, a WanOptions.MemoryBudget below the weights' size (components are then loaded in turn), "
                + "WanOptions.VaeTiling, bfloat16, or no StepCache.", e);
        }
    }

    private static bool IsOutOfMemory(Exception e) => e is OutOfMemoryException
        || (e is ExternalException && _messages.Any(sign => e.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)));
}
