using System.Runtime.CompilerServices;

namespace Kinema.Wan.Worker.Tests;

/// <summary>Loads libtorch before anything else. Models this small are slower on several threads.</summary>
internal static class LibTorchInitializer
{
    [ModuleInitializer]
    internal static void Prepare()
    {
        LibTorch.Load();
        torch.set_num_threads(1);
    }
}
