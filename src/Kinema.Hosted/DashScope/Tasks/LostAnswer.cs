namespace Kinema.Hosted.DashScope.Tasks;

/// <summary>Times around a submit whose answer was lost.</summary>
internal sealed record LostAnswer
{
    /// <summary>The longest that one lost answer holds up the submits behind it.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(2);

    /// <summary>How long a task that was just submitted may be unknown to the provider itself.</summary>
    public static readonly TimeSpan Unknown = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How far the provider's time of a task may lie outside of the submit's window: its clock is known to half a second. After a lost answer the next submit waits for
    /// twice this, so that no two windows touch.
    /// </summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);
}
