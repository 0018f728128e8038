namespace Kinema.Playground.Models;

/// <summary>One of a few values.</summary>
public sealed partial class ChoiceField;
