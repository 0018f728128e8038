using TorchSharp;

namespace Kinema.Wan.Pipelines;

/// <summary>The number of libtorch's threads that compute a pipeline's generations.</summary>
/// <remarks>
/// libtorch keeps this number for each thread: <c>set_num_threads</c> changes it for the calling thread and for threads that have not used libtorch yet. The
/// computations of one generation run on different threads of .NET's pool, so each of them sets it.
/// </remarks>
internal sealed class ComputeThreads(int count)
{
    private const int Maximum = 1_024;

    public int Count => count;

    /// <exception cref="ArgumentException">The number is out of range.</exception>
    public static ComputeThreads Of(WanOptions options) => options.Threads is null or (>= 1 and <= Maximum)
        ? new(options.Threads ?? torch.get_num_threads())
        : throw new ArgumentException($"{nameof(WanOptions)}.{nameof(WanOptions.Threads)} must be from 1 to {Maximum}; got {options.Threads}.");

    /// <summary>Returns <paramref name="work"/>, computed with this number of threads.</summary>
    public Func<T> Bind<T>(Func<T> work) => () =>
    {
        if (torch.get_num_threads() != count)
            torch.set_num_threads(count);
        return work();
    };
}
