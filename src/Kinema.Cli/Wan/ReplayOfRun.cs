using System.Text.Json;
using System.Text.Json.Nodes;
using Kinema.Cli.Output;
using Kinema.Cli.Remote;
using Kinema.Client;

namespace Kinema.Cli.Wan;

/// <summary>
/// <c>kinema wan replay RUN</c>: fetches a run's record, its pictures and its video into a temporary folder, as kinema-wan takes files and knows no server.
/// </summary>
internal sealed class ReplayOfRun : IDisposable
{
    private const string Command = "replay";
    private const string AssetPrefix = "runflow://assets/";

    private readonly string _folder = Directory.CreateTempSubdirectory("kinema-replay-").FullName;

    private ReplayOfRun()
    {
    }

    /// <summary>The arguments for kinema-wan.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    /// <returns>Null if the arguments name no run.</returns>
    /// <exception cref="CommandFailure">There is no such run, it has no record, or its picture cannot be fetched.</exception>
    public static async Task<ReplayOfRun?> FetchAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken ct)
    {
        if (arguments is not [Command, var name, ..] || !Guid.TryParse(name, out var id) || File.Exists(terminal.Resolve(name)))
            return null;

        var rest = arguments.Skip(2).ToList();
        var (server, key, data) = (Take(rest, "--server"), Take(rest, "--key"), Take(rest, "--data"));
        var replay = new ReplayOfRun();
        try
        {
            await using var connection = await ServerConnection.OpenAsync(
                server, key, terminal.Resolve(data ?? terminal.Variable(CommonOptions.DataVariable) ?? Path.Combine(".kinema", "data")), [], terminal, ct);
            replay.Arguments = await replay.FetchAsync(connection.Client, await connection.Client.GetRunAsync(id, ct), rest, ct);
            return replay;
        }
        catch
        {
            replay.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<IReadOnlyList<string>> FetchAsync(KinemaClient client, Run run, List<string> rest, CancellationToken ct)
    {
        if (run is not { Input: { } input, Output.ModelData: { } modelData })
            throw new CommandFailure(ExitCodes.Failed, $"Run {run.Id} has no record to replay: it is {run.Status}, or its record was deleted.");

        var record = Path.Combine(_folder, "run.json");
        await File.WriteAllTextAsync(record, new JsonObject { ["input"] = JsonNode.Parse(input.GetRawText()), ["model_data"] = JsonNode.Parse(modelData.GetRawText()) }.ToJsonString(), ct);
        var arguments = new List<string> { Command, record };
        if (rest is [] or [['-', ..], ..])
            arguments.Add(await FetchAsync(client, input, "image_url", ct) ?? throw new CommandFailure(ExitCodes.Failed, $"Run {run.Id} has no image_url; name the picture: kinema wan replay {run.Id} IMAGE."));
        arguments.AddRange(rest);
        if (!Has(rest, "--end-image") && await FetchAsync(client, input, "end_image_url", ct) is { } last)
            arguments.AddRange(["--end-image", last]);
        if (!Has(rest, "--against"))
        {
            var video = Path.Combine(_folder, "first.mp4");
            await client.DownloadAsync(run, video, ct);
            arguments.AddRange(["--against", video]);
        }

        return arguments;
    }

    /// <returns>The file; null if the input has no such field.</returns>
    private async Task<string?> FetchAsync(KinemaClient client, JsonElement input, string field, CancellationToken ct)
    {
        if (!input.TryGetProperty(field, out var value) || value.GetString() is not { } url)
            return null;

        var path = Path.Combine(_folder, field);
        try
        {
            if (url.StartsWith(AssetPrefix, StringComparison.Ordinal))
                url = (await client.GetAssetAsync(Guid.Parse(url.AsSpan(AssetPrefix.Length)), ct)).Url ?? url;
            await client.DownloadAsync(url, path, ct);
            return path;
        }
        catch (Exception e) when (e is KinemaException or HttpRequestException or ArgumentException or IOException)
        {
            throw new CommandFailure(ExitCodes.Failed, $"{field} of the run cannot be fetched any more ({e.Message}); give the picture as a file.");
        }
    }

    private static bool Has(List<string> arguments, string option) => arguments.Exists(argument => argument == option || argument.StartsWith(option + "=", StringComparison.Ordinal));

    /// <summary>Removes an option, which is not for kinema-wan, and returns its value.</summary>
    private static string? Take(List<string> arguments, string option)
    {
        var at = arguments.FindIndex(argument => argument == option || argument.StartsWith(option + "=", StringComparison.Ordinal));
        if (at < 0)
            return null;

        var joined = arguments[at].Length > option.Length;
        var value = joined ? arguments[at][(option.Length + 1)..] : arguments.ElementAtOrDefault(at + 1);
        arguments.RemoveRange(at, joined || value is null ? 1 : 2);
        return value ?? throw new CommandFailure(ExitCodes.Usage, $"{option} needs a value.");
    }
}
