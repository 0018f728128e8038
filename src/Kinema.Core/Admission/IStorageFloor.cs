namespace Kinema.Core.Admission;

/// <summary>Whether there is room for another run's files.</summary>
public interface IStorageFloor
{
    bool HasRoom { get; }
}
