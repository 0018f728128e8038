using System.Security.Cryptography;
using System.Text;

namespace Kinema.Outbound.Tests.Support;

/// <summary>URLs whose signature covers the request target byte for byte, as object stores sign them, and a store that verifies it.</summary>
internal static class Presigned
{
    private const string Parameter = "sig=";

    private static readonly byte[] _key = "store-secret"u8.ToArray();

    /// <param name="target">Path and query as its signer wrote them.</param>
    public static string Sign(string target) => target + Separator(target) + Parameter + Signature(target);

    /// <summary>Answers 200 for a valid signature, else 403; reads the target from the request line and nothing else.</summary>
    public static LoopbackListener Store(string address = "127.0.0.1") => new(
        async connection =>
        {
            var target = (await connection.ReadRequestAsync()).Split(' ')[1];
            await connection.WriteAsync(Verifies(target) ? LoopbackListener.Ok("file") : LoopbackListener.Status(403));
        },
        address);

    private static bool Verifies(string target)
    {
        var at = target.LastIndexOf(Parameter, StringComparison.Ordinal) - 1;
        return at > 0 && target == Sign(target[..at]);
    }

    private static string Separator(string target) => target.Contains('?', StringComparison.Ordinal) ? "&" : "?";

    private static string Signature(string target) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(target)));
}
