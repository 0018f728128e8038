using System.Runtime.ExceptionServices;

namespace Kinema.Motion.Shots;

/// <summary>
/// Unwraps the <see cref="AggregateException"/> of parallel work into the one exception that a single thread would have thrown, because callers act on
/// its type.
/// </summary>
internal static class AggregateExceptions
{
    public static async Task<T> UnwrapAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(Cause(e));
            throw;
        }
    }

    /// <summary>Prefers out of memory, which explains the other failures; the cancellation of the other threads comes last.</summary>
    private static Exception Cause(AggregateException all)
    {
        var causes = all.Flatten().InnerExceptions;
        return causes.FirstOrDefault(cause => cause is OutOfMemoryException) ?? causes.FirstOrDefault(cause => cause is not OperationCanceledException) ?? causes[0];
    }
}
