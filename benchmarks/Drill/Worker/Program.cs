using System.Globalization;
using Portable.Aws;
using Portable.Drill.Worker;
using Portable.Gcp;

using var ledger = new RemoteLedger(int.Parse(Environment.GetEnvironmentVariable("DRILL_LEDGER")!, CultureInfo.InvariantCulture));
var app = DrillApplication.Create(ledger, Environment.GetEnvironmentVariable("DRILL_STORE")!);
return args switch
{
    ["aws"] => await LambdaBootstrap.RunAsync(app),
    ["gcp"] => await CloudRunHost.RunAsync(app, []),
    _ => 64,
};
