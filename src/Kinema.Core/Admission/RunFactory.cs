using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>Creates the run to store.</summary>
internal static class RunFactory
{
    /// <summary>Bytes of an input that is stored as it came; a longer one is mostly space between its values, and is stored without it.</summary>
    private const int MaxVerbatimBytes = 256 * 1024;

    public static Run Queued(CreateRunCommand command, RunRequestBody body, StoredMedia media, string engineId, RunPolicy policy, DateTimeOffset now) =>
        Draft(command, media.Input, engineId, policy, now) with
        {
            InputJson = StoredInput(body, media),
            EffectiveInputJson = WireJson.Text(media.Input.ToJson()),
            MetadataJson = body.MetadataJson,
            ClientRef = body.ClientRef,
            CallbackUrl = body.CallbackUrl,
        };

    /// <summary>What a forecast needs to know of a run: all but the contents of its request.</summary>
    public static Run Draft(CreateRunCommand command, ValidatedInput input, string engineId, RunPolicy policy, DateTimeOffset now)
    {
        // Stores keep milliseconds, so the response to the create request equals every later reading.
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return new Run
        {
            Id = Guid.CreateVersion7(createdAt),
            OrgId = command.OrgId,
            ModelId = input.Model.Id,
            ModelSlug = input.Model.Slug,
            ManifestVersion = input.Model.Version,
            EngineId = engineId,
            Status = RunStatus.Queued,
            SourceCode = command.SourceCode,
            InputJson = "{}",
            EffectiveInputJson = "{}",
            RequestId = command.RequestId,
            CreatedBy = command.CreatedBy,
            CreatedAt = createdAt,
            DeadlineAt = createdAt.AddSeconds(policy.TotalDeadlineSeconds),
            Held = input.Price,
            RetryOf = command.RetryOf,
            WorkSize = SizeOf(input),
            TraceParent = command.TraceParent,
        };
    }

    public static IReadOnlyList<NewRunEvent> FirstEvents(RunRequestBody body, IReadOnlyList<string> notes) =>
        [.. notes.Select(note => RunEvents.Log("info", note)), .. body.Warnings.Select(warning => RunEvents.Log("warning", warning.Message))];

    private static string SizeOf(ValidatedInput input) =>
        string.Create(CultureInfo.InvariantCulture, $"{input.Get<string>(FieldMeaning.Resolution)} {input.DurationSeconds}s");

    /// <summary>Returns the caller's JSON text, with replaced media.</summary>
    private static string StoredInput(RunRequestBody body, StoredMedia media)
    {
        if (media.Replaced.Count == 0 && JsonText.Raw(body.Input).Length <= MaxVerbatimBytes)
            return body.Input.GetRawText();

        var stored = JsonObject.Create(body.Input)!;
        foreach (var name in media.Replaced)
            stored[name] = (string)media.Input.Values[name];
        return WireJson.Text(stored);
    }
}
