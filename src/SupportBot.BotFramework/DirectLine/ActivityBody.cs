using Microsoft.AspNetCore.Http;
using SupportBot.BotFramework.Activities;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>An activity from a client, read and looked at.</summary>
internal static class ActivityBody
{
    /// <summary>The activity of a request, or why there is none.</summary>
    public static async ValueTask<(Activity? Activity, DirectLineError? Error)> ReadAsync(HttpRequest request, DirectLineOptions options)
    {
        var (body, error) = await JsonBody.ReadAsync(request, options.MaxActivityBytes);
        return Parse(body, error, options);
    }

    /// <summary>The activity of a part of a request, or why there is none.</summary>
    public static async ValueTask<(Activity? Activity, DirectLineError? Error)> ReadAsync(
        Stream part, DirectLineOptions options, CancellationToken ct)
    {
        var (body, error) = await JsonBody.ReadAsync(part, null, options.MaxActivityBytes, ct);
        return Parse(body, error, options);
    }

    private static (Activity? Activity, DirectLineError? Error) Parse(JsonBody? body, DirectLineError? error, DirectLineOptions options)
    {
        if (body is null)
        {
            return (null, error);
        }

        using (body)
        {
            if (!ActivityJson.TryParse(body.Utf8, out var activity, out var fault))
            {
                return (null, JsonBody.Refusal(fault));
            }

            return InboundActivity.Refuse(activity, options.MaxTextLength) is { } refusal ? (null, refusal) : (activity, null);
        }
    }
}
