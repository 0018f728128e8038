namespace Kinema.Outbound;

/// <summary>Creates HTTP handlers whose connections all go through the guard.</summary>
public interface IOutboundHandlers
{
    /// <summary>
    /// Creates a reusable handler for endpoints that the operator configured. It pools connections for two minutes, then checks addresses again.
    /// It does not follow redirects.
    /// </summary>
    HttpMessageHandler CreateForOperator();

    /// <summary>Creates a client over such a handler. An answer with more bytes fails with <see cref="HttpRequestException"/>.</summary>
    HttpClient CreateClientForOperator(int maxAnswerBytes);

    /// <summary>A client for files: nothing is buffered, and whoever reads the answer sets the limits.</summary>
    HttpClient CreateStreamingClientForOperator();

    /// <summary>The same for a library that sends synchronously from threads of its own: each request keeps its thread until it is answered.</summary>
    HttpClient CreateBlockingClientForOperator(int maxAnswerBytes);
}
