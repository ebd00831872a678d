using Portable.AspNet.Tests.Hosts;
using Portable.Azure;
using Portable.Gcp;
using Portable.Local;

return args switch
{
    ["local", .. var rest] => await LocalHost.RunAsync(new OrdersApp().Build("local"), rest),
    ["journal", .. var rest] => await LocalHost.RunAsync(JournalApp.Build(), rest),
    ["gcp", .. var rest] => await CloudRunHost.RunAsync(new OrdersApp().Build("gcp"), rest),
    ["gcp-one", .. var rest] => await CloudRunHost.RunAsync(new OrdersApp().Build("gcp", null, "Find"), rest),
    ["conformance", .. var rest] => await CloudRunHost.RunAsync(ConformanceApp.Build(), rest),
    ["azure", .. var rest] => await CustomHandlerHost.RunAsync(new OrdersApp().Build("azure"), rest),
    ["settings-local", .. var rest] => await LocalHost.RunAsync(SettingsApp.Build("local"), rest),
    ["settings-gcp", .. var rest] => await CloudRunHost.RunAsync(SettingsApp.Build("gcp"), rest),
    ["settings-azure", .. var rest] => await CustomHandlerHost.RunAsync(SettingsApp.Build("azure"), rest),
    _ => 64,
};
