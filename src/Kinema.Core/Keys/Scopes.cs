namespace Kinema.Core.Keys;

/// <summary>Permissions of an API key.</summary>
public static class Scopes
{
    public const string RunsCreate = "runs:create";
    public const string RunsRead = "runs:read";

    /// <summary>Sends callbacks again.</summary>
    public const string RunsExecute = "runs:execute";

    public const string AssetsCreate = "assets:create";
    public const string AssetsRead = "assets:read";
    public const string ModelsRead = "models:read";

    /// <summary>Manages callback secrets.</summary>
    public const string SecretsEdit = "secrets:edit";

    /// <summary>Manages the organisation's own keys: the organisation's administrator.</summary>
    public const string KeysEdit = "keys:edit";

    /// <summary>Deletes assets.</summary>
    public const string AssetsEdit = "assets:edit";

    /// <summary>Deletes runs.</summary>
    public const string RunsEdit = "runs:edit";

    /// <summary>
    /// Scopes of the contract for what Kinema does not have. They can be given, so that a program that asks for them gets its key; their routes answer 501.
    /// </summary>
    public static IReadOnlyList<string> Unserved { get; } =
    [
        "comfyui-workflows:read", "comfyui-workflows:create", "comfyui-workflows:edit", "comfyui-workflows:delete",
        "evaluations:create", "evaluations:read", "evaluations:edit", "credit_balance:read", "flows:read",
    ];

    public static IReadOnlyList<string> All { get; } =
        [RunsCreate, RunsRead, RunsExecute, AssetsCreate, AssetsRead, ModelsRead, SecretsEdit, KeysEdit, AssetsEdit, RunsEdit, .. Unserved];
}
