using System.ClientModel;
using System.ClientModel.Primitives;
using Kinema.Outbound;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;

namespace Kinema.Prompts.Endpoint;

/// <summary>The client of the operator's language model: through the guard, asked once, with bounded answers.</summary>
internal sealed class ChatClients(IOptions<PromptExpansionOptions> options, IOutboundHandlers handlers) : IDisposable
{
    private readonly Lazy<(HttpClient Http, IChatClient Chat)> _client = new(() => Create(options.Value, handlers));

    public IChatClient Chat => _client.Value.Chat;

    /// <summary>The key of the settings, or of the file they name; null for none.</summary>
    public static string? KeyOf(PromptExpansionOptions options) =>
        options.ApiKeyFile is { } file ? File.ReadAllText(file).Trim() : string.IsNullOrWhiteSpace(options.ApiKey) ? null : options.ApiKey.Trim();

    public void Dispose()
    {
        if (!_client.IsValueCreated)
            return;
        _client.Value.Chat.Dispose();
        _client.Value.Http.Dispose();
    }

    private static (HttpClient Http, IChatClient Chat) Create(PromptExpansionOptions options, IOutboundHandlers handlers)
    {
        var http = handlers.CreateClientForOperator(options.MaxAnswerBytes);
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };

        // The library insists on a key; servers without keys ignore it.
        return (http, new OpenAIClient(new ApiKeyCredential(KeyOf(options) ?? "none"), settings).GetChatClient(options.Model).AsIChatClient());
    }
}
