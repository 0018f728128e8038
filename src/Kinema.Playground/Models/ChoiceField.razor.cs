namespace Kinema.Playground.Models;

/// <summary>One of a few values.</summary>
public sealed partial class ChoiceField
{
    /// <summary>Nobody can take back a choice among a few, so leaving it to the engine is one of them.</summary>
    private bool MayBeLeftOut => !Field.Required && Field.Default is null;
}
