using FsCheck;
using Microsoft.FSharp.Core;

namespace SupportBot.BotFramework.Tests.Fuzz;

/// <summary>Properties that are tried on the same examples in every run.</summary>
internal static class Seeded
{
    private const ulong Seed = 20260302;

    // By FsCheck's own generator, an odd number.
    private const ulong Gamma = 9_007_199_254_740_993;

    /// <summary>Tries a property and throws with the smallest example that breaks it.</summary>
    public static void Check(Property property, int examples = 300) => FsCheck.Check.One(
        Config.QuickThrowOnFailure
            .WithMaxTest(examples)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None))),
        property);
}
