using System.ComponentModel.DataAnnotations;

namespace Kinema.Storage;

/// <summary>Section <c>Data</c>: location of all persistent data.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// The data folder (default <c>data</c>, below the current directory): database, keys, inputs and artifacts. It must be on a local disk,
    /// because the lock that keeps a second server out is the kernel's.
    /// </summary>
    [Required]
    public string Path { get; set; } = "data";

    /// <summary>
    /// Connection string of a PostgreSQL database (15 or newer) for the records; without it they lie in a SQLite file in the data folder. Files and keys stay in
    /// the data folder. It holds a password: set it in the environment.
    /// </summary>
    [MaxLength(4096)]
    public string? Postgres { get; set; }

    /// <summary>Bytes of inputs, assets and finished files that one organisation may store before new runs and uploads get 403; 0 means no limit.</summary>
    [Range(0, long.MaxValue)]
    public long MaxBytesPerOrganization { get; set; }
}
