using System.Text;
using System.Text.Json;
using Kinema.Core.Callbacks;
using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Runs.Detail;

/// <summary>A run's own page.</summary>
public sealed partial class RunPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required RunDetail Detail { get; set; }

    private Run Run => Detail.Run;

    private string Path => Detail.View.Page;

    private bool MayRedeliver =>
        Detail.MayRedeliver && Run.CallbackUrl is not null && Run.Status.IsTerminal() && Detail.Deliveries.All(delivery => delivery.Status != "pending");

    private static string TextOf(RunEvent item, string member)
    {
        using var data = JsonDocument.Parse(item.DataJson);
        return data.RootElement.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";
    }

    private static string BodyOf(Delivery delivery) => RunDetail.Indent(delivery.Payload);

    private static string MetadataOf(string json) => RunDetail.Indent(Encoding.UTF8.GetBytes(json));
}
