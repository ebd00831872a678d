using System.Text;
using System.Text.Json;

namespace Orders.Demo;

/// <summary>The orders over HTTP, with what a caller may get wrong.</summary>
internal sealed class HttpScenes(HttpClient http, DemoTable table)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await PlaceAsync("order.json", "202 A-1001, 6190 cents, at /orders/A-1001", cancellationToken);
        await PlaceAsync("order.json", "409 There is an order 'A-1001' already.", cancellationToken);
        await PlaceAsync("order-malformed.json", "400 The request does not fit the function's parameters. (body)", cancellationToken);
        await FindAsync("/orders/A-1001?lines=true", "200 A-1001 is new, 2 lines", cancellationToken);
        await FindAsync("/orders/A-9999", "404 There is no order 'A-9999'.", cancellationToken);
        await FindAsync("/orders/A-1001?lines=perhaps", "400 The request does not fit the function's parameters. (lines)", cancellationToken);
    }

    public async Task FindAsync(string path, string expected, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(path, cancellationToken);
        table.Check("Find", "GET /orders/{id}", path, expected, await DescribeAsync(response, static (_, order) =>
            $"{order.GetProperty("id")} is {order.GetProperty("status")}{Lines(order)}", cancellationToken));

        static string Lines(JsonElement order) =>
            order.TryGetProperty("lines", out var lines) && lines.ValueKind == JsonValueKind.Array ? $", {lines.GetArrayLength()} lines" : "";
    }

    private async Task PlaceAsync(string file, string expected, CancellationToken cancellationToken)
    {
        using var content = new StringContent(SampleInput.Read(file), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/orders", content, cancellationToken);
        table.Check("Place", "POST /orders", file, expected, await DescribeAsync(response, static (response, accepted) =>
            $"{accepted.GetProperty("id")}, {accepted.GetProperty("totalCents")} cents, at {response.Headers.Location}", cancellationToken));
    }

    private static async Task<string> DescribeAsync(HttpResponseMessage response, Func<HttpResponseMessage, JsonElement, string> describe, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        var root = body.RootElement;
        var status = (int)response.StatusCode;
        if (status < 400)
        {
            return $"{status} {describe(response, root)}";
        }

        var parameters = root.TryGetProperty("errors", out var errors) ? $" ({string.Join(", ", errors.EnumerateObject().Select(static error => error.Name))})" : "";
        return $"{status} {root.GetProperty("detail")}{parameters}";
    }
}
