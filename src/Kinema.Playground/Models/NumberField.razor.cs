namespace Kinema.Playground.Models;

/// <summary>An integer of a wide range; a seed can be drawn.</summary>
public sealed partial class NumberField;
