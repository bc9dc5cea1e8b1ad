// A real Solr server for tests: SolrServer HOME PORT, where HOME/reports/conf is the configset. Listens on the loopback
// address; ends when its standard input does, so that it never outlives the test that started it.

import java.util.Properties;
import org.apache.solr.embedded.JettyConfig;
import org.apache.solr.embedded.JettySolrRunner;

public class SolrServer {
  public static void main(String[] arguments) throws Exception {
    JettyConfig config = JettyConfig.builder().setContext("/solr").setPort(Integer.parseInt(arguments[1])).useOnlyHttp1(true).build();
    JettySolrRunner server = new JettySolrRunner(arguments[0], new Properties(), config);
    server.start();
    System.out.println("ready");
    while (System.in.read() != -1) {
    }
    server.stop();
    System.exit(0);
  }
}
