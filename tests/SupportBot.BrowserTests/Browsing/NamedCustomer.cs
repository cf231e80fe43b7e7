using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SupportBot.BrowserTests.Browsing;

/// <summary>Customers whose names a company's own server vouches for, over Direct Line.</summary>
public static class NamedCustomer
{
    public static async Task<Customer> StartAsync(HttpClient http, string name)
    {
        var generated = await PostAsync(http, "/v3/directline/tokens/generate", "demo-secret", new { user = new { id = $"dl_{Guid.NewGuid():N}", name } });
        var (id, token) = ((string)generated["conversationId"]!, (string)generated["token"]!);
        await PostAsync(http, "/v3/directline/conversations", token, new { });
        return new Customer(http, id, token);
    }

    /// <summary>The widget's own store as it is after this customer has chatted on the page before.</summary>
    public static Task ComeBackAsync(this Customer customer, IPage page, Uri service)
    {
        var session = new JsonObject
        {
            ["token"] = customer.Token,
            ["conversationId"] = customer.ConversationId,
            ["domain"] = new Uri(service, "/v3/directline").ToString(),
            ["started"] = true,
        };
        return page.AddInitScriptAsync($"localStorage.setItem('supportbot:demo:session', {JsonValue.Create(session.ToJsonString())!.ToJsonString()})");
    }

    private static async Task<JsonObject> PostAsync(HttpClient http, string path, string token, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
            Content = JsonContent.Create(body),
        };
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
