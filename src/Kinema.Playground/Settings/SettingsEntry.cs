using Kinema.Core.Keys;

namespace Kinema.Playground.Settings;

/// <summary>A page of the settings.</summary>
/// <param name="Route">Its path.</param>
/// <param name="Name">Its title.</param>
/// <param name="Purpose">What it is for, in one sentence.</param>
/// <param name="Scope">The scope that it needs, as the API's routes for the same do; null for none.</param>
public sealed record SettingsEntry(string Route, string Name, string Purpose, string? Scope)
{
    public static SettingsEntry Keys { get; } = new("/settings/keys", "Keys", "API keys of your organization: create, look at, revoke.", Scopes.KeysEdit);

    public static SettingsEntry Secrets { get; } =
        new("/settings/callback-secrets", "Callback secrets", "What callbacks are signed with, and how to change it without losing one.", Scopes.SecretsEdit);

    public static SettingsEntry Usage { get; } = new("/settings/usage", "Usage", "Runs and spend by day, model and source, and stored bytes.", Scopes.RunsRead);

    public static SettingsEntry Limits { get; } = new("/settings/limits", "Limits", "What your organization may do at most on this server.", null);

    public static SettingsEntry Engines { get; } =
        new("/settings/engines", "Engines and workers", "Which engine makes the videos here, who works, and whether the server is ready.", Scopes.ModelsRead);

    public static SettingsEntry Tester { get; } =
        new("/settings/callback-tester", "Callback tester", "See a callback as your receiver gets it, and whether its signature verifies.", Scopes.RunsRead);

    public static IReadOnlyList<SettingsEntry> All { get; } = [Keys, Secrets, Usage, Limits, Engines, Tester];

    public bool IsOpenTo(ApiKey visitor) => Scope is null || visitor.Scopes.Contains(Scope);
}
