using System.Text.Json;

namespace SupportBot.BotFramework.Activities;

/// <summary>
/// Leaves out what a client has only begun to say: an empty name, an attachment without content, a button without a label.
/// Whoever reads the conversation then gets what the schema promises. Pure.
/// </summary>
internal static class WellFormed
{
    private const string SchemaOrg = "https://schema.org/";
    private const string AnyContent = "application/octet-stream";

    public static Activity Of(Activity activity) => activity with
    {
        LocalTimezone = Said(activity.LocalTimezone),
        ReplyToId = Said(activity.ReplyToId),
        TextFormat = Said(activity.TextFormat),
        Speak = Said(activity.Speak),
        InputHint = Said(activity.InputHint),
        Locale = Said(activity.Locale),
        Name = Said(activity.Name),
        ValueType = Said(activity.ValueType),
        Label = Said(activity.Label),
        Summary = Said(activity.Summary),
        AttachmentLayout = Said(activity.AttachmentLayout),
        TopicName = Said(activity.TopicName),
        Action = Said(activity.Action),
        Code = Said(activity.Code),
        DeliveryMode = Said(activity.DeliveryMode),
        Importance = Said(activity.Importance),
        Attachments = All(activity.Attachments, Of),
        Entities = All(activity.Entities, Of),
        SuggestedActions = activity.SuggestedActions is { } suggested ? Of(suggested) : null,
        MembersAdded = All(activity.MembersAdded, Of),
        MembersRemoved = All(activity.MembersRemoved, Of),
        ReactionsAdded = All(activity.ReactionsAdded, Of),
        ReactionsRemoved = All(activity.ReactionsRemoved, Of),
    };

    private static Attachment? Of(Attachment attachment) => attachment is { ContentType: null or "", ContentUrl: null or "", Content: null } ? null : attachment with
    {
        ContentType = Said(attachment.ContentType) ?? AnyContent,
        ContentUrl = Said(attachment.ContentUrl),
        Name = Said(attachment.Name),
        ThumbnailUrl = Said(attachment.ThumbnailUrl),
    };

    // Web Chat names what it sends by the words of schema.org alone.
    private static Entity? Of(Entity entity) => Said(entity.Type) is not null
        ? entity
        : entity.Properties?.TryGetValue("@type", out var type) == true && type.ValueKind == JsonValueKind.String && Said(type.GetString()) is { } name
            ? entity with { Type = SchemaOrg + name }
            : null;

    private static SuggestedActions Of(SuggestedActions suggested) => suggested with
    {
        To = All(suggested.To, Said) ?? [],
        Actions = All(suggested.Actions, Of) ?? [],
    };

    private static CardAction? Of(CardAction button) => Said(button.Type) is null || Said(button.Title) is null ? null : button with
    {
        Image = Said(button.Image),
        ImageAltText = Said(button.ImageAltText),
        Text = Said(button.Text),
        DisplayText = Said(button.DisplayText),
    };

    private static ChannelAccount? Of(ChannelAccount account) => account with
    {
        Id = Said(account.Id),
        Role = Said(account.Role),
        AadObjectId = Said(account.AadObjectId),
    };

    private static MessageReaction? Of(MessageReaction reaction) => Said(reaction.Type) is null ? null : reaction;

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IReadOnlyList<T>? All<T>(IReadOnlyList<T>? items, Func<T, T?> wellFormed)
        where T : class => items is null ? null : [.. items.Where(item => item is not null).Select(wellFormed).OfType<T>()];
}
