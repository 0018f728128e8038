namespace Kinema.Outbound;

/// <summary>Makes handlers whose every connection goes through the guard.</summary>
public interface IOutboundHandlers
{
    /// <summary>
    /// A handler to keep and reuse for endpoints that the operator configured. Its connections are pooled for two minutes, then judged anew.
    /// Redirects come back as they are.
    /// </summary>
    HttpMessageHandler CreateForOperator();
}
