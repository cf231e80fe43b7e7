using System.Globalization;
using System.Text;

namespace SupportBot.BotFramework.Tests.Fuzz;

/// <summary>A request before it is sent, in pieces that can be damaged one by one.</summary>
internal sealed class RequestDraft(string method, string target, byte[] body, params (string Name, string Value)[] headers)
{
    private readonly List<(byte[] Name, byte[] Value)> _headers = [.. headers.Select(h => (Bytes(h.Name), Bytes(h.Value)))];
    private byte[] _method = Bytes(method);
    private byte[] _target = Bytes(target);
    private byte[] _body = body;
    private bool _hasLength = true;

    /// <summary>Whether the server may rightly wait for more than is sent.</summary>
    public bool MayWait { get; private set; }

    /// <summary>Whether the answer has no body, whatever it says.</summary>
    public bool IsHead => _method.AsSpan().SequenceEqual("HEAD"u8);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Damages one thing.</summary>
    public void Damage(Random random)
    {
        switch (random.Next(12))
        {
            case 0:
                _method = random.Next(3) == 0 ? Mutation.Apply(_method, random) : Bytes(AnyMethod(random));
                MayWait |= _method.Length == 0 || IsOdd(_method);
                break;
            case 1 or 2 or 3:
                _target = Mutation.Apply(_target, random);
                MayWait |= IsOdd(_target);
                break;
            case 4 or 5:
                DamageHeader(random);
                break;
            case 6:
                AddHeader(random);
                break;
            default:
                _body = Mutation.Apply(_body, random);
                break;
        }
    }

    /// <summary>The bytes on the wire. The length is right unless it was damaged on purpose.</summary>
    public byte[] ToBytes()
    {
        var wire = new MemoryStream();
        wire.Write(_method);
        wire.Write(" "u8);
        wire.Write(_target);
        wire.Write(" HTTP/1.1\r\n"u8);
        foreach (var (name, value) in _headers)
        {
            wire.Write(name);
            wire.Write(": "u8);
            wire.Write(value);
            wire.Write("\r\n"u8);
        }

        if (_hasLength && _body.Length > 0)
        {
            wire.Write(Bytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {_body.Length}\r\n")));
        }

        wire.Write("\r\n"u8);
        wire.Write(_body);
        return wire.ToArray();
    }

    private static string AnyMethod(Random random)
    {
        string[] methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "BREW", "get"];
        return methods[random.Next(methods.Length)];
    }

    // What ends a line or a word changes where the server sees head and body.
    private static bool IsOdd(byte[] bytes) => bytes.AsSpan().ContainsAnyInRange((byte)0, (byte)' ');

    private void DamageHeader(Random random)
    {
        MayWait = true;
        var at = random.Next(_headers.Count);
        switch (random.Next(4))
        {
            case 0:
                _headers[at] = (Bytes("X-Unknown"), _headers[at].Value);
                break;
            case 1:
                _headers.Add(_headers[at]);
                break;
            case 2:
                _headers[at] = (Mutation.Apply(_headers[at].Name, random), _headers[at].Value);
                break;
            default:
                _headers[at] = (_headers[at].Name, Mutation.Apply(_headers[at].Value, random));
                break;
        }
    }

    private void AddHeader(Random random)
    {
        MayWait = true;
        string[] names =
        [
            "Content-Length", "Transfer-Encoding", "Content-Type", "Content-Encoding", "Content-Disposition", "Range", "If-None-Match", "If-Range",
            "If-Modified-Since", "Origin", "Authorization", "Expect", "Connection", "Upgrade", "Host", "X-Forwarded-For", "Cookie",
            "Access-Control-Request-Method", "Access-Control-Request-Headers",
        ];
        var name = names[random.Next(names.Length)];
        _hasLength &= name is not ("Content-Length" or "Transfer-Encoding");
        _headers.Add((Bytes(name), HostileBytes.Next(random)));
    }
}
