using Kinema.Core.Storage;

namespace Kinema.Server.Errors;

/// <summary>Recognizes writes that failed for want of space, which an operator can end without a change to the program.</summary>
internal static class StorageFailure
{
    public static bool IsFull(Exception? exception) => exception switch
    {
        null => false,
        StorageFullException => true,
        IOException error when StorageFullException.IsCause(error) => true,
        AggregateException many => many.InnerExceptions.Any(IsFull),
        _ => IsFull(exception.InnerException),
    };
}
