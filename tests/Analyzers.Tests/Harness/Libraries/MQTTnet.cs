namespace MQTTnet;

public interface IMqttClient;

public sealed class MqttClientFactory
{
    public IMqttClient CreateMqttClient() => throw null!;
}
