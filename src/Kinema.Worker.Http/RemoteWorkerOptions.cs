using System.ComponentModel.DataAnnotations;

namespace Kinema.Worker.Http;

/// <summary>How a worker in a process of its own reaches its server.</summary>
public sealed class RemoteWorkerOptions : IValidatableObject
{
    /// <summary>Address of the server, for example <c>https://kinema.example</c>.</summary>
    [Required]
    public Uri? Server { get; set; }

    /// <summary>The worker key; see <c>kinema keys create --worker</c>.</summary>
    [Required]
    public string? Key { get; set; }

    /// <summary>Allows plain http to another machine: key, prompts and pictures then go over the network in the clear.</summary>
    public bool Insecure { get; set; }

    /// <summary>Folder for inputs and videos under way. Default: a folder in the system's temporary folder.</summary>
    public string? ScratchFolder { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Server is { } server && (!server.IsAbsoluteUri || server.Scheme is not ("http" or "https") || server.Query.Length > 0 || server.UserInfo.Length > 0))
            yield return new($"The server's address must be http or https without user or query; got '{server}'.", [nameof(Server)]);
        else if (Server is { Scheme: "http", IsLoopback: false } && !Insecure)
            yield return new($"Plain http leaves this machine only with --insecure: the worker key and all pictures would be readable on the way to {Server.Authority}. Use https.", [nameof(Server)]);
    }
}
