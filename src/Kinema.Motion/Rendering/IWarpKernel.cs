using System.Runtime.Intrinsics.X86;

namespace Kinema.Motion.Rendering;

/// <summary>The inner loop: samples up to three planes of one size at the same positions. Every implementation gives exactly the same codes.</summary>
internal interface IWarpKernel
{
    static IWarpKernel Fastest => Avx2.IsSupported ? new Avx2WarpKernel() : new ScalarWarpKernel();

    /// <param name="columns">8 or 16.</param>
    void Warp(in CellCoordinates cell, in WarpPlanes planes, int columns, int rows);
}

/// <summary>Up to three planes of one size and the targets of their samples. A null plane ends the list.</summary>
internal readonly unsafe struct WarpPlanes(SplinePlane first, byte* firstTarget, int firstStride)
{
    public readonly sbyte* First = first.Origin;
    public readonly byte* FirstTarget = firstTarget;
    public readonly int FirstStride = firstStride;
    public readonly int Stride = first.Stride;

    /// <summary>Positions are clamped to one sample beyond the plane, 16.16.</summary>
    public readonly int MaxX = first.Width << 16;
    public readonly int MaxY = first.Height << 16;

    public sbyte* Second { get; init; }

    public byte* SecondTarget { get; init; }

    public int SecondStride { get; init; }

    public sbyte* Third { get; init; }

    public byte* ThirdTarget { get; init; }

    public int ThirdStride { get; init; }
}
