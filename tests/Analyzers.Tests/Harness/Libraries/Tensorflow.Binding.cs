namespace Tensorflow;

public class Graph;

public class Session
{
    public Session(Graph graph) => throw null!;

    public object run(object fetches) => throw null!;
}
