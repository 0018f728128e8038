using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Kinema.Server.Sessions;

/// <summary>
/// Codes that stand for a key once, for ten minutes: the way from the terminal of the server into a browser. They live as long as the process, as does the
/// terminal.
/// </summary>
internal sealed class SignInCodes(TimeProvider timeProvider)
{
    private static readonly TimeSpan _life = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, (string Token, long Since)> _codes = new();

    /// <param name="token">The API key.</param>
    public string Create(string token)
    {
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        _codes[Hash(code)] = (token, timeProvider.GetTimestamp());
        return code;
    }

    /// <summary>Takes the code away. Returns its API key; null for a code that is unknown, used or too old.</summary>
    public string? Redeem(string code) =>
        _codes.TryRemove(Hash(code), out var found) && timeProvider.GetElapsedTime(found.Since) < _life ? found.Token : null;

    /// <summary>Looked up by hash, so that the time of a look-up says nothing about the codes.</summary>
    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code)));
}
