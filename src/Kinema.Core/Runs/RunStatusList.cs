using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>The statuses a run can have, as <c>GET /v1/runs/statuses</c> answers.</summary>
public static class RunStatusList
{
    public static byte[] Present() => WireJson.WriteList(Enum.GetValues<RunStatus>(), (writer, status) =>
    {
        writer.WriteStartObject();
        writer.WriteString("code", status.ToCode());
        writer.WriteString("name", status.ToString());
        writer.WriteString("description", Describe(status));
        writer.WriteBoolean("is_terminal", status.IsTerminal());
        writer.WriteEndObject();
    });

    private static string Describe(RunStatus status) => status switch
    {
        RunStatus.Queued => "Stored and waiting for a worker.",
        RunStatus.Dispatching => "A worker fetches and checks the inputs.",
        RunStatus.Running => "The engine has started.",
        RunStatus.Succeeded => "The output is stored and the delivered seconds are charged.",
        RunStatus.Failed => "It ended without output; nothing is charged.",
        _ => "Its caller canceled it; nothing is charged.",
    };
}
