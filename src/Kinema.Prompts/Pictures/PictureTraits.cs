namespace Kinema.Prompts.Pictures;

/// <summary>What an analysis of a picture is sure of, each as the name of a phrase; null where it is not.</summary>
/// <param name="Framing"><c>close</c> or <c>wide</c>.</param>
/// <param name="Light"><c>dark</c>, <c>bright</c>, <c>hard</c> or <c>soft</c>.</param>
/// <param name="Tone"><c>monochrome</c>, <c>warm</c>, <c>cool</c>, <c>vivid</c> or <c>muted</c>.</param>
internal sealed record PictureTraits(string? Framing, string? Light, string? Tone)
{
    public static PictureTraits None { get; } = new(null, null, null);

    public string? Of(string facet) => facet switch
    {
        "framing" => Framing,
        "light" => Light,
        "tone" => Tone,
        _ => null,
    };
}
