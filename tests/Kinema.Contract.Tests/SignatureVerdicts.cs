using System.Text.Json;
using Kinema.TestSupport;

namespace Kinema.Contract.Tests;

/// <summary>Results of the receivers' own verifiers for a callback: the page's check in Node, and the npm packages standardwebhooks and svix.</summary>
internal sealed record SignatureVerdicts(bool Page, bool Standard, bool Svix)
{
    private static readonly SemaphoreSlim _installing = new(1, 1);
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public static async Task<SignatureVerdicts> AskAsync(string secret, ReceivedCallback callback, CancellationToken ct)
    {
        await InstallAsync(ct);
        var question = JsonSerializer.Serialize(
            new
            {
                secret,
                headers = callback.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value),
                body = Convert.ToBase64String(callback.Body),
            },
            _json);
        var answer = await ProgramRun.RunAsync("node", ["verify.mjs"], ct, question);
        return JsonSerializer.Deserialize<SignatureVerdicts>(answer, _json)!;
    }

    private static async Task InstallAsync(CancellationToken ct)
    {
        await _installing.WaitAsync(ct);
        try
        {
            // ./test has installed it; whoever starts the tests otherwise gets it here.
            var tests = Path.GetFullPath(Path.Combine(Samples.Folder, "..", "..", "tests"));
            if (!Directory.Exists(Path.Combine(tests, "node_modules", "svix")))
                await ProgramRun.RunAsync("npm", ["ci", "--prefix", tests, "--no-audit", "--no-fund", "--loglevel", "error"], ct);
        }
        finally
        {
            _installing.Release();
        }
    }
}
