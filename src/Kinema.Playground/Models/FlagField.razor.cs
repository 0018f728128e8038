namespace Kinema.Playground.Models;

/// <summary>Yes or no.</summary>
public sealed partial class FlagField;
