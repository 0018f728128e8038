using System.Runtime.Intrinsics.X86;

namespace Kinema.Motion.Rendering;

/// <summary>The inner loop: samples up to three planes of one size at the same places. Every implementation gives exactly the same codes.</summary>
internal interface IWarpKernel
{
    static IWarpKernel Fastest => Avx2.IsSupported ? new Avx2Warp() : new ScalarWarp();

    /// <param name="columns">8 or 16.</param>
    void Warp(in CellWalk walk, in WarpPlanes planes, int columns, int rows);
}

/// <summary>Up to three planes of one size and where their samples go. A plane that is null ends the list.</summary>
internal readonly unsafe struct WarpPlanes(SplinePlane first, byte* firstTarget, int firstStride)
{
    public readonly sbyte* First = first.Origin;
    public readonly byte* FirstTarget = firstTarget;
    public readonly int FirstStride = firstStride;
    public readonly int Stride = first.Stride;

    /// <summary>Places are kept within one sample of the plane, 16.16.</summary>
    public readonly int FarthestX = first.Width << 16;
    public readonly int FarthestY = first.Height << 16;

    public sbyte* Second { get; init; }

    public byte* SecondTarget { get; init; }

    public int SecondStride { get; init; }

    public sbyte* Third { get; init; }

    public byte* ThirdTarget { get; init; }

    public int ThirdStride { get; init; }
}
