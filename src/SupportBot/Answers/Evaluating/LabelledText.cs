namespace SupportBot.Answers.Evaluating;

/// <summary>A message with the intent that people say it has.</summary>
/// <param name="Text">The message.</param>
/// <param name="Intent">The intent's name; null when it means none of the intents.</param>
public sealed record LabelledText(string Text, string? Intent);
