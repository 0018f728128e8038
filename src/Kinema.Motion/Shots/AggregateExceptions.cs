using System.Runtime.ExceptionServices;

namespace Kinema.Motion.Shots;

/// <summary>
/// Work that is shared among threads fails with what all of them met, wrapped together; who waits for it wants the one failure that a single thread
/// would have met, and acts by its type.
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

    /// <summary>A lack of memory explains whatever else went wrong; a cancellation of the other threads explains nothing.</summary>
    private static Exception Cause(AggregateException all)
    {
        var causes = all.Flatten().InnerExceptions;
        return causes.FirstOrDefault(cause => cause is OutOfMemoryException) ?? causes.FirstOrDefault(cause => cause is not OperationCanceledException) ?? causes[0];
    }
}
