using System.Runtime.Intrinsics.X86;
using Kinema.Motion.Rendering;

namespace Kinema.Motion.Tests.Rendering;

public sealed unsafe class WarpKernelTests
{
    private const int Cell = CoordinateMesh.Spacing;

    private readonly Random _random = new(7);

    /// <summary>Steps across and down of a source sample for each frame pixel: at rest, turned a little, mirrored, shrunk, upside down, far outside.</summary>
    [Theory]
    [InlineData(2.0, 0.0)]
    [InlineData(1.999, 0.013)]
    [InlineData(2.1, -0.2)]
    [InlineData(0.31, 0.7)]
    [InlineData(3.99, 0.001)]
    [InlineData(5.5, 0.0)]
    [InlineData(-2.0, 0.05)]
    [InlineData(0.0, 2.0)]
    [InlineData(900.0, 700.0)]
    public void The_vector_kernel_gives_exactly_the_codes_of_the_scalar_kernel(double stepX, double stepY)
    {
        Assert.SkipUnless(Avx2.IsSupported, "this processor has no AVX2");
        foreach (var (width, height) in new[] { (1, 1), (3, 2), (17, 33), (128, 96), (401, 299) })
        {
            using var first = Noise(width, height);
            using var second = Noise(width, height);
            using var third = Noise(width, height);
            for (var round = 0; round < 40; round++)
            {
                var mesh = Mesh(width, height, stepX, stepY);
                foreach (var pitch in new[] { 1, 2 })
                {
                    var coordinates = CellCoordinates.Of(mesh, 0, first, pitch);
                    var (columns, rows) = (Cell / pitch, (Cell / pitch) - (round % 3));
                    Warp(new Avx2WarpKernel(), coordinates, first, second, third, columns, rows)
                        .ShouldBe(Warp(new ScalarWarpKernel(), coordinates, first, second, third, columns, rows));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, SplinePlane.Clear)]
    [InlineData(255, SplinePlane.Opaque)]
    [InlineData(128, 0)]
    public void A_constant_plane_gives_its_code_at_every_fraction(int code, sbyte coefficient)
    {
        using var plane = new SplinePlane(64, 64);
        for (var y = 0; y < 64; y++)
            plane.Row(y).Fill(coefficient);
        plane.ExtendEdges();

        Warp(new ScalarWarpKernel(), CellCoordinates.Of(Mesh(64, 64, 1.37, 0.61), 0, plane, 1), plane, plane, plane, Cell, Cell)
            .ShouldAllBe(sample => sample == code);
    }

    /// <summary>A ramp has no detail to lose: every position shows its exact value.</summary>
    [Fact]
    public void A_ramp_is_reproduced_at_every_fraction_of_a_sample()
    {
        using var plane = new SplinePlane(200, 64);
        for (var y = 0; y < 64; y++)
        {
            for (var x = 0; x < 200; x++)
                plane.Row(y)[x] = (sbyte)(x - 100);
        }

        plane.ExtendEdges();
        for (var step = 0; step < 200; step++)
        {
            var mesh = new CoordinateMesh(Cell, Cell);
            mesh.X.AsSpan().Clear();
            (mesh.X[0], mesh.X[1], mesh.X[2], mesh.X[3]) = (0.2f + (step * 0.0005f), 0.25f + (step * 0.0005f), 0.2f + (step * 0.0005f), 0.25f + (step * 0.0005f));
            (mesh.Y[2], mesh.Y[3]) = (0.3f, 0.3f);
            var codes = Warp(new ScalarWarpKernel(), CellCoordinates.Of(mesh, 0, plane, 1), plane, plane, plane, Cell, 1);
            for (var x = 0; x < Cell; x++)
            {
                var place = ((0.2 + (step * 0.0005) + (0.05 * (x + 0.5) / Cell)) * 200) - 0.5;
                (codes[x] - (128 + ((place - 100) / SplinePlane.Scale))).ShouldBeInRange(-0.56, 0.56);
            }
        }
    }

    private CoordinateMesh Mesh(int width, int height, double stepX, double stepY)
    {
        var mesh = new CoordinateMesh(Cell, Cell);
        var (startX, startY) = ((_random.NextDouble() * 1.2) - 0.1, (_random.NextDouble() * 1.2) - 0.1);
        for (var i = 0; i < 4; i++)
        {
            var (column, row) = (i % 2, i / 2);
            mesh.X[i] = (float)(startX + (Cell * ((stepX * column) - (stepY * row)) / width) + (_random.NextDouble() * 0.2 / width));
            mesh.Y[i] = (float)(startY + (Cell * ((stepY * column) + (stepX * row)) / height) + (_random.NextDouble() * 0.2 / height));
        }

        return mesh;
    }

    private SplinePlane Noise(int width, int height)
    {
        var plane = new SplinePlane(width, height);
        for (var y = 0; y < height; y++)
        {
            foreach (ref var sample in plane.Row(y))
                sample = (sbyte)_random.Next(sbyte.MinValue, sbyte.MaxValue + 1);
        }

        plane.ExtendEdges();
        return plane;
    }

    private static byte[] Warp(IWarpKernel kernel, CellCoordinates coordinates, SplinePlane first, SplinePlane second, SplinePlane third, int columns, int rows)
    {
        var codes = new byte[3 * Cell * Cell];
        fixed (byte* target = codes)
        {
            var planes = new WarpPlanes(first, target, Cell)
            {
                Second = second.Origin,
                SecondTarget = target + (Cell * Cell),
                SecondStride = Cell,
                Third = third.Origin,
                ThirdTarget = target + (2 * Cell * Cell),
                ThirdStride = Cell,
            };
            kernel.Warp(coordinates, planes, columns, rows);
        }

        return rows == Cell && columns == Cell ? codes : [.. Enumerable.Range(0, 3 * rows * columns).Select(i => codes[(i / (rows * columns) * Cell * Cell) + (i % (rows * columns) / columns * Cell) + (i % columns)])];
    }
}
