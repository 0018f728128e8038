using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinema.Outbound.Connections;

/// <summary>How a server's certificate is judged: the system's roots, and no connection to anywhere while doing so.</summary>
internal sealed class OutboundCertificatePolicy
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Roots that replace the system's; empty uses the system's.</summary>
    public IReadOnlyList<X509Certificate2> Roots { get; init; } = [];

    public X509ChainPolicy CreatePolicy()
    {
        var policy = new X509ChainPolicy
        {
            // A certificate may name a URL for its issuer or its revocation list. Fetching those would be a dial that no one judged.
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (Roots.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Roots.ToArray());
        }

        return policy;
    }
}
