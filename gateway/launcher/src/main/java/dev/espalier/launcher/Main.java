package dev.espalier.launcher;

import java.nio.file.Path;
import java.util.List;

/** The commands behind {@code ./espalier}: {@code up}, {@code demo} and {@code tenants}. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Console console = new Console(System.out);
    List<String> all = List.of(arguments);
    String command = all.isEmpty() ? "help" : all.get(0);
    boolean isHelp = command.equals("help") || all.contains("--help") || all.contains("-h");
    if (isHelp) {
      console.say(Up.help() + Tour.HELP + TenantMatrix.HELP);
      return;
    }
    List<String> options = all.subList(1, all.size());
    System.exit(run(command, options, console));
  }

  private static int run(String command, List<String> options, Console console) {
    try {
      switch (command) {
        case "up":
          return new Up(root(), console).run(UpOptions.parse(options, System.getenv()));
        case "demo":
          Tour.of(options, System.getenv(), console).run();
          return 0;
        case "tenants":
          TenantMatrix.of(options, System.getenv(), console).run();
          return 0;
        default:
          throw new LaunchException("unknown command " + command);
      }
    } catch (LaunchException e) {
      console.say("espalier: " + e.getMessage());
      return 1;
    }
  }

  /** The repository, whose modules hold the artefacts. */
  private static Path root() {
    return Path.of(System.getProperty("espalier.root", ".")).toAbsolutePath().normalize();
  }
}
