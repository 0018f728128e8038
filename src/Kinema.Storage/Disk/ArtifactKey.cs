using System.Globalization;
using System.Text.RegularExpressions;

namespace Kinema.Storage.Disk;

/// <summary>Parsed artifact key <c>{run}/{fence}/{name}</c>, the only way to map keys to paths: other forms are invalid.</summary>
internal sealed partial record ArtifactKey(Guid RunId, long Fence, string Name)
{
    public static ArtifactKey? TryParse(string key)
    {
        if (Form.Match(key) is not { Success: true } parts)
            return null;

        return new(
            Guid.ParseExact(parts.Groups["run"].ValueSpan, "D"),
            long.Parse(parts.Groups["fence"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture),
            parts.Groups["name"].Value);
    }

    public string PathBelow(string folder) => Path.Combine(folder, RunId.ToString(), Fence.ToString(CultureInfo.InvariantCulture), Name);

    // A name begins with a letter or digit, so it is never "." or "..", and holds no separator.
    [GeneratedRegex(@"\A(?<run>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})/(?<fence>0|[1-9][0-9]{0,17})/(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,99})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Form { get; }
}
