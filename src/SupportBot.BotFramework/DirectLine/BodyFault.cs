using Microsoft.AspNetCore.Http;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>What goes wrong while a request's body is read: badly chunked, too slow, cut off, or over the host's own limit.</summary>
internal static class BodyFault
{
    public static bool Is(Exception exception) => exception is IOException or InvalidDataException;

    public static DirectLineError ToRefusal(Exception exception, int limit) =>
        exception is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
            ? DirectLineError.MessageSizeTooBig(limit)
            : DirectLineError.BadArgument("The body could not be read.");
}
