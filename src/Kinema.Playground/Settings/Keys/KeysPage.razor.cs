using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Keys;

/// <summary>Lists the organization's keys and creates one.</summary>
public sealed partial class KeysPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ApiKey> Keys { get; set; }

    /// <summary>What the form has; the values of a refused one.</summary>
    [Parameter, EditorRequired]
    public required KeyDraft Draft { get; set; }

    /// <summary>What is wrong with it, by the field.</summary>
    [Parameter, EditorRequired]
    public required ILookup<string, string> Problems { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>The name of the key that was just created.</summary>
    [Parameter]
    public string? CreatedName { get; set; }

    /// <summary>The key itself; only this answer has it.</summary>
    [Parameter]
    public string? CreatedToken { get; set; }

    /// <summary>The scopes that this session can give.</summary>
    private IEnumerable<string> Own => Scopes.All.Except(Scopes.Unserved).Where(scope => Visitor.Scopes.Contains(scope));

    /// <summary>Those for what this server does not have.</summary>
    private IEnumerable<string> OwnUnserved => Scopes.Unserved.Where(scope => Visitor.Scopes.Contains(scope));

    private (string Tone, string Text) State(ApiKey key) =>
        key.RevokedAt is not null ? ("still", "revoked") : key.ExpiresAt <= Now ? ("still", "expired") : key.Id == Visitor.Id ? ("good", "this session") : ("good", "valid");

    private RenderFragment Tick(string scope) => builder =>
    {
        builder.OpenElement(0, "label");
        builder.AddAttribute(1, "class", "tick-line");
        builder.OpenElement(2, "input");
        builder.AddAttribute(3, "type", "checkbox");
        builder.AddAttribute(4, "name", "scopes");
        builder.AddAttribute(5, "value", scope);
        builder.AddAttribute(6, "checked", Draft.Scopes.Contains(scope));
        builder.CloseElement();
        builder.OpenElement(7, "code");
        builder.AddContent(8, scope);
        builder.CloseElement();
        builder.CloseElement();
    };
}
