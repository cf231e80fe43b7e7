using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>A key pair, and the channels it is endorsed for.</summary>
internal sealed class IssuerKey(string id, params string[] endorsements)
{
    private readonly RSA _rsa = RSA.Create(2048);

    public RsaSecurityKey Private => new(_rsa) { KeyId = id };

    /// <summary>The public key as text, with which a forger might sign.</summary>
    public byte[] PublicText => System.Text.Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());

    public JsonObject ToJson()
    {
        var numbers = _rsa.ExportParameters(includePrivateParameters: false);
        var json = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = id,
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
        };
        if (endorsements.Length > 0)
        {
            json["endorsements"] = new JsonArray([.. endorsements.Select(channel => (JsonNode)channel)]);
        }

        return json;
    }
}
