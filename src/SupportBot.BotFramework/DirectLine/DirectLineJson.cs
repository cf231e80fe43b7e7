using System.Text.Json.Serialization;
using SupportBot.BotFramework.DirectLine.Uploads;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>A token for a client.</summary>
internal sealed record TokenBody(string ConversationId, string Token, [property: JsonPropertyName("expires_in")] int ExpiresIn);

/// <summary>A conversation that can be connected to.</summary>
internal sealed record ConversationBody(
    string ConversationId, string Token, [property: JsonPropertyName("expires_in")] int ExpiresIn, string StreamUrl);

/// <summary>The id of an activity that was taken.</summary>
internal sealed record ResourceBody(string Id);

/// <summary>The id of a browser session.</summary>
internal sealed record SessionBody(string SessionId);

/// <summary>The shape of every error.</summary>
internal sealed record ErrorBody(ErrorDetail Error);

/// <summary>What is wrong.</summary>
internal sealed record ErrorDetail(string Code, string Message);

/// <summary>What a site's server may say when it asks for a token. Official samples write <c>User.Id</c>, hence any case.</summary>
internal sealed record TokenParameters(UserParameters? User, IReadOnlyList<string?>? TrustedOrigins, IReadOnlyDictionary<string, string?>? Facts);

/// <summary>A user as a request describes one.</summary>
internal sealed record UserParameters(string? Id, string? Name);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    MaxDepth = 64)]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(ConversationBody))]
[JsonSerializable(typeof(ResourceBody))]
[JsonSerializable(typeof(SessionBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(TokenParameters))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(StartParameters))]
[JsonSerializable(typeof(AttachmentInfo))]
internal sealed partial class DirectLineJson : JsonSerializerContext;
