using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Options;
using SupportBot.Hosting.Evaluating;
using SupportBot.Storage;

namespace SupportBot.Hosting;

/// <summary>The program's verbs and options, and where each goes.</summary>
public static class CommandLine
{
    /// <param name="compose">Makes the application for the folders and the addresses to listen on.</param>
    public static async Task<int> RunAsync(string[] args, Func<Folders, string?, WebApplication> compose)
    {
        try
        {
            return await Root(compose).Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (StartProblem problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
        catch (OptionsValidationException e)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, Settings.Explain(e)));
            return 1;
        }
        catch (InvalidOperationException e) when (e.Message.StartsWith("Failed to convert configuration value", StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync($"{e.Message} {e.InnerException?.Message}".TrimEnd());
            return 1;
        }
        catch (DbException e)
        {
            await Console.Error.WriteLineAsync($"Storage:ConnectionString: the database cannot be used ({e.Message}). Mend the connection string, or name another folder with --data.");
            return 1;
        }
    }

    private static RootCommand Root(Func<Folders, string?, WebApplication> compose)
    {
        var data = new Option<string?>("--data") { Description = $"Folder for the database and everything else that is kept (or {Folders.DataVariable}; default: data)", Recursive = true };
        var knowledge = new Option<string?>("--knowledge") { Description = "Folder of the company's files (default: knowledge)", Recursive = true };
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on (default: http://localhost:5080)" };

        Folders FoldersOf(ParseResult parsed) => Folders.Resolve(parsed.GetValue(knowledge), parsed.GetValue(data));

        WebApplication AppOf(ParseResult parsed) => compose(FoldersOf(parsed), null);

        var serve = new Command("serve", "Serve widget, console, reports and the Direct Line channel (the default)") { urls };
        serve.SetAction((parsed, ct) => Server.RunAsync(compose(FoldersOf(parsed), parsed.GetValue(urls)), ct));

        var migrate = new Command("migrate", "Create the database or bring it to this version");
        migrate.SetAction((parsed, ct) => Verbs.MigrateAsync(AppOf(parsed), ct));

        var root = new RootCommand("SupportBot answers a company's customers from its own articles, opens tickets and brings in people.") { serve, migrate, CheckVerb.Build(AppOf), IndexVerb.Build(AppOf), CompanyEvaluationVerb.Build(AppOf), Agents(AppOf), Sites(AppOf) };
        root.Options.Add(data);
        root.Options.Add(knowledge);
        root.Options.Add(urls);
        root.SetAction((parsed, ct) => Server.RunAsync(compose(FoldersOf(parsed), parsed.GetValue(urls)), ct));
        return root;
    }

    private static Command Agents(Func<ParseResult, WebApplication> app)
    {
        var email = new Argument<string>("email") { Description = "E-mail address to sign in with" };
        var name = new Option<string>("--name") { Description = "Name that customers see", Required = true };
        var role = new Option<string>("--role") { Description = "What the account may do", DefaultValueFactory = _ => Roles.Agent };
        role.AcceptOnlyFromAmong([.. Roles.All]);
        var add = new Command("add", "Add an account; the password is read from standard input") { email, name, role };
        add.SetAction((parsed, ct) => Verbs.AddAgentAsync(app(parsed), parsed.GetValue(email)!, parsed.GetValue(name)!, parsed.GetValue(role)!, ct));
        return new Command("agents", "Accounts of the console") { add };
    }

    private static Command Sites(Func<ParseResult, WebApplication> app)
    {
        var id = new Argument<string>("id") { Description = "Short id, as in data-site of the script tag" };
        var name = new Option<string?>("--name") { Description = "Name that agents see (default: the id)" };
        var origins = new Option<string[]>("--origin") { Description = "Origin that embeds the widget, such as https://shop.example; may be repeated", Required = true };
        var add = new Command("add", "Add a website that may embed the widget, and print its Direct Line secret once") { id, name, origins };
        add.SetAction((parsed, ct) => SiteVerbs.AddAsync(app(parsed), parsed.GetValue(id)!, parsed.GetValue(name), parsed.GetValue(origins)!, ct));

        var list = new Command("list", "List the websites and which secrets they have");
        list.SetAction((parsed, ct) => SiteVerbs.ListAsync(app(parsed), ct));
        var rotate = new Command("rotate", "Give a website a second Direct Line secret and print it once") { id };
        rotate.SetAction((parsed, ct) => SiteVerbs.RotateAsync(app(parsed), parsed.GetValue(id)!, ct));
        var secret = new Option<string>("--secret") { Description = "The secret's id, as sites list shows it", Required = true };
        var revoke = new Command("revoke", "Take a Direct Line secret back") { id, secret };
        revoke.SetAction((parsed, ct) => SiteVerbs.RevokeAsync(app(parsed), parsed.GetValue(id)!, parsed.GetValue(secret)!, ct));
        return new Command("sites", "Websites that embed the widget") { add, list, rotate, revoke };
    }
}
