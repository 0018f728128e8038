using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kinema.Server.Configuration;

namespace Kinema.Server.Tls;

/// <summary>The server's certificate with the certificates that lead to its issuer.</summary>
internal sealed record ServerCertificate(X509Certificate2 Certificate, X509Certificate2Collection Chain)
{
    private const string Setting = "Server:CertificatePath";

    /// <summary>Reads a PEM file, with the key in it or in a file of its own, or a PFX file.</summary>
    /// <exception cref="SettingsException">The files cannot be used; the message names the setting.</exception>
    public static ServerCertificate Read(ServerOptions options)
    {
        var path = options.CertificatePath ?? throw new SettingsException([
            $"an https address needs {Setting}, a PEM or PFX file; `kinema certificate` makes one for localhost"]);
        try
        {
            return IsPem(path) ? ReadPem(path, options) : ReadPfx(path, options.CertificatePassword);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{Setting} cannot be read: {e.Message}"]);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new SettingsException([
                $"{Setting} is no certificate with its private key, or Server:CertificatePassword or Server:CertificateKeyPath does not fit: {path}: {e.Message}"]);
        }
    }

    private static bool IsPem(string path) => File.ReadAllText(path).Contains("-----BEGIN ", StringComparison.Ordinal);

    private static ServerCertificate ReadPem(string path, ServerOptions options)
    {
        var keyPath = options.CertificateKeyPath ?? path;
        var certificate = options.CertificatePassword is { } password
            ? X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath)
            : X509Certificate2.CreateFromPemFile(path, keyPath);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        return new(certificate, chain);
    }

    private static ServerCertificate ReadPfx(string path, string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password);
        return all.FirstOrDefault(certificate => certificate.HasPrivateKey) is { } own
            ? new(own, all)
            : throw new CryptographicException("it holds no private key.");
    }
}
