namespace Kinema.Playground.Pictures;

/// <summary>A photograph to start from. It comes with the server, so that a first video needs nothing from the internet.</summary>
/// <param name="Name">Name of its file.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Prompt">A prompt that suits it.</param>
public sealed record Photograph(string Name, string Title, string Prompt)
{
    public static IReadOnlyList<Photograph> All { get; } =
    [
        new("raccoon-1024x768.jpg", "Raccoon", "slow push in"),
        new("bottle-640x426.jpg", "Bottle", "product rotating slowly on a pedestal"),
        new("rocket-640x427.jpg", "Rocket", "crane up"),
        new("coffee-600x400.png", "Coffee", "orbit right"),
        new("astronaut-512x512.png", "Astronaut", "dolly zoom"),
        new("cat-451x300.png", "Cat", "truck left"),
    ];
}
