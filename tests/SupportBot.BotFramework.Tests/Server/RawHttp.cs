using System.Net.Sockets;
using System.Text;

namespace SupportBot.BotFramework.Tests.Server;

/// <summary>Requests that no decent client would make.</summary>
internal static class RawHttp
{
    /// <summary>Sends the text and reads until the server closes; nothing when it cuts the connection.</summary>
    /// <param name="server">The server's address.</param>
    /// <param name="request">Head and body.</param>
    /// <param name="hangUp">Whether the client says that no more will come, which servers take for its end.</param>
    public static async Task<string> SendAsync(Uri server, string request, bool hangUp)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
        if (hangUp)
        {
            socket.Client.Shutdown(SocketShutdown.Send);
        }

        try
        {
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
