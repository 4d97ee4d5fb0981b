package dev.espalier.helm.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.espalier.helm.HelmTemplate;
import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.launcher.Directories;
import dev.espalier.launcher.EmbeddedDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Plays an installation and an upgrade with what the chart renders, and prints a figure for each
 * step. The first mistake ends it with status 1.
 *
 * <p>Needs Linux, root, {@code ip}, {@code unshare} and {@code setpriv}, and the packaged services.
 */
public final class Rehearsal {

  /** Whatever a URL, a shell or a property file could trip over. */
  private static final String AWKWARD = "a:/?#[]@+%$'\"\\z";

  /** What has a schema. */
  private static final List<String> STORING = List.of("gateway", "memory", "reasoning", "kg");

  /** What is not ready without it. */
  private static final List<String> BOUND = List.of("memory", "reasoning", "kg");

  private static final List<String> ALL =
      List.of("memory", "equivalence", "reasoning", "kg", "gateway");
  private static final String KEY = "esp_rehearsal";
  private static final int REQUESTS = 200;
  private static final int STREAMS = 20;
  private static final long PATIENCE = 180;

  private final LocalCluster cluster;
  private final Release release;
  private final Path work;
  private final boolean isShort;

  private Rehearsal(LocalCluster cluster, Release release, Path work, boolean isShort) {
    this.cluster = cluster;
    this.release = release;
    this.work = work;
    this.isShort = isShort;
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    Path root = Path.of(System.getProperty("espalier.root", ".")).toAbsolutePath().normalize();
    boolean isShort = List.of(arguments).contains("--short");
    Path work = Files.createTempDirectory("espalier-rehearsal");
    var settings =
        new EmbeddedDatabase.Settings(work.resolve("database"), 0, STORING, true, line -> {});
    int status = 0;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
      Release release = release(root, work, passwords(database));
      try (var cluster = new LocalCluster(root, work, release, database.port())) {
        status = new Rehearsal(cluster, release, work, isShort).play();
      }
    } finally {
      Directories.delete(work);
    }
    System.exit(status);
  }

  private int play() {
    try {
      run();
      say("PASSED", "the rehearsal is over");
      return 0;
    } catch (RehearsalException e) {
      say("FAILED", String.valueOf(e.getMessage()));
      cluster.lastLines().forEach(line -> say("", line));
      return 1;
    }
  }

  private void run() {
    say(
        "sandbox",
        "each pod in a network and mounts of its own, user 10001, no capabilities, read-only root; "
            + (Sandbox.limitsMemory()
                ? "memory limited by the kernel"
                : "the JVM is told its memory limit"));
    startWithoutDatabase();
    migrate();
    startAll();
    installationTest();
    if (!isShort) {
      drain("memory");
      drain("gateway");
      upgrade();
    }
    stopAll();
  }

  /** Pods come before their database: alive, not ready, and clear about it. */
  private void startWithoutDatabase() {
    for (String component : BOUND) {
      cluster.start(component);
    }
    for (String component : BOUND) {
      ServingPod pod = cluster.pods(component).get(0);
      await(component + " is alive", () -> pod.ask("livenessProbe") == 200, pod);
      await(component + " says that it is not ready", () -> pod.ask("readinessProbe") == 503, pod);
      await(
          component + " says that its database is away",
          () -> pod.running().said("the database cannot be used yet"),
          pod);
      await(
          component + " keeps its health off the port of its API",
          () -> pod.status(pod.http().getPort(), "/q/health/live", 2) == 404,
          pod);
    }
    require(cluster.livenessFailures() == 0, "a pod would have been restarted");
    say("database away", "3 pods alive, 3 not ready and saying so, 0 would be restarted");
  }

  private void migrate() {
    cluster.connectDatabase();
    Release wrong = withPassword(release, "memory-role", "wrong");
    Sandbox.Running refused =
        cluster.run("Job", "espalier-memory-migrate", wrong, cluster.app("memory"));
    int status = refused.await(PATIENCE);
    require(
        status == 1 && refused.said("FAILED database.refused"),
        "a wrong password: status " + status + ", " + refused.lastLines(5));
    say("wrong password", "the job ends with status 1 and says: " + first(refused));
    for (int round = 1; round <= 2; round++) {
      for (String component : STORING) {
        long start = System.nanoTime();
        String job = LocalCluster.name(component) + "-migrate";
        Sandbox.Running running = cluster.run("Job", job, release, cluster.app(component));
        require(running.await(PATIENCE) == 0, job + " failed: " + running.lastLines(10));
        boolean isIdle = running.said(": 0 migrations in");
        require(isIdle == (round == 2), job + ": " + running.lastLines(3));
        say("migrate " + component, millis(start) + " ms, " + last(running));
      }
    }
    for (String component : BOUND) {
      cluster.pods(component).get(0).awaitReady(PATIENCE);
    }
    say("database back", "3 pods became ready without a restart");
  }

  private void startAll() {
    for (String component : ALL) {
      if (cluster.pods(component).isEmpty()) {
        cluster.start(component);
      }
    }
    for (String component : ALL) {
      ServingPod pod = cluster.pods(component).get(0);
      pod.awaitReady(PATIENCE);
      say(
          "start " + component,
          "alive after %d ms, ready after %d ms".formatted(pod.startedMillis(), pod.readyMillis()));
    }
    require(cluster.livenessFailures() == 0, "a pod would have been restarted");
  }

  private void installationTest() {
    Sandbox.Running test = cluster.run("Pod", "espalier-test", release, cluster.app("gateway"));
    require(test.await(PATIENCE) == 0, "helm test failed: " + test.lastLines(10));
    test.lastLines(3).forEach(line -> say("helm test", line));
  }

  /** A pod is replaced while it has requests half sent, streams open, and steady traffic. */
  private void drain(String component) {
    Client client = client();
    String conversation = conversation(client);
    ServingPod old = cluster.pods(component).get(0);
    ServingPod fresh = cluster.start(component);
    fresh.admit(false);
    fresh.awaitReady(PATIENCE);
    HeldRequests held = new HeldRequests(cluster.address("gateway"), KEY);
    List<CompletableFuture<String>> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      CompletableFuture<Void> opened = new CompletableFuture<>();
      String path = component.equals("gateway") ? search(client) : conversation;
      streams.add(client.follow(path + "/events", opened));
      opened.orTimeout(30, TimeUnit.SECONDS).join();
    }
    for (int i = 0; i < REQUESTS; i++) {
      held.begin(
          conversation + "/turns",
          "{\"turns\": [{\"role\": \"user\", \"content\": \"In flight, number " + i + ".\"}]}");
    }
    List<String> answers;
    long ended;
    int inFlight;
    try (var traffic = new SteadyTraffic(client, conversation, 4)) {
      Pause.millis(1000);
      fresh.admit(true);
      old.terminate();
      inFlight = held.size();
      Pause.millis(1000);
      require(old.running().process().isAlive(), "it ended before its requests");
      answers = held.finish();
      ended = old.awaitEnd();
      Pause.millis(1000);
      traffic.close();
      long dropped = answers.stream().filter(it -> !it.contains(" 20")).count();
      long cut =
          streams.stream()
              .map(it -> it.completeOnTimeout("still open", 60, TimeUnit.SECONDS).join())
              .filter(it -> !isOrderly(component, it))
              .count();
      say(
          "drain " + component,
          "%d requests and %d streams in flight at SIGTERM; dropped %d, streams cut %d; ended after %d ms; meanwhile %d other requests, failed %d"
              .formatted(
                  inFlight,
                  STREAMS,
                  dropped,
                  cut,
                  ended,
                  traffic.succeeded(),
                  traffic.failures().values().stream().mapToInt(it -> it).sum()));
      traffic.failures().forEach((failure, count) -> say("", count + " x " + failure));
      answers.stream().filter(it -> !it.contains(" 20")).distinct().forEach(it -> say("", it));
      require(dropped == 0 && cut == 0, "requests or streams were dropped");
      require(traffic.failures().isEmpty(), "requests failed while a pod was replaced");
    }
    cluster.pods(component).remove(old);
  }

  private static boolean isOrderly(String component, String end) {
    return component.equals("gateway")
        ? end.replace(" ", "").equals("event:finished")
        : end.equals("completed") || end.startsWith("event:");
  }

  /** The schema goes ahead while the version before serves, and goes back to serving. */
  private void upgrade() {
    Client client = client();
    String conversation = conversation(client);
    Path next = NextBuild.of(cluster.app("memory"), work.resolve("next"));
    try (var traffic = new SteadyTraffic(client, conversation, 4)) {
      long start = System.nanoTime();
      Sandbox.Running job = cluster.run("Job", "espalier-memory-migrate", release, next);
      require(job.await(PATIENCE) == 0, "the next migration failed: " + job.lastLines(10));
      require(job.said("version 9000"), job.lastLines(3).toString());
      ServingPod serving = cluster.pods("memory").get(0);
      require(serving.isReady(), "the version before is not ready on the next schema");
      ServingPod again = cluster.start("memory");
      again.awaitReady(PATIENCE);
      serving.terminate();
      long ended = serving.awaitEnd();
      cluster.pods("memory").remove(serving);
      traffic.close();
      say(
          "N to N+1",
          "migrated in %d ms with N serving; N started again on the schema of N+1 (old pod ended after %d ms); %d requests meanwhile, failed %d"
              .formatted(
                  millis(start),
                  ended,
                  traffic.succeeded(),
                  traffic.failures().values().stream().mapToInt(it -> it).sum()));
      traffic.failures().forEach((failure, count) -> say("", count + " x " + failure));
      require(traffic.failures().isEmpty(), "requests failed during the upgrade");
    }
  }

  private void stopAll() {
    for (String component : List.of("gateway", "memory", "equivalence", "reasoning", "kg")) {
      ServingPod pod = cluster.pods(component).get(0);
      pod.terminate();
      long ended = pod.awaitEnd();
      say("stop " + component, "ended after %d ms".formatted(ended));
    }
    require(cluster.livenessFailures() == 0, "a pod would have been restarted");
  }

  private Client client() {
    return new Client(cluster.address("gateway"), KEY);
  }

  private static String conversation(Client client) {
    String id = client.post("/v1/conversations", "{\"title\": \"Rehearsal\"}").path("id").asText();
    return "/v1/conversations/" + id;
  }

  /** A search that takes a while, and finds nothing. */
  private static String search(Client client) {
    String id =
        client
            .post(
                "/v1/searches",
                """
                {"problem": "Use 1 5 11 13 to make 23", "proposer": {"type": "arithmetic"}, "seed": 1,
                 "strategy": {"type": "mcts", "simulations": 400}, "budget": {"seconds": 15}}
                """)
            .path("id")
            .asText();
    return "/v1/searches/" + id;
  }

  private static Release release(Path root, Path work, Map<String, String> passwords)
      throws IOException {
    Path values = work.resolve("values.yaml");
    try (InputStream source = Rehearsal.class.getResourceAsStream("/rehearsal-values.yaml")) {
      if (source == null) {
        throw new IOException("rehearsal-values.yaml is missing");
      }
      Files.copy(source, values);
    }
    Map<String, Map<String, String>> secrets = new HashMap<>();
    secrets.put("api-key", Map.of("key", KEY, "sha256", sha256(KEY)));
    secrets.put(
        "internal-key", Map.of("key", KEY + "_internal", "sha256", sha256(KEY + "_internal")));
    passwords.forEach(
        (schema, password) ->
            secrets.put(
                schema + "-role", Map.of("username", "espalier_" + schema, "password", password)));
    return new Release(
        HelmTemplate.of(root.resolve("helm"), work.resolve("chart"))
            .render("espalier", "rehearsal", values, Map.of()),
        secrets);
  }

  private static Map<String, String> passwords(EmbeddedDatabase database) throws SQLException {
    Map<String, String> passwords = new HashMap<>();
    DatabaseAccess superuser = database.superuser();
    try (Connection connection = superuser.connect();
        Statement statement = connection.createStatement()) {
      for (String schema : STORING) {
        String password = schema + AWKWARD;
        try (PreparedStatement literal = connection.prepareStatement("SELECT quote_literal(?)")) {
          literal.setString(1, password);
          try (var rows = literal.executeQuery()) {
            rows.next();
            statement.execute("ALTER ROLE espalier_" + schema + " PASSWORD " + rows.getString(1));
          }
        }
        passwords.put(schema, password);
      }
    }
    return passwords;
  }

  private static Release withPassword(Release release, String secret, String password) {
    Map<String, Map<String, String>> secrets = new HashMap<>(release.secrets());
    Map<String, String> changed = new HashMap<>(secrets.getOrDefault(secret, Map.of()));
    changed.put("password", password);
    secrets.put(secret, changed);
    return new Release(release.objects(), secrets);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void await(String what, BooleanSupplier condition, ServingPod pod) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !pod.running().process().isAlive()) {
        throw new RehearsalException(
            "not so: " + what + "\n  " + String.join("\n  ", pod.running().lastLines(20)));
      }
      Pause.millis(100);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new RehearsalException(otherwise);
    }
  }

  private static String first(Sandbox.Running running) {
    return running.lastLines(50).stream()
        .filter(line -> line.startsWith("FAILED"))
        .findFirst()
        .orElse("");
  }

  private static String last(Sandbox.Running running) {
    List<String> lines = running.lastLines(1);
    return lines.isEmpty() ? "" : lines.get(0);
  }

  private static long millis(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static void say(String step, String what) {
    System.out.printf(Locale.ROOT, "%-18s %s%n", step, what);
  }
}
