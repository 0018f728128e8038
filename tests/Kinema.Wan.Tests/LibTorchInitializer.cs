using System.Runtime.CompilerServices;

namespace Kinema.Wan.Tests;

/// <summary>Loads libtorch before anything else, because test classes use TorchSharp during discovery.</summary>
internal static class LibTorchInitializer
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        LibTorch.Load();

        // Models this small are slower on several threads, and far slower where other processes want the same cores.
        torch.set_num_threads(1);
    }
}
