using System.ComponentModel.DataAnnotations;

namespace Kinema.Hosted;

/// <summary>Section <c>Hosted:DashScope</c>: Wan 2.7 itself, at Alibaba's Model Studio. The engine <c>dashscope</c> exists where a key is set.</summary>
public sealed class DashScopeOptions : IValidatableObject
{
    /// <summary>Address of the region that key and model belong to; calls across regions fail.</summary>
    public Uri BaseUrl { get; set; } = new("https://dashscope-intl.aliyuncs.com");

    /// <summary>Key of the account; better in the environment or in <see cref="ApiKeyFile"/> than on the command line.</summary>
    [StringLength(4096)]
    public string? ApiKey { get; set; }

    /// <summary>File with the key, read at start.</summary>
    [StringLength(4096)]
    public string? ApiKeyFile { get; set; }

    /// <summary>The model, or one of its snapshots.</summary>
    [RegularExpression("[A-Za-z0-9._-]{1,100}", ErrorMessage = "Hosted:DashScope:Model must be 1 to 100 letters, digits, dots, dashes and underscores.")]
    public string Model { get; set; } = "wan2.7-i2v";

    /// <summary>Most tasks at once; the account's own limit, beyond which tasks only wait.</summary>
    [Range(1, 10_000)]
    public int ConcurrentTasks { get; set; } = 5;

    /// <summary>Most submits a second.</summary>
    [Range(0.01, 100)]
    public double SubmitsPerSecond { get; set; } = 2;

    /// <summary>Time between two looks at a task, seconds.</summary>
    [Range(0.1, 600)]
    public double PollSeconds { get; set; } = 15;

    /// <summary>Time limit of a task from its submit, seconds; tasks wait in the provider's queue. Results are gone after a day.</summary>
    [Range(60, 90_000)]
    public int GenerationSeconds { get; set; } = 82_800;

    /// <summary>How long a task is looked for whose submit was never answered, hours. Then the run fails and costs the caller nothing.</summary>
    [Range(0.0001, 24)]
    public double ReconcileHours { get; set; } = 24;

    /// <summary>Whether public URLs of inputs are passed on as they are, so that the provider fetches them, in place of a copy of the file.</summary>
    public bool PassPublicUrls { get; set; }

    /// <summary>What the provider takes for a second of 720p, US dollars.</summary>
    [Range(0, 1000)]
    public decimal Price720P { get; set; } = 0.10m;

    /// <summary>What the provider takes for a second of 1080p, US dollars.</summary>
    [Range(0, 1000)]
    public decimal Price1080P { get; set; } = 0.15m;

    /// <summary>Whether a key is set.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(ApiKey) || ApiKeyFile is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!(BaseUrl.IsAbsoluteUri && BaseUrl.Scheme is "http" or "https" && BaseUrl.UserInfo.Length == 0 && BaseUrl.Query.Length == 0))
            yield return new($"must be an http or https URL without user and query, such as https://dashscope-intl.aliyuncs.com; got \"{BaseUrl.OriginalString}\"", [nameof(BaseUrl)]);
        if (ApiKey is not null && ApiKeyFile is not null)
            yield return new("and Hosted:DashScope:ApiKey exclude each other", [nameof(ApiKeyFile)]);
        if (ApiKeyFile is not null && !File.Exists(ApiKeyFile))
            yield return new($"must be a file; there is none at '{ApiKeyFile}'", [nameof(ApiKeyFile)]);
    }
}
