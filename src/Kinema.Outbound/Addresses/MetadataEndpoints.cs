using System.Net;

namespace Kinema.Outbound.Addresses;

/// <summary>Cloud metadata addresses, which give credentials to any process on a machine. No setting allows these, on any port.</summary>
internal static class MetadataEndpoints
{
    private static readonly HashSet<IPAddress> _addresses =
    [
        IPAddress.Parse("169.254.169.254"), // AWS, Google Cloud, Azure, DigitalOcean, Oracle, OpenStack
        IPAddress.Parse("169.254.169.253"), // AWS name server, reachable the same way
        IPAddress.Parse("169.254.170.2"), // AWS ECS task credentials
        IPAddress.Parse("169.254.170.23"), // AWS EKS pod identity
        IPAddress.Parse("169.254.0.23"), // Tencent Cloud
        IPAddress.Parse("169.254.42.42"), // Scaleway
        IPAddress.Parse("100.100.100.200"), // Alibaba Cloud
        IPAddress.Parse("168.63.129.16"), // Azure host channel: a public number that never leaves the machine's host
        IPAddress.Parse("192.0.0.192"), // Oracle Cloud, older machines
        IPAddress.Parse("fd00:ec2::254"), // AWS
        IPAddress.Parse("fd00:ec2::253"), // AWS name server
        IPAddress.Parse("fd00:ec2::23"), // AWS EKS pod identity
        IPAddress.Parse("fd20:ce::254"), // Google Cloud
        IPAddress.Parse("fd00:42::42"), // Scaleway
        IPAddress.Parse("fe80::a9fe:a9fe"), // OpenStack
    ];

    private static readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase)
    {
        "metadata",
        "metadata.google.internal",
        "metadata.goog",
        "metadata.tencentyun.com",
        "metadata.platformequinix.com",
        "instance-data",
        "instance-data.ec2.internal",
    };

    public static bool Contains(IPAddress address) =>
        _addresses.Contains(address.ScopeIdOrZero() == 0 ? address : new IPAddress(address.GetAddressBytes()));

    /// <summary>Also true for subdomains of a known name.</summary>
    public static bool ContainsName(string host)
    {
        var name = host.TrimEnd('.');
        return _names.Contains(name)
            || _names.Any(known => known.Contains('.', StringComparison.Ordinal) && name.EndsWith("." + known, StringComparison.OrdinalIgnoreCase));
    }
}
