namespace Kinema.Core.Admission;

/// <summary>Checks a callback URL without a connection.</summary>
public interface ICallbackAdmission
{
    /// <summary>Returns null if the URL may be tried, else the reason: the rest of a sentence that begins with <c>callback_url</c>.</summary>
    string? Refuse(Guid orgId, string callbackUrl);
}
