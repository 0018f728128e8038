using System.CommandLine;
using System.Diagnostics;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Core.Callbacks;

namespace Kinema.Cli.Callbacks;

/// <summary><c>kinema callbacks pause|resume|list</c></summary>
internal static class CallbacksCommand
{
    /// <summary>Longer than an attempt may take with the default settings of its time.</summary>
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(200);

    public static Command Create(Terminal terminal) =>
        new("callbacks", "Callbacks of an organisation.") { Pause(terminal), Resume(terminal), List(terminal) };

    private static Command Pause(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), Org());
        var command = new Command("pause", "Sends no callbacks until `resume`; waits for those under way. Nothing is lost.") { org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var state = await store.CallbackPauses.PauseAsync(owner.Id, ct);
            for (var start = Stopwatch.GetTimestamp(); state.UnderWay > 0 && Stopwatch.GetElapsedTime(start) < _longestWait;)
            {
                await Task.Delay(_interval, ct);
                state = await store.CallbackPauses.ReadAsync(owner.Id, ct);
            }

            if (parsed.WantsJson())
                Write(terminal, owner.Slug, state);
            else
                terminal.Out.WriteLine($"Paused the callbacks of {owner.Slug}; {state.Waiting} wait.");
            return state.UnderWay == 0
                ? ExitCodes.Ok
                : throw new CommandFailure(ExitCodes.Failed, $"{state.UnderWay} callbacks of {owner.Slug} are still being sent; the pause holds. Run this again before you change the receiver.");
        });
        return command;
    }

    private static Command Resume(Terminal terminal)
    {
        var (data, org) = (CommonOptions.Data(), Org());
        var command = new Command("resume", "Sends callbacks again, those that waited first.") { org, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var owner = await store.FindOrganizationAsync(parsed.GetValue(org), ct);
            var state = await store.CallbackPauses.ResumeAsync(owner.Id, ct);
            if (parsed.WantsJson())
                Write(terminal, owner.Slug, state);
            else
                terminal.Out.WriteLine($"Resumed the callbacks of {owner.Slug}; {state.Waiting} waited.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var command = new Command("list", "Lists the organisations whose callbacks are paused.") { data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var slugs = (await store.Organizations.ListAsync(ct)).ToDictionary(o => o.Id, o => o.Slug);
            var paused = new List<(string Slug, CallbackPause State)>();
            foreach (var id in await store.CallbackPauses.ListAsync(ct))
                paused.Add((slugs[id], await store.CallbackPauses.ReadAsync(id, ct)));
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { items = paused.Select(p => new { org = p.Slug, p.State.PausedAt, p.State.Waiting, p.State.UnderWay }) });
                return ExitCodes.Ok;
            }

            var table = Tables.Create("ORG", "PAUSED", "WAITING", "UNDER WAY");
            foreach (var (slug, state) in paused)
                table.Add(slug, Wording.Moment(state.PausedAt), $"{state.Waiting}", $"{state.UnderWay}");
            terminal.OutConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Argument<string?> Org() => new("ORG")
    {
        Description = "The organisation: id, slug or name (default: the only one).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static void Write(Terminal terminal, string org, CallbackPause state) => terminal.WriteJson(new { org, state.PausedAt, state.Waiting, state.UnderWay });
}
