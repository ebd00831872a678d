using Portable.Aws.Tests.App;

return await Portable.Aws.LambdaBootstrap.RunAsync(TestApplication.Create());
