using System.Text.Json.Nodes;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Tests;

/// <summary>An OpenAI-compatible server that answers what a test wants, and keeps what it was asked.</summary>
internal sealed class FakeLanguageModel : IAsyncDisposable
{
    private WebApplication _app = null!;

    private FakeLanguageModel()
    {
    }

    public List<JsonObject> Questions { get; } = [];

    public IReadOnlyList<string> Settings =>
    [
        $"PromptExpansion:Endpoint={_app.Urls.First()}/v1", "PromptExpansion:Model=fake", "PromptExpansion:ApiKey=secret-key", "PromptExpansion:InputPrice=1",
        "PromptExpansion:OutputPrice=4", "Outbound:Operator:Allow:0=127.0.0.0/8",
    ];

    /// <param name="answer">Writes the answer to one question.</param>
    public static async Task<FakeLanguageModel> StartAsync(Func<HttpContext, Task> answer)
    {
        var model = new FakeLanguageModel();
        model._app = await LocalHost.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            lock (model.Questions)
                model.Questions.Add(JsonNode.Parse(reader.ReadToEndAsync().GetAwaiter().GetResult())!.AsObject());
            await answer(context);
        });
        return model;
    }

    /// <summary>Answers with a completion of this text.</summary>
    public static Task<FakeLanguageModel> SayingAsync(string content, string finish = "stop") => StartAsync(context => WriteAsync(context, content, finish));

    public static Task<FakeLanguageModel> AddingAsync(string addition) => SayingAsync(new JsonObject { ["addition"] = addition }.ToJsonString());

    public static Task WriteAsync(HttpContext context, string content, string finish = "stop")
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(new JsonObject
        {
            ["id"] = "c1",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "fake",
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["finish_reason"] = finish,
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content },
            }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 200, ["completion_tokens"] = 25, ["total_tokens"] = 225 },
        }.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
