namespace SupportBot.Knowledge;

/// <summary>English words that say nothing about a topic. A query made of them alone is searched as it is.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> All = new(
        """
        a about above after again all am an and any are as at be because been before being below between both but by can cant could did didnt
        do does doesnt doing dont down during each few for from further get got had has have havent having he hello her here hers hey hi him his
        how i id if im in into is isnt it its ive just let lets like me more most my myself no nor not now of off ok on once only or other our
        ours out over own please same she should so some such than thank thanks that thats the their them then there these they this those through to
        too under until up us very want wanna was we were what whats when where which while who whom why will with wont would you your yours yourself
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.Ordinal);

    /// <summary>The words that are not stop words, or all of them when nothing else is left.</summary>
    public static List<string> Without(List<string> words)
    {
        var telling = words.Where(word => !All.Contains(word)).ToList();
        return telling.Count > 0 ? telling : words;
    }
}
