using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Core.Lists;
using Kinema.Core.Runs;
using Kinema.Playground.Runs.Detail;
using Kinema.Playground.Runs.Panel;

namespace Kinema.Playground.Runs.Compare;

/// <summary>Two results side by side.</summary>
public sealed record Comparison
{
    /// <summary>How many of the newest runs of the model are offered.</summary>
    private const int MaxChoices = 50;

    public required RunView A { get; init; }

    /// <summary>Null until the visitor has chosen.</summary>
    public RunView? B { get; init; }

    /// <summary>What the second run can be: the newest results of the model.</summary>
    public required IReadOnlyList<Choice> Choices { get; init; }

    /// <summary>Inputs that are not the same; null for one that a run does not have.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <returns>Null where a run does not exist.</returns>
    internal static async Task<Comparison?> ReadAsync(PageRequest page, ApiKey visitor, Guid a, Guid? b)
    {
        if (await RunView.ReadAsync(page, visitor, a) is not { } first)
            return null;

        var comparison = new Comparison { A = first, Choices = await ListAsync(page, first.Run) };
        if (b is not { } other)
            return comparison;

        return await RunView.ReadAsync(page, visitor, other) is { } second
            ? comparison with { B = second, Differences = await CompareAsync(page, first.Run, second.Run) }
            : null;
    }

    private static async Task<IReadOnlyList<Choice>> ListAsync(PageRequest page, Run run)
    {
        var query = new RunListQuery { Limit = MaxChoices, Filter = new Filter.Comparison(RunFields.Model, FilterOperator.Equal, run.ModelSlug) };
        var found = await page.Service<IRunLedger>().ListAsync(run.OrgId, query, page.Aborted);
        return [.. found.Items.Where(other => other.Id != run.Id && other.Output is not null).Select(other => Choice.Of(other, page.Service<ICatalog>()))];
    }

    private static async Task<IReadOnlyList<Difference>> CompareAsync(PageRequest page, Run a, Run b)
    {
        var (left, right) = (await InputRow.ReadAllAsync(page, a), await InputRow.ReadAllAsync(page, b));
        var inputs = left.Concat(right).DistinctBy(row => row.Name)
            .Select(row => (row.Label, A: left.FirstOrDefault(other => other.Name == row.Name), B: right.FirstOrDefault(other => other.Name == row.Name)))
            .Where(pair => pair.A?.IsLike(pair.B) != true)
            .Select(pair => new Difference(pair.Label, pair.A?.Text, pair.B?.Text));
        return a.EngineId == b.EngineId ? [.. inputs] : [.. inputs, new Difference("Engine", a.EngineId, b.EngineId)];
    }
}

/// <summary>An input in which two runs differ.</summary>
public sealed record Difference(string Label, string? A, string? B);
