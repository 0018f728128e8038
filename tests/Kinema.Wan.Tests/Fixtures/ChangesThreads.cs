using System.Runtime.ExceptionServices;

namespace Kinema.Wan.Tests.Fixtures;

/// <summary>Tests that change the number of libtorch's threads run alone.</summary>
/// <remarks>
/// libtorch hands a number on to every thread that uses it for the first time, and a thread keeps its number. Tests beside these would sum in another order
/// than before, on some of the pool's threads, to the end of the run.
/// </remarks>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChangesThreads
{
    public const string Name = "changes threads";

    /// <summary>Runs work on a thread of its own with this number of libtorch's threads.</summary>
    public static void Run(int count, Action work)
    {
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            var before = torch.get_num_threads();
            torch.set_num_threads(count);
            try
            {
                work();
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }
            finally
            {
                torch.set_num_threads(before);
            }
        });
        thread.Start();
        thread.Join();
        thrown?.Throw();
    }
}
