// A real OpenSearch node of one, for tests: OpenSearchServer HOME PORT [SETTING=VALUE]... Listens on the loopback address; ends when its
// standard input does, so that it never outlives the test that started it.

import java.nio.file.Path;
import java.util.List;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

public class OpenSearchServer {
  private static final class NodeOfPlugins extends Node {
    NodeOfPlugins(Environment environment) {
      super(environment, List.of(Netty4Plugin.class, CommonAnalysisPlugin.class), false);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Settings.Builder settings = Settings.builder()
        .put("path.home", arguments[0])
        .put("node.name", "test")
        .put("cluster.name", "rapporteur-test")
        .put("discovery.type", "single-node")
        .put("network.host", "127.0.0.1")
        .put("http.port", arguments[1])
        .put("transport.port", "0")
        .put("cluster.routing.allocation.disk.threshold_enabled", false);
    for (int i = 2; i < arguments.length; ++i) {
      String[] setting = arguments[i].split("=", 2);
      settings.put(setting[0], setting[1]);
    }
    try (Node node = new NodeOfPlugins(new Environment(settings.build(), Path.of(arguments[0], "config")))) {
      node.start();
      System.out.println("ready");
      while (System.in.read() != -1) {
      }
    }
  }
}
