package dev.espalier.launcher;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A process that is ready at once, and tells its environment and its end in its log. */
final class FakeService {

  private FakeService() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, String> environment = System.getenv();
    int port = Integer.parseInt(environment.get("QUARKUS_HTTP_PORT"));
    String host = environment.get("QUARKUS_HTTP_HOST");
    environment.forEach((name, value) -> System.out.println("env " + name + "=" + value));
    System.out.println("pid " + ProcessHandle.current().pid());
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
    HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  /** Packages this class where the launcher expects a service. */
  static void install(Path root, ServiceSpec service) throws IOException {
    Path jar = service.artefact(root);
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    main.put(Attributes.Name.CLASS_PATH, classes());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(file, manifest)) {
      archive.finish();
    }
  }

  private static String classes() {
    return FakeService.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }
}
