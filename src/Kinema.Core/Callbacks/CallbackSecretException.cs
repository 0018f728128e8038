namespace Kinema.Core.Callbacks;

/// <summary>A stored secret cannot be decrypted: the master key is another one, or the row is damaged. The message is fit for the secret's owner.</summary>
public sealed class CallbackSecretException(string keyPrefix, Exception innerException) : Exception(
    $"The callback secret {keyPrefix}… cannot be decrypted by this server. Create another secret and delete this one, or have the server's operator restore its master key.",
    innerException);
