package dev.espalier.measuring.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a figure was measured on, and how busy that was: no figure means much without it. */
public final class Machine {

  private Machine() {}

  /** Such as {@code machine: 2 cores, Xeon, Linux amd64, Java 17.0.1, load 1.20}. */
  public static String facts() {
    return String.format(
        Locale.ROOT,
        "machine: %d cores, %s, %s %s, Java %s, load %.2f",
        Runtime.getRuntime().availableProcessors(),
        processor(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        load());
  }

  /** The system's load average of the last minute; negative where it is not known. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      return "unknown processor";
    }
  }
}
