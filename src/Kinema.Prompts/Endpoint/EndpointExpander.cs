using System.ClientModel;
using System.Text;
using System.Text.Json;
using Kinema.Core.Pricing;
using Kinema.Core.Prompts;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Outbound;
using Kinema.Prompts.Guides;
using Kinema.Prompts.Languages;
using Kinema.Prompts.Pictures;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Prompts.Endpoint;

/// <summary>Asks the operator's language model what to add to a prompt. What goes wrong is a reply; the prompt is in no log.</summary>
internal sealed partial class EndpointExpander(
    IOptions<PromptExpansionOptions> options, ChatClients clients, ISmallCopies copies, EndpointPause pause, TimeProvider timeProvider, ILogger<EndpointExpander> log)
{
    private readonly PromptExpansionOptions _options = options.Value;
    private readonly EndpointPrice _price = new(options.Value);

    public Money MaxCost => new((long)(_options.MaxCost * 1_000_000));

    public bool IsFor(EngineDescriptor? engine) =>
        _options.Endpoint is not null && (_options.Engines.Count == 0 || (engine is not null && _options.Engines.Contains(engine.Id)));

    public Money CostAtMost(PromptToExpand prompt, Vocabulary language, PromptGuide guide) => _price.AtMost(
        Encoding.UTF8.GetByteCount(InstructionsFor(guide, language)) + Encoding.UTF8.GetByteCount(QuestionOf(prompt, PictureTraits.None)) + 100, _options.SendPicture);

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<EndpointReply> AskAsync(PromptToExpand prompt, Vocabulary language, PromptGuide guide, PictureTraits picture, TimeSpan limit, CancellationToken ct)
    {
        if (pause.IsOn)
            return EndpointReply.Failed("failed three times in a row and is left alone for a minute");
        if (limit <= TimeSpan.Zero)
            return EndpointReply.Failed("was not asked: fetching the inputs left no time");

        var (messages, most) = Compose(prompt, language, guide, picture);
        using var ended = new CancellationTokenSource(limit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, ended.Token);
        try
        {
            var reply = Read(await clients.Chat.GetResponseAsync(messages, ChatOptions(), either.Token), most);
            pause.Note(succeeded: true);
            return reply;
        }
        catch (Exception e)
        {
            ct.ThrowIfCancellationRequested();
            pause.Note(succeeded: false);
            LogFailed(e.GetType().Name, (e as ClientResultException)?.Status ?? 0);
            return Explain(e, ended.IsCancellationRequested, limit, most);
        }
    }

    private (IReadOnlyList<ChatMessage> Messages, Money Most) Compose(PromptToExpand prompt, Vocabulary language, PromptGuide guide, PictureTraits picture)
    {
        var (instructions, question) = (InstructionsFor(guide, language), QuestionOf(prompt, picture));
        List<AIContent> contents = [new TextContent(question)];
        if (_options.SendPicture && prompt.Media.GetValueOrDefault(MediaRole.FirstFrame) is { } first && copies.ReadJpeg(first, _options.PicturePixels) is { } jpeg)
            contents.Add(new DataContent(jpeg, "image/jpeg"));
        var most = _price.AtMost(Encoding.UTF8.GetByteCount(instructions) + Encoding.UTF8.GetByteCount(question), contents.Count > 1);
        return ([new(ChatRole.System, instructions), new(ChatRole.User, contents)], most);
    }

    private string InstructionsFor(PromptGuide guide, Vocabulary language) => Instructions.For(guide, language.Language, _options.MaxCharacters);

    private static string QuestionOf(PromptToExpand prompt, PictureTraits picture) => JsonSerializer.Serialize(
        new Question(prompt.Prompt, prompt.NegativePrompt, prompt.DurationSeconds, picture.Framing, picture.Light, picture.Tone), PromptsJson.Default.Question);

    /// <summary>No tools: an answer is text and nothing else.</summary>
    private ChatOptions ChatOptions() => new()
    {
        MaxOutputTokens = _options.MaxTokens,
        ResponseFormat = _options.AnswerFormat switch
        {
            AnswerFormat.JsonSchema => ChatResponseFormat.ForJsonSchema(Instructions.Schema, "prompt_addition"),
            AnswerFormat.JsonObject => ChatResponseFormat.Json,
            _ => ChatResponseFormat.Text,
        },
    };

    private EndpointReply Read(ChatResponse response, Money most)
    {
        var (input, output) = (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount);
        var cost = input is null || output is null ? most : _price.Of(input.Value, output.Value);
        var (addition, problem) = AnswerReader.Read(response, _options.MaxCharacters);
        return new(addition, problem, cost) { InputTokens = input, OutputTokens = output };
    }

    /// <summary>A provider may charge for an answer that came too late or not whole.</summary>
    private static EndpointReply Explain(Exception error, bool timedOut, TimeSpan limit, Money most)
    {
        if (timedOut || error is OperationCanceledException)
            return EndpointReply.Failed($"gave no answer within {limit.TotalSeconds:0.#} seconds", most);

        return error switch
        {
            ClientResultException { Status: > 0 } answered => EndpointReply.Failed($"answered with status {answered.Status}"),
            _ when OutboundRefusal.Find(error) is not null => EndpointReply.Failed("is at an address that Outbound:Operator:Allow does not open"),
            { InnerException: HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } } => EndpointReply.Failed("answered with more bytes than are read", most),
            HttpRequestException or ClientResultException => EndpointReply.Failed("could not be reached"),
            _ => EndpointReply.Failed("answered with something else than a completion", most),
        };
    }

    [LoggerMessage(4400, LogLevel.Warning, "A prompt could not be expanded by the endpoint: {Error}, status {Status}")]
    private partial void LogFailed(string error, int status);
}
