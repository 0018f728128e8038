using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Runs.List;

/// <summary>The history of runs. Reading, filtering and choosing two to compare need no script.</summary>
public sealed partial class RunListPage
{
    private static readonly (string Value, string Text)[] _orders =
    [
        ("", "Newest first"), ("created_at", "Oldest first"), ("-cost", "Dearest first"), ("-duration_ms", "Longest first"), ("duration_ms", "Shortest first"),
    ];

    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required RunListForm Form { get; set; }

    /// <summary>What is wrong with a field, by its name in the address.</summary>
    [Parameter, EditorRequired]
    public required ILookup<string, string> Problems { get; set; }

    /// <summary>The whole filter in the grammar.</summary>
    [Parameter]
    public string? Filter { get; set; }

    /// <summary>Whether the list was not read because others of the organisation are.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<RunRow> Rows { get; set; }

    [Parameter, EditorRequired]
    public required RunPageCursors Cursors { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ModelManifest> Models { get; set; }

    /// <summary>Engines that workers have registered.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Engines { get; set; }

    /// <summary>Why the ticked runs cannot be compared.</summary>
    [Parameter]
    public string? ChoiceProblem { get; set; }

    private IEnumerable<(string Value, string Text)> Orders => With(_orders, Form.SortBy);

    private IEnumerable<(string Value, string Text)> ModelChoices => With([("", "Any"), .. Models.Select(model => (model.Slug, model.Name))], Form.Model);

    private IEnumerable<(string Value, string Text)> EngineChoices => With([("", "Any"), .. Engines.Select(engine => (engine, engine))], Form.Engine);

    private static IEnumerable<(string Value, string Text)> StatusChoices => [("", "Any"), .. RunFields.Status.Choices!.Select(code => (code, code))];

    private string Link(string? cursor) => Frame.Root + Form.Address(cursor);

    private bool HasProblem(string field) => Problems[field].Any();

    /// <summary>A value that is not offered, as one in a kept link, is offered all the same.</summary>
    private static IEnumerable<(string Value, string Text)> With(IEnumerable<(string Value, string Text)> choices, string value) =>
        choices.Any(choice => choice.Value == value) ? choices : choices.Append((value, value));
}
