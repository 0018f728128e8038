using System.Runtime.CompilerServices;

namespace Kinema.Wan.Tests;

/// <summary>Test classes use TorchSharp while they are discovered, so the choice of libtorch is made before anything else.</summary>
internal static class LibTorchFirst
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        LibTorch.Load();

        // Models this small are slower on several threads, and far slower where other processes want the same cores.
        torch.set_num_threads(1);
    }
}
