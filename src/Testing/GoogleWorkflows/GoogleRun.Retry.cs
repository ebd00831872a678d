namespace Portable.Testing.GoogleWorkflows;

/// <content>The repetition of a try.</content>
internal sealed partial class GoogleRun
{
    /// <summary>How often a try may still be repeated.</summary>
    private sealed class RetryState
    {
        private readonly GoogleRun _run;
        private readonly Frame _frame;
        private readonly GoogleFunction _predicate;
        private readonly double _maxDelay;
        private readonly double _multiplier;
        private double _left;
        private double _delay;

        public RetryState(GoogleRetry retry, GoogleRun run, Frame frame)
        {
            (_run, _frame) = (run, frame);
            object? Value(GoogleTemplate? template) => run._evaluator.Evaluate(template!, frame.Scope);
            if (retry.Policy is { } policy)
            {
                // The default policy: five retries after 1 second, times 1.25, at most 60 seconds.
                _predicate = Value(policy) is GoogleFunction { Name: "http.default_retry" }
                    ? new GoogleFunction("http.default_retry_predicate")
                    : throw GoogleError.Of("TypeError", "the retry is no policy");
                (_left, _delay, _maxDelay, _multiplier) = (5, 1, 60, 1.25);
                return;
            }

            _predicate = Value(retry.Predicate) as GoogleFunction ?? throw GoogleError.Of("TypeError", "a predicate is a subworkflow");
            _left = Number(Value(retry.MaxRetries), "max_retries");
            if (retry.Backoff is { } backoff)
            {
                (_delay, _maxDelay, _multiplier) = Value(backoff) is GoogleFunction { Name: "retry.default_backoff" } ? (1, 60, 1.25) : throw GoogleError.Of("TypeError", "the backoff is no map");
                return;
            }

            _delay = Number(Value(retry.InitialDelay), "initial_delay");
            _maxDelay = Number(Value(retry.MaxDelay), "max_delay");
            _multiplier = Number(Value(retry.Multiplier), "multiplier");
        }

        public async Task<bool> AgainAsync(GoogleError error)
        {
            if (_left <= 0 || !await HoldsAsync(error.Value).ConfigureAwait(false))
            {
                return false;
            }

            _left--;
            await _run.Clock.DelayAsync(TimeSpan.FromSeconds(Math.Min(_delay, _maxDelay))).ConfigureAwait(false);
            _delay *= _multiplier;
            return true;
        }

        private async Task<bool> HoldsAsync(object? error)
        {
            if (_predicate.Name is "retry.always" or "retry.never")
            {
                return _predicate.Name == "retry.always";
            }

            if (_predicate.Name == "http.default_retry_predicate")
            {
                var code = error is GoogleMap map && map.TryGet("code", out var status) ? status as long? : null;
                var tags = error is GoogleMap tagged && tagged.TryGet("tags", out var list) ? list as List<object?> : null;
                return code is 429 or 502 or 503 or 504 || tags?.Exists(static tag => tag is "ConnectionError" or "ConnectionFailedError" or "TimeoutError") == true;
            }

            var routine = _run._routines[_predicate.Name];
            var result = await _run.RoutineAsync(routine, [(routine.Parameters is [var (name, _)] ? name : throw GoogleError.Of("TypeError", "a predicate has one parameter"), GoogleJson.Copy(error))], _frame.Depth + 1, _frame.Parallel).ConfigureAwait(false);
            return GoogleEvaluator.Boolean(result, "predicate");
        }
    }
}
