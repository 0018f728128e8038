namespace Kinema.Wan;

/// <summary>The packages that bring libtorch, for messages.</summary>
internal static class LibTorchPackage
{
    /// <summary>The version of libtorch that TorchSharp 0.107 was built for.</summary>
    public const string Version = "2.10.0";

    private const string CudaVersion = "0.107.0";

    /// <summary>How to get a libtorch.</summary>
    public static string Remedy { get; } =
        $"Add libtorch to the program: dotnet add package {ForThisSystem} --version {Version}{ForCuda}. "
        + $"Or set {LibTorch.EnvironmentVariable} to the lib folder of a libtorch {Version[..^2]}.";

    /// <summary>The message of a program without libtorch.</summary>
    public static string Missing { get; } = $"There is no libtorch beside the program, and Kinema.Wan needs one to compute. {Remedy}";

    private static string ForThisSystem =>
        OperatingSystem.IsWindows() ? "libtorch-cpu-win-x64" : OperatingSystem.IsMacOS() ? "libtorch-cpu-osx-arm64" : "libtorch-cpu-linux-x64";

    private static string ForCuda => OperatingSystem.IsMacOS() ? ""
        : $" (for an NVIDIA GPU: {(OperatingSystem.IsWindows() ? "TorchSharp-cuda-windows" : "TorchSharp-cuda-linux")} --version {CudaVersion})";
}
