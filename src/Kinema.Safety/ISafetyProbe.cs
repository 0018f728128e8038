namespace Kinema.Safety;

/// <summary>Says whether the configured checker works. There is none in the services where no checker is configured.</summary>
public interface ISafetyProbe
{
    /// <summary>Whether runs are refused while it does not work.</summary>
    bool RefusesWhenBroken { get; }

    /// <returns>The classifier's name, or what is wrong.</returns>
    (string? Classifier, string? Problem) Find();
}
