using Kinema.Core.Storage;

namespace Kinema.Server.Errors;

/// <summary>Recognizes writes that failed for want of space, which an operator can end without a change to the program.</summary>
internal static class StorageFailure
{
    /// <summary>Linux's numbers; .NET puts the system's own number into an <see cref="IOException"/> that has no better type.</summary>
    private const int NoSpace = 28, ReadOnlyFileSystem = 30, QuotaExceeded = 122;

    public static bool IsFull(Exception? exception) => exception switch
    {
        null => false,
        StorageFullException => true,
        IOException { HResult: NoSpace or ReadOnlyFileSystem or QuotaExceeded } => true,
        AggregateException many => many.InnerExceptions.Any(IsFull),
        _ => IsFull(exception.InnerException),
    };
}
