using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Kinema.Hosted.DashScope;

/// <summary>The operator's account: key, region and model.</summary>
internal sealed class DashScopeAccount(IOptions<HostedOptions> options)
{
    private readonly Lazy<string> _key = new(() => KeyOf(options.Value.DashScope));

    public string Key => _key.Value;

    public string Model => options.Value.DashScope.Model;

    /// <summary>
    /// Provider, account and model, whose submits go one at a time. The key's digest stands for the account: another key of the same account is another lane.
    /// </summary>
    public string Lane => $"dashscope/{options.Value.DashScope.BaseUrl.Host}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))[..16]}/{Model}";

    /// <param name="path">Below the region's address.</param>
    public Uri AddressOf(string path) => new(options.Value.DashScope.BaseUrl.AbsoluteUri.TrimEnd('/') + path);

    private static string KeyOf(DashScopeOptions options) => (options.ApiKeyFile is { } file ? File.ReadAllText(file) : options.ApiKey ?? "").Trim();
}
