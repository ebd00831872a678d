using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable.Core.Tests.Security;

public sealed class ApiKeyTests
{
    private static SecuredApp App(string keys) => new(new ApiKeyAuthorization("orders-key", "x-orders-key"), configure: app => app.Services.AddSingleton<ISecrets>(new Keys(keys)));

    [Theory]
    [InlineData("secret-1", "secret-1")]
    [InlineData("old-key, new-key", "old-key")]
    [InlineData("old-key, new-key", "new-key")]
    public async Task A_known_key_is_let_in(string keys, string given)
    {
        await using var app = App(keys);
        Assert.Equal((200, "True orders-key False"), await app.SendAsync(("X-Orders-Key", given)));
    }

    [Theory]
    [InlineData("secret-1", "secret-2")]
    [InlineData("secret-1", "secret-")]
    [InlineData("secret-1", "secret-1,secret-1")]
    [InlineData("old,new", "old,new")]
    [InlineData(" , ", " ")]
    [InlineData("", ",")]
    public async Task Any_other_is_not(string keys, string given)
    {
        await using var app = App(keys);
        Assert.Equal((401, "ApiKey header=\"x-orders-key\" | The key is not one that is known."), await app.SendAsync(("x-orders-key", given)));
        Assert.Equal(0, app.Calls);
    }

    [Fact]
    public async Task None_is_401_and_the_key_of_another_header_is_none()
    {
        await using var app = App("secret-1");
        Assert.Equal((401, "ApiKey header=\"x-orders-key\" | The request has no key in the header 'x-orders-key'."), await app.SendAsync(("x-api-key", "secret-1")));
        Assert.Equal(401, (await app.SendAsync(("x-orders-key", ""))).Status);
    }

    [Fact]
    public async Task A_key_that_is_not_configured_lets_nobody_in()
    {
        await using var app = new SecuredApp(new ApiKeyAuthorization("a-key-that-nobody-set"));
        Assert.Equal(500, (await app.SendAsync(("x-api-key", "anything"))).Status);
        Assert.Equal(0, app.Calls);
    }

    private sealed class Keys(string keys) : ISecrets
    {
        public string Get(string name) => name == "orders-key" ? keys : throw new MissingSecretException(name);

        public ValueTask<string> GetAsync(string name, CancellationToken cancellationToken = default) => new(Get(name));
    }
}
