using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace SupportBot.BotFramework.Tests.Connector;

/// <summary>
/// A key pair, and the channels it is endorsed for. Making a pair takes long, so there are two: the one that issuers have
/// from the start, and the one behind all others.
/// </summary>
internal sealed class IssuerKey
{
    private static readonly RSA Original = RSA.Create(2048);
    private static readonly RSA Other = RSA.Create(2048);

    private readonly string _id;
    private readonly string[] _endorsements;
    private readonly RSA _rsa;

    public IssuerKey(string id, params string[] endorsements)
        : this(id, endorsements, Other)
    {
    }

    private IssuerKey(string id, string[] endorsements, RSA rsa)
    {
        _id = id;
        _endorsements = endorsements;
        _rsa = rsa;
    }

    /// <summary>The key that an issuer has from the start.</summary>
    public static IssuerKey First(params string[] endorsements) => new("first", endorsements, Original);

    public RsaSecurityKey Private => new(_rsa) { KeyId = _id };

    /// <summary>The public key as text, with which a forger might sign.</summary>
    public byte[] PublicText => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());

    public JsonObject ToJson()
    {
        var numbers = _rsa.ExportParameters(includePrivateParameters: false);
        var json = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = _id,
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
        };
        if (_endorsements.Length > 0)
        {
            json["endorsements"] = new JsonArray([.. _endorsements.Select(channel => (JsonNode)channel)]);
        }

        return json;
    }
}
