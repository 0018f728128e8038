namespace Kinema.Core.Admission;

/// <summary>The checks of a callback address that need no connection.</summary>
public interface ICallbackAdmission
{
    /// <summary>Null when it may be tried, else why not: the rest of a sentence that begins with <c>callback_url</c>.</summary>
    string? Refuse(string callbackUrl);
}
