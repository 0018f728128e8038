using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinema.Client.Tests;

/// <summary>Records end up in logs: their texts show ids and states, and nothing that a reader of a log must not have.</summary>
public sealed class RecordTextTests
{
    private const string Marker = "https://secret.example/prompt?signature=1";

    /// <summary>What may be shown: names and codes. A text that is missing here must not appear.</summary>
    private static readonly HashSet<string> _shown =
    [
        "Asset.Name", "Asset.MimeType", "CallbackDelivery.Status", "CallbackSecret.Label", "ImageToVideoInput.Resolution", "ListOptions.SortBy",
        "Model.Slug", "Model.Availability", "ModelInput.Name", "ModelInput.Type", "ModelStatistics.Model", "ModelStatistics.Name",
        "OutputFile.ContentType", "Run.Model", "Run.Status", "Run.FailureCode", "RunCallback.Event", "RunCallback.Status", "RunEstimate.Model", "RunEstimate.Engine",
        "RunEvent.Id", "RunEvent.Type", "RunLog.Level", "RunOptions.ClientRef", "RunPhase.Phase", "RunPhase.Status", "RunPreview.ContentType",
        "SourceStatistics.Source", "ValidationError.Location", "ValidationError.Type",
    ];

    public static TheoryData<string> Records => [.. RecordTypes.Select(type => type.Name).Order()];

    private static IEnumerable<Type> RecordTypes =>
        typeof(KinemaClient).Assembly.GetExportedTypes().Where(type => type.GetMethod("<Clone>$") is not null);

    [Theory]
    [MemberData(nameof(Records))]
    public void The_text_of_a_record_shows_no_secret_no_signed_url_and_no_prompt(string name)
    {
        var type = RecordTypes.Single(type => type.Name == name);
        type = type.IsGenericType ? type.MakeGenericType(typeof(string)) : type;
        foreach (var property in type.GetProperties().Where(p => p.SetMethod is not null))
        {
            var value = Filled(property.PropertyType);
            if (value is null)
                continue;

            var record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
            foreach (var other in type.GetProperties().Where(p => p.SetMethod is not null && p != property))
                other.SetValue(record, Empty(other.PropertyType));
            property.SetValue(record, value);

            var isShown = record.ToString()!.Contains(Marker, StringComparison.Ordinal);
            isShown.ShouldBe(_shown.Contains($"{name}.{property.Name}"), $"{name}.{property.Name}: {record}");
        }
    }

    [Fact]
    public void A_created_secret_does_not_print_itself() =>
        new CallbackSecret { Id = Guid.Empty, Label = "main", PlainSecret = "whsec_x", KeyPrefix = "whsec_x", IsCurrent = true }.ToString()
            .ShouldBe("CallbackSecret { Id = 00000000-0000-0000-0000-000000000000, Label = main, IsCurrent = True }");

    /// <summary>A value that contains the marker; null for types that cannot hold a text.</summary>
    private static object? Filled(Type type)
    {
        if (type == typeof(string))
            return Marker;
        if (type == typeof(JsonElement) || type == typeof(JsonElement?))
            return JsonElement.Parse($$"""{"status_code":1,"message":"{{Marker}}","url":"{{Marker}}","stage":"{{Marker}}"}""");
        if (type == typeof(JsonObject))
            return new JsonObject { ["a"] = Marker };
        if (type == typeof(RunOutput))
            return new RunOutput { Outputs = [new() { Url = Marker }] };
        return type == typeof(IReadOnlyList<string>) ? new List<string> { Marker } : null;
    }

    private static object? Empty(Type type)
    {
        if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
            return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        return type == typeof(string) ? "" : type.IsValueType ? Activator.CreateInstance(type) : null;
    }
}
