namespace Kinema.Client;

/// <summary>The address that the routes are relative to.</summary>
internal static class ApiRoot
{
    private const string Version = "v1";

    /// <summary>What is wrong with an address; null if nothing is.</summary>
    public static string? FindProblem(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https"))
            return $"BaseAddress must be an absolute http or https URL such as http://127.0.0.1:8080; got '{address}'.";

        // Not repeated in the message: what stands there may be a password or a token.
        if (address.UserInfo.Length > 0)
            return "BaseAddress must have no user name and password; give the key as ApiKey.";
        return address.Query.Length > 0 || address.Fragment.Length > 0 ? "BaseAddress must have no query and no fragment." : null;
    }

    /// <summary>Ends the address with a slash and without the version, which every route begins with.</summary>
    /// <exception cref="ArgumentException">The address is missing or wrong.</exception>
    public static Uri Of(Uri? address)
    {
        if (address is null)
            throw new ArgumentException("BaseAddress must be set, for example to http://127.0.0.1:8080.");
        if (FindProblem(address) is { } problem)
            throw new ArgumentException(problem);

        var path = address.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/" + Version, StringComparison.Ordinal))
            path = path[..^Version.Length].TrimEnd('/');
        return new Uri(address, path + "/");
    }
}
