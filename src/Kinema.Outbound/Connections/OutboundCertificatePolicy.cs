using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinema.Outbound.Connections;

/// <summary>Validates server certificates with the system's roots, without any network access.</summary>
internal sealed class OutboundCertificatePolicy
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Root certificates instead of the system's; empty for the system's.</summary>
    public IReadOnlyList<X509Certificate2> Roots { get; init; } = [];

    public X509ChainPolicy CreatePolicy()
    {
        var policy = new X509ChainPolicy
        {
            // A certificate may name a URL for its issuer or its revocation list. Fetching them would bypass the guard.
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
