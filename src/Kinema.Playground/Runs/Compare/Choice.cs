using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Playground.Runs.Panel;

namespace Kinema.Playground.Runs.Compare;

/// <summary>A run to compare with, as an entry of a list.</summary>
public sealed record Choice(Guid Id, string Text)
{
    internal static Choice Of(Run run, ICatalog catalog) =>
        new(run.Id, $"{RunWords.Time(run.CreatedAt)} {ReceivedValue.Shorten(RunPrompt.Read(run, catalog) ?? "")}".TrimEnd());
}
