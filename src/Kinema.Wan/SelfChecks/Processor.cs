using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Kinema.Wan.SelfChecks;

/// <summary>Identifies the processor by its CPUID.</summary>
internal static class Processor
{
    private const int BrandStart = unchecked((int)0x80000002);
    private const int BrandEnd = unchecked((int)0x80000004);

    /// <summary>Returns for example <c>AMD EPYC 9B45, AuthenticAMD family 26 model 2</c>; on other architectures than x86-64 the architecture alone.</summary>
    public static string Describe() => X86Base.IsSupported
        ? $"{Brand()}, {Vendor()} family {Family()} model {Model()}"
        : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>Returns the vendor's twelve letters: <c>AuthenticAMD</c>, <c>GenuineIntel</c>.</summary>
    public static string Vendor()
    {
        var (_, first, third, second) = X86Base.CpuId(0, 0);
        return Text(first, second, third);
    }

    /// <summary>AMD64 Architecture Programmer's Manual, volume 3, appendix E.3.2: the extended family counts where the base family is 15.</summary>
    public static int Family()
    {
        var signature = Signature();
        var family = (signature >> 8) & 0xF;
        return family == 0xF ? family + ((signature >> 20) & 0xFF) : family;
    }

    private static int Model()
    {
        var signature = Signature();
        var (model, family) = ((signature >> 4) & 0xF, (signature >> 8) & 0xF);
        return family is 0x6 or 0xF ? model + (((signature >> 16) & 0xF) << 4) : model;
    }

    private static int Signature() => X86Base.CpuId(1, 0).Eax;

    private static string Brand()
    {
        if ((uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < unchecked((uint)BrandEnd))
            return "x86-64";

        var brand = new StringBuilder();
        for (var leaf = BrandStart; leaf <= BrandEnd; leaf++)
        {
            var (a, b, c, d) = X86Base.CpuId(leaf, 0);
            brand.Append(Text(a, b, c, d));
        }

        return brand.ToString().Trim();
    }

    private static string Text(params ReadOnlySpan<int> registers)
    {
        Span<byte> bytes = stackalloc byte[registers.Length * sizeof(int)];
        for (var i = 0; i < registers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * sizeof(int))..], registers[i]);
        return Encoding.ASCII.GetString(bytes).TrimEnd('\0');
    }
}
