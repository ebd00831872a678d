using Portable.Generated;

#if PORTABLE_LOCAL
if (args is ["demo", ..])
{
    return await Workflows.Demo.RunAsync();
}
#endif

return await PortableHost.RunAsync(args);
