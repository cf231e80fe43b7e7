using NodaTime;

namespace SupportBot.Knowledge;

/// <summary>Whom an article is for. Only articles for customers are quoted and shown.</summary>
public enum Audience
{
    /// <summary>Anybody.</summary>
    Customers,

    /// <summary>The company's own people.</summary>
    Agents,
}

/// <summary>A knowledge document.</summary>
/// <param name="Slug">Its name in links, for example <c>refund-policy</c>.</param>
/// <param name="Title">Title for people.</param>
/// <param name="Questions">The question it answers in customers' own words.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="Locale">BCP 47 tag of its language.</param>
/// <param name="Updated">Day of its last change; the default value where that is not known.</param>
/// <param name="Markdown">The body.</param>
/// <param name="Passages">The body in retrievable parts, in reading order; at least one.</param>
public sealed record Article(
    string Slug,
    string Title,
    IReadOnlyList<string> Questions,
    Audience Audience,
    string Locale,
    LocalDate Updated,
    string Markdown,
    IReadOnlyList<Passage> Passages);

/// <summary>A part of an article, about 60 to 120 words under one heading.</summary>
/// <param name="Slug">The article's slug.</param>
/// <param name="Ordinal">Position in the article, from 0.</param>
/// <param name="Headings">The headings above it, outermost first, without the article's title.</param>
/// <param name="Sentences">Its sentences and list items in reading order.</param>
public sealed record Passage(string Slug, int Ordinal, IReadOnlyList<string> Headings, IReadOnlyList<Sentence> Sentences)
{
    /// <summary>The innermost heading, or an empty text.</summary>
    public string Heading => Headings.Count > 0 ? Headings[^1] : "";

    /// <summary>The text without markup; put together when it is asked for, since the sentences hold it already.</summary>
    public string Text => string.Join(' ', Sentences.Select(s => s.Text));
}

/// <summary>What a <see cref="Sentence"/> is in its article.</summary>
public enum SentenceKind
{
    /// <summary>A sentence of a paragraph.</summary>
    Prose,

    /// <summary>A whole list item or table row.</summary>
    Item,
}

/// <summary>The smallest part that may be quoted.</summary>
/// <param name="Text">Plain text, trimmed.</param>
/// <param name="Kind">A sentence or a list item.</param>
/// <param name="Block">Number of the paragraph or list in the article: sentences of one block belong together.</param>
public sealed record Sentence(string Text, SentenceKind Kind, int Block)
{
    /// <summary>Whether it announces the list that follows it and means nothing without.</summary>
    public bool Announces => Kind == SentenceKind.Prose && Text.EndsWith(':');
}
