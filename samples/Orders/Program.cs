using Portable.Generated;

// A program of one's own needs nothing but the last line; without this file, the generator writes it.
#if PORTABLE_LOCAL
if (args is ["demo", ..])
{
    return await Orders.Demo.DemoRun.RunAsync(args[1..]);
}
#endif

return await PortableHost.RunAsync(args);
