package dev.espalier.helm.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.espalier.launcher.DatabaseAccess;
import dev.espalier.launcher.Directories;
import dev.espalier.launcher.EmbeddedDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Plays an installation and an upgrade with what the chart renders, and prints a figure for each
 * step. The first mistake ends it with status 1.
 *
 * <p>Needs Linux, root, {@code ip}, {@code unshare} and {@code setpriv}, and the packaged services.
 */
public final class Rehearsal {

  /** The network has one name on a machine, so there is one rehearsal at a time. */
  private static final Path LOCK = Path.of("/run/espalier-rehearsal.lock");

  /** Whatever a URL, a shell or a property file could trip over. */
  private static final String AWKWARD = "a:/?#[]@+%$'\"\\z";

  /** What has a schema. */
  private static final List<String> STORING = List.of("gateway", "memory", "reasoning", "kg");

  /** What is not ready without it. */
  private static final List<String> BOUND = List.of("memory", "reasoning", "kg");

  private static final List<String> ALL =
      List.of("gateway", "memory", "equivalence", "reasoning", "kg");
  private static final String KEY = "esp_rehearsal";
  private static final int REQUESTS = 200;
  private static final int STREAMS = 20;
  private static final long PATIENCE = 300;

  private final LocalCluster cluster;
  private final Release release;
  private final Path work;
  private final Path logs;
  private final Length length;

  private Rehearsal(LocalCluster cluster, Release release, Path work, Path logs, Length length) {
    this.cluster = cluster;
    this.release = release;
    this.work = work;
    this.logs = logs;
    this.length = length;
  }

  /** How much is played. */
  private enum Length {
    /** One service: before its database, migrated, probed, stopped. */
    BRIEF,
    /** All of it but draining and upgrading. */
    SHORT,
    WHOLE;

    static Length asked(List<String> arguments) {
      if (arguments.contains("--brief")) {
        return BRIEF;
      }
      return arguments.contains("--short") ? SHORT : WHOLE;
    }

    /** Those of the components that take part. */
    List<String> among(List<String> components) {
      return this == BRIEF ? List.of("memory") : components;
    }
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    Path root = Path.of(System.getProperty("espalier.root", ".")).toAbsolutePath().normalize();
    Length length = Length.asked(List.of(arguments));
    CountDownLatch over = new CountDownLatch(1);
    endOnSignal(Thread.currentThread(), over);
    int status;
    try {
      status = play(root, length);
    } finally {
      over.countDown();
    }
    System.exit(status);
  }

  /**
   * Ctrl-C and SIGTERM end it as a mistake does: everything is put away before the process ends.
   */
  private static void endOnSignal(Thread player, CountDownLatch over) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  player.interrupt();
                  try {
                    over.await(2 * PATIENCE, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  private static int play(Path root, Length length) throws IOException, SQLException {
    Path work = root.resolve("helm/tests/target/rehearsal");
    Path logs = root.resolve("helm/tests/target/rehearsal-logs");
    try (FileChannel lock = FileChannel.open(LOCK, CREATE, WRITE)) {
      if (lock.tryLock() == null) {
        say("FAILED", "another rehearsal runs on this machine");
        return 1;
      }
      Directories.delete(work);
      Directories.delete(logs);
      Files.createDirectories(work);
      var settings =
          new EmbeddedDatabase.Settings(work.resolve("database"), 0, STORING, true, line -> {});
      try (EmbeddedDatabase database = EmbeddedDatabase.start(settings)) {
        Release release = new Release(RenderedChart.of(root, work), secrets(passwords(database)));
        try (var cluster = new LocalCluster(root, work, release, database.port())) {
          return new Rehearsal(cluster, release, work, logs, length).play();
        }
      } finally {
        Directories.delete(work);
      }
    }
  }

  private int play() {
    try {
      run();
      say("PASSED", "the rehearsal is over");
      return 0;
    } catch (RehearsalException e) {
      // A signal has interrupted us to get here; what is put away now may take its time.
      Thread.interrupted();
      say("FAILED", String.valueOf(e.getMessage()));
      cluster.lastLines().forEach(line -> say("", line));
      cluster.writeLogs(logs);
      say("", "all that they said is in " + logs);
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
    if (length != Length.BRIEF) {
      installationTest();
    }
    if (length == Length.WHOLE) {
      drain("memory");
      drain("gateway");
      upgrade();
    }
    stopAll();
  }

  /** Pods come before their database: alive, not ready, and clear about it. */
  private void startWithoutDatabase() {
    for (String component : length.among(BOUND)) {
      cluster.start(component);
    }
    for (String component : length.among(BOUND)) {
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
    require(cluster.restarts() == 0, "a pod would have been restarted");
    int pods = length.among(BOUND).size();
    say(
        "database away",
        "%d alive, %d not ready and saying so, 0 would be restarted".formatted(pods, pods));
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
      for (String component : length.among(STORING)) {
        long start = System.nanoTime();
        String job = LocalCluster.name(component) + "-migrate";
        Sandbox.Running running = cluster.run("Job", job, release, cluster.app(component));
        require(running.await(PATIENCE) == 0, job + " failed: " + running.lastLines(10));
        boolean isIdle = running.said(": 0 migrations in");
        require(isIdle == (round == 2), job + ": " + running.lastLines(3));
        say("migrate " + component, millis(start) + " ms, " + last(running));
      }
    }
    for (String component : length.among(BOUND)) {
      cluster.pods(component).get(0).awaitReady(PATIENCE);
    }
    require(cluster.restarts() == 0, "a pod would have been restarted");
    say("database back", "%d became ready without a restart".formatted(length.among(BOUND).size()));
  }

  private void startAll() {
    for (String component : length.among(ALL)) {
      if (cluster.pods(component).isEmpty()) {
        cluster.start(component);
      }
    }
    for (String component : length.among(ALL)) {
      ServingPod pod = cluster.pods(component).get(0);
      pod.awaitReady(PATIENCE);
      say(
          "start " + component,
          "alive after %d ms, ready after %d ms".formatted(pod.startedMillis(), pod.readyMillis()));
    }
    require(cluster.restarts() == 0, "a pod would have been restarted");
  }

  private void installationTest() {
    Sandbox.Running test = cluster.run("Pod", "espalier-test", release, cluster.app("gateway"));
    require(test.await(PATIENCE) == 0, "helm test failed: " + test.lastLines(10));
    test.lastLines(3).forEach(line -> say("helm test", line));
  }

  /**
   * A pod is replaced while it has requests half sent, streams open, and steady traffic. A service
   * ends its streams itself; through a gateway that stops they go on until they are over.
   */
  private void drain(String component) {
    boolean isGateway = component.equals("gateway");
    Client client = client();
    String conversation = conversation(client);
    String followed = conversation(client);
    ServingPod old = cluster.pods(component).get(0);
    ServingPod fresh = cluster.start(component);
    fresh.admit(false);
    fresh.awaitReady(PATIENCE);
    HeldRequests held = new HeldRequests(cluster.address("gateway"), KEY);
    List<CompletableFuture<String>> streams = new ArrayList<>();
    for (int i = 0; i < STREAMS; i++) {
      CompletableFuture<Void> opened = new CompletableFuture<>();
      streams.add(client.follow(followed + "/events", opened));
      get(opened.orTimeout(30, TimeUnit.SECONDS));
    }
    // Appends to one conversation wait for each other.
    List<String> conversations = Stream.generate(() -> conversation(client)).limit(20).toList();
    for (int i = 0; i < REQUESTS; i++) {
      held.begin(
          conversations.get(i % conversations.size()) + "/turns",
          "{\"turns\": [{\"role\": \"user\", \"content\": \"In flight, number " + i + ".\"}]}");
    }
    List<String> answers;
    long ended;
    long inFlight;
    long open;
    try (var traffic = new SteadyTraffic(client, conversation, 4)) {
      Pause.millis(1000);
      fresh.admit(true);
      old.terminate();
      inFlight = held.size();
      open = streams.stream().filter(it -> !it.isDone()).count();
      Pause.millis(1000);
      require(old.running().process().isAlive(), "it ended before its requests");
      answers = held.finish();
      if (isGateway) {
        client.delete(followed);
      }
      ended = old.awaitEnd();
      Pause.millis(1000);
      traffic.close();
      long dropped = answers.stream().filter(it -> !it.contains(" 20")).count();
      streams.forEach(it -> it.completeOnTimeout("still open", 60, TimeUnit.SECONDS));
      String end = isGateway ? "conversation.deleted" : "interrupted";
      List<String> cut =
          streams.stream().map(Rehearsal::get).filter(it -> !it.equals(end)).toList();
      say(
          "drain " + component,
          "%d requests and %d streams in flight at SIGTERM; dropped %d, streams cut %d; ended after %d ms; meanwhile %d other requests, failed %d"
              .formatted(
                  inFlight,
                  open,
                  dropped,
                  cut.size(),
                  ended,
                  traffic.succeeded(),
                  traffic.failures().values().stream().mapToInt(it -> it).sum()));
      traffic.failures().forEach((failure, count) -> say("", count + " x " + failure));
      answers.stream().filter(it -> !it.contains(" 20")).distinct().forEach(it -> say("", it));
      require(open == STREAMS, "streams had ended before");
      cut.stream().distinct().forEach(it -> say("", "a stream ended with: " + it));
      require(dropped == 0 && cut.isEmpty(), "requests or streams were dropped");
      require(traffic.failures().isEmpty(), "requests failed while a pod was replaced");
    }
    cluster.pods(component).remove(old);
  }

  private static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new RehearsalException("a stream was not opened", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RehearsalException("interrupted", e);
    }
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
      long migrated = millis(start);
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
                  migrated,
                  ended,
                  traffic.succeeded(),
                  traffic.failures().values().stream().mapToInt(it -> it).sum()));
      traffic.failures().forEach((failure, count) -> say("", count + " x " + failure));
      require(traffic.failures().isEmpty(), "requests failed during the upgrade");
    }
  }

  private void stopAll() {
    for (String component : length.among(ALL)) {
      ServingPod pod = cluster.pods(component).get(0);
      pod.terminate();
      long ended = pod.awaitEnd();
      say("stop " + component, "ended after %d ms".formatted(ended));
    }
    require(cluster.restarts() == 0, "a pod would have been restarted");
  }

  private Client client() {
    return new Client(cluster.address("gateway"), KEY);
  }

  private static String conversation(Client client) {
    String id = client.post("/v1/conversations", "{\"title\": \"Rehearsal\"}").path("id").asText();
    return "/v1/conversations/" + id;
  }

  private static Map<String, Map<String, String>> secrets(Map<String, String> passwords) {
    Map<String, Map<String, String>> secrets = new HashMap<>();
    secrets.put("api-key", Map.of("key", KEY, "sha256", sha256(KEY)));
    secrets.put(
        "internal-key", Map.of("key", KEY + "_internal", "sha256", sha256(KEY + "_internal")));
    passwords.forEach(
        (schema, password) ->
            secrets.put(
                schema + "-role", Map.of("username", "espalier_" + schema, "password", password)));
    return secrets;
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
