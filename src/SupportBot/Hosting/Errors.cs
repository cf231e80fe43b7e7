using Microsoft.AspNetCore.Http.HttpResults;

namespace SupportBot.Hosting;

/// <summary>The one shape of errors: <c>{"error":{"code","message","field"}}</c>, as Direct Line has it.</summary>
public sealed record ErrorBody(ErrorDetail Error)
{
    public static JsonHttpResult<ErrorBody> Result(int status, string code, string message, string? field = null) =>
        TypedResults.Json(new ErrorBody(new ErrorDetail(code, message, field)), statusCode: status);
}

/// <param name="Field">The field or parameter that is wrong, where one is.</param>
public sealed record ErrorDetail(string Code, string Message, string? Field);
