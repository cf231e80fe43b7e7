using System.Text;
using System.Text.RegularExpressions;

namespace SupportBot.Workflows;

/// <summary>
/// A text with places for values: <c>{order_number}</c> is a slot or a variable, <c>${NAME}</c> comes from the configuration.
/// </summary>
public sealed partial class Template
{
    private readonly List<Piece> _pieces = [];

    /// <param name="text">The text; a brace that belongs to no place stays as it is.</param>
    public Template(string text)
    {
        Text = text;
        var end = 0;
        foreach (Match place in Places().Matches(text))
        {
            Literal(text[end..place.Index]);
            _pieces.Add(new Piece(place.Groups["name"].Value, place.Value[0] == '$' ? Kind.Setting : Kind.Value));
            end = place.Index + place.Length;
        }

        Literal(text[end..]);
    }

    private enum Kind
    {
        Literal,
        Value,
        Setting,
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The values that it needs.</summary>
    public IEnumerable<string> Names => _pieces.Where(p => p.Kind == Kind.Value).Select(p => p.Text);

    /// <summary>What it takes from the configuration.</summary>
    public IEnumerable<string> Settings => _pieces.Where(p => p.Kind == Kind.Setting).Select(p => p.Text);

    /// <summary>What precedes the first place for a value.</summary>
    public string Start => string.Concat(_pieces.TakeWhile(p => p.Kind != Kind.Value).Select(p => p.Kind == Kind.Setting ? $"${{{p.Text}}}" : p.Text));

    /// <summary>The text with everything in its place.</summary>
    /// <param name="value">A value by name, as it is to appear.</param>
    /// <param name="setting">A setting by name.</param>
    public string Fill(Func<string, string> value, Func<string, string>? setting = null)
    {
        var filled = new StringBuilder();
        foreach (var piece in _pieces)
        {
            filled.Append(piece.Kind switch
            {
                Kind.Value => value(piece.Text),
                Kind.Setting => setting?.Invoke(piece.Text) ?? "",
                _ => piece.Text,
            });
        }

        return filled.ToString();
    }

    private void Literal(string text)
    {
        if (text.Length > 0)
        {
            _pieces.Add(new Piece(text, Kind.Literal));
        }
    }

    [GeneratedRegex(@"\$?\{(?<name>[A-Za-z][A-Za-z0-9_]{0,62})\}", RegexOptions.CultureInvariant)]
    private static partial Regex Places();

    private readonly record struct Piece(string Text, Kind Kind);
}
