using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SupportBot.BotFramework.DirectLine;

/// <summary>
/// A session id, which clients ask for before they show a sign-in card. No cookie is kept for it: nothing here signs
/// anybody in.
/// </summary>
internal static class SessionEndpoint
{
    private const int Digits = 32;

    public static JsonHttpResult<SessionBody> Get() => TypedResults.Json(
        new SessionBody(RandomNumberGenerator.GetHexString(Digits, lowercase: true)), DirectLineJson.Default.SessionBody);
}
