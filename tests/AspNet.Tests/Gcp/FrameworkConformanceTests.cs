using System.Net;
using System.Text;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>The HTTP, typed and concurrency cases of the published Functions Framework conformance suite, against the host as a process.</summary>
public sealed class FrameworkConformanceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("HTTP trigger", "gcp native")]
    public async Task An_http_function_gets_the_body_at_every_path_and_method()
    {
        var (host, http) = await ServeAsync("HttpFunc");
        await using (host)
        using (http)
        {
            foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Post, "/"), (HttpMethod.Put, "/a/b?c=d"), (HttpMethod.Delete, "/x")])
            {
                using var request = new HttpRequestMessage(method, path) { Content = new StringContent("PASS") };
                using var response = await http.SendAsync(request, Token);
                Assert.Equal((HttpStatusCode.OK, "PASS"), (response.StatusCode, await response.Content.ReadAsStringAsync(Token)));
            }

            foreach (var path in (string[])["/robots.txt", "/favicon.ico"])
            {
                using var response = await http.GetAsync(path, Token);
                Assert.Equal((HttpStatusCode.NotFound, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Token)));
            }
        }
    }

    [Fact]
    public async Task A_typed_function_gets_json_and_answers_json()
    {
        var (host, http) = await ServeAsync("typed"); // the name ignores case
        await using (host)
        using (http)
        {
            using var good = await http.PostAsync("/", new StringContent("""{"message":"Hello","n":9007199254740993}""", Encoding.UTF8, "application/json"), Token);
            Assert.Equal("""{"payload":{"message":"Hello","n":9007199254740993}}""", await good.Content.ReadAsStringAsync(Token));
            using var bad = await http.PostAsync("/", new StringContent("{nope", Encoding.UTF8, "application/json"), Token);
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        }
    }

    [Fact]
    public async Task Requests_are_handled_side_by_side()
    {
        var (host, http) = await ServeAsync("Concurrent");
        await using (host)
        using (http)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => http.GetStringAsync("/", Token)));
            Assert.All(answers, answer => Assert.Equal("done", answer));
        }
    }

    private static Task<(HostProcess Host, HttpClient Http)> ServeAsync(string target) =>
        HostProcess.ServeAsync(new Dictionary<string, string> { ["FUNCTION_TARGET"] = target, ["PORT"] = "0" }, "conformance");
}
