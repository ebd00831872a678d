using System;
using System.Threading;
using System.Threading.Tasks;

namespace Polly.Retry
{
    public class AsyncRetryPolicy { public Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> action) => action(); }
}

namespace Polly.Timeout
{
    public class AsyncTimeoutPolicy { public Task<TResult> ExecuteAsync<TResult>(Func<Task<TResult>> action) => action(); }
}

namespace Polly
{
    public class RetryStrategyOptions { public int MaxRetryAttempts { get; set; } }

    public class ResiliencePipeline { public ValueTask ExecuteAsync(Func<CancellationToken, ValueTask> callback, CancellationToken cancellationToken = default) => callback(cancellationToken); }

    public class ResiliencePipelineBuilder
    {
        public ResiliencePipelineBuilder AddRetry(RetryStrategyOptions options) => this;
        public ResiliencePipelineBuilder AddTimeout(TimeSpan timeout) => this;
        public ResiliencePipeline Build() => new();
    }
}
