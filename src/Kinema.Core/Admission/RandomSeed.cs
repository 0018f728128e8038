using System.Buffers.Binary;
using System.Security.Cryptography;
using Kinema.Core.Catalog;

namespace Kinema.Core.Admission;

/// <summary>Draws a random seed within the limits of the field if the caller gave none.</summary>
internal static class RandomSeed
{
    public static ValidatedInput WithSeed(ValidatedInput input)
    {
        var field = input.Model.Inputs.FirstOrDefault(f => f.Meaning == FieldMeaning.Seed);
        return input.WithSeed(Draw((long)(field?.Minimum ?? 0), (long)(field?.Maximum ?? int.MaxValue)));
    }

    internal static long Draw(long minimum, long maximum)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return minimum + (long)(BinaryPrimitives.ReadUInt64LittleEndian(bytes) % ((ulong)(maximum - minimum) + 1));
    }
}
