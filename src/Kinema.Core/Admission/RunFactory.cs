using System.Text.Json.Nodes;
using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Core.Runs;

namespace Kinema.Core.Admission;

/// <summary>Creates the run to store.</summary>
internal static class RunFactory
{
    public static Run Queued(CreateRunCommand command, RunRequestBody body, ValidatedInput input, string engineId, RunPolicy policy, DateTimeOffset now)
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
            InputJson = StoredInput(body, input),
            EffectiveInputJson = WireJson.Text(input.ToJson()),
            MetadataJson = body.MetadataJson,
            ClientRef = body.ClientRef,
            CallbackUrl = body.CallbackUrl,
            RequestId = command.RequestId,
            CreatedBy = command.CreatedBy,
            CreatedAt = createdAt,
            DeadlineAt = createdAt.AddSeconds(policy.TotalDeadlineSeconds),
            Held = input.Price,
        };
    }

    public static IReadOnlyList<NewRunEvent> FirstEvents(RunRequestBody body, IReadOnlyList<string> notes)
    {
        var events = notes.Select(note => RunEvents.Log("info", note)).ToList();
        if (body.UnknownFields.Count > 0)
            events.Add(RunEvents.Log("warning", $"ignored, because a create call has no such field: {string.Join(", ", body.UnknownFields)}"));

        return events;
    }

    /// <summary>Returns the caller's JSON text, with replaced media.</summary>
    private static string StoredInput(RunRequestBody body, ValidatedInput input)
    {
        var replaced = input.MediaFields.Where(f => body.Input.GetProperty(f.Field.Name).GetString() != f.Url).ToList();
        if (replaced.Count == 0)
            return body.Input.GetRawText();

        var stored = JsonObject.Create(body.Input)!;
        foreach (var medium in replaced)
            stored[medium.Field.Name] = medium.Url;
        return WireJson.Text(stored);
    }
}
