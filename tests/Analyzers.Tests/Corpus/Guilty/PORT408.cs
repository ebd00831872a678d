//// parameters of two names
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("byid"), HttpTrigger("GET", "/orders/{id}")]
    public static string ById(string id) => "ById";

    [Function("bynumber"), HttpTrigger("GET", [|"/orders/{number}"|])]
    public static string ByNumber(int number) => "ByNumber";
}

//// two classes
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("list"), HttpTrigger("GET", "/orders")]
    public static string List() => "List";
}

[AllowAnonymous]
public static class OldOrders
{
    [Function("old-list"), HttpTrigger("GET", [|"/orders/"|])]
    public static string List() => "old";
}

//// any method and one
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("any"), HttpTrigger("*", "/orders")]
    public static string Any() => "Any";

    [Function("place"), HttpTrigger("POST", [|"/orders"|])]
    public static string Place() => "Place";
}

//// case alone
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("list"), HttpTrigger("GET", "/orders/open")]
    public static string List() => "List";

    [Function("shout"), HttpTrigger("GET", [|"/Orders/Open"|])]
    public static string Shout() => "Shout";
}

//// rests of two names
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("file"), HttpTrigger("GET", "/files/{*path}")]
    public static string File(string path) => "File";

    [Function("image"), HttpTrigger("GET", [|"/files/{*name}"|])]
    public static string Image(string name) => "Image";
}

//// a page for administrators
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("users"), HttpTrigger("GET", [|"/admin/users"|])]
    public static string Users() => "Users";
}

//// a ping
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("ping"), HttpTrigger("GET", [|"/ping"|])]
    public static string Ping() => "Ping";
}

//// a health check as kubernetes has it
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("healthy"), HttpTrigger("GET", [|"/healthz"|])]
    public static string Healthy() => "Healthy";
}

//// a page below ours
namespace Shop;

[AllowAnonymous]
public static class Orders
{
    [Function("mine"), HttpTrigger("GET", [|"/_portable/mine"|])]
    public static string Mine() => "Mine";
}
