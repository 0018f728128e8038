using System.Globalization;
using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>The form of a model, made from its manifest alone.</summary>
public sealed partial class RunForm
{
    [Parameter, EditorRequired]
    public required ModelManifest Model { get; set; }

    [Parameter, EditorRequired]
    public required FormStart Start { get; set; }

    [Parameter, EditorRequired]
    public required UploadLimit UploadLimit { get; set; }

    /// <summary>Null for one who is not signed in, and sees the form all the same.</summary>
    [Parameter]
    public ApiKey? Visitor { get; set; }

    /// <summary>The path that a proxy puts before every path.</summary>
    [Parameter, EditorRequired]
    public required string Root { get; set; }

    [Parameter]
    public IReadOnlyList<SampleStart> Samples { get; set; } = [];

    /// <summary>Values that the engine offers, by setting; null where the manifest alone says what is allowed.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Offered { get; set; }

    private IReadOnlyList<FieldManifest> Media => [.. Model.Inputs.Where(one => one.Media is not null)];

    private IReadOnlyList<FieldManifest> Advanced => [.. Model.Inputs.Where(FieldKinds.IsAdvanced)];

    private IReadOnlyList<FieldManifest> Texts => [.. Open.Where(one => FieldKinds.Of(one) == FieldKind.Text)];

    private IReadOnlyList<FieldManifest> Rest => [.. Open.Where(one => FieldKinds.Of(one) is not (FieldKind.Text or FieldKind.Media))];

    private IEnumerable<FieldManifest> Open => Model.Inputs.Where(one => !FieldKinds.IsAdvanced(one));

    private FieldManifest Duration => Model.Inputs.First(one => one.Meaning == FieldMeaning.Duration);

    private string DurationText => FramesText ?? Start.Text(Duration) ?? Duration.Minimum!.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The seconds of the frames that are given.</summary>
    private string? FramesText => Model.Inputs.FirstOrDefault(one => one.Meaning == FieldMeaning.Frames) is { } frames && long.TryParse(Start.Given(frames), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? Model.SecondsOf(number).ToString(CultureInfo.InvariantCulture)
        : null;

    private string Price => int.TryParse(DurationText, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? (Model.Price.Amount * seconds).ToString() : "";

    private IReadOnlyList<string>? OfferedOf(FieldManifest field) =>
        field.Meaning == FieldMeaning.EngineSetting ? Offered?.GetValueOrDefault(field.Name) : null;

    private static string Json(IReadOnlyList<IReadOnlyList<string>> groups) => JsonSerializer.Serialize(groups);
}
