using System.Globalization;

namespace SupportBot.Company;

/// <summary>Texts of a <see cref="YamlMap"/> as values of other types; what does not fit becomes a problem.</summary>
public static class YamlValues
{
    /// <summary>true or false; <paramref name="otherwise"/> when missing.</summary>
    public static bool Flag(this YamlMap map, string key, bool otherwise)
    {
        var text = map.Optional(key);
        if (text is null or "")
        {
            return otherwise;
        }

        if (text is "true" or "false")
        {
            return text == "true";
        }

        map.Problem(key, $"'{key}' is '{text}'", "write true or false");
        return otherwise;
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>; must be there.</summary>
    public static int Number(this YamlMap map, string key, int least, int most)
    {
        var text = map.Required(key);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        if (text != "")
        {
            map.Problem(key, $"'{key}' is '{text}'", $"write a whole number from {least} to {most}");
        }

        return least;
    }

    /// <summary>One of a few words.</summary>
    public static T Choice<T>(this YamlMap map, string key, IReadOnlyDictionary<string, T> choices, T otherwise)
    {
        var text = map.Required(key);
        if (choices.TryGetValue(text, out var value))
        {
            return value;
        }

        if (text != "")
        {
            map.Problem(key, $"'{key}' is '{text}'", $"use one of: {string.Join(", ", choices.Keys)}");
        }

        return otherwise;
    }
}
