package dev.toxserver.config;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the spans of runs go, and how: by the variables of OpenTelemetry, which are the same in all
 * programs of a machine, and so are no settings of ours.
 *
 * @param endpoint takes OTLP over HTTP: the whole address for traces
 * @param headers go with each request; they may hold secrets
 * @param timeoutMillis how long a request may take
 * @param certificate whom to trust beside https, in place of Java's own authorities
 * @param resource what is said of the server that makes the spans
 * @param arguments whether spans also tell what runs were given, which may hold secrets
 */
public record TraceExport(
    URI endpoint,
    Map<String, String> headers,
    long timeoutMillis,
    Optional<Path> certificate,
    Map<String, String> resource,
    boolean arguments) {
  private static final Logger LOG = Logger.getLogger(TraceExport.class.getName());

  private static final String EXPORTER = "OTEL_EXPORTER_OTLP_";
  private static final String TRACES = "TRACES_";
  private static final String PATH = "v1/traces";

  /** What a header's name is made of, and a value that can stand in a line of its own. */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern PRINTABLE = Pattern.compile("[ -~]*");

  /** Every variable: the one place that says its name, default and meaning. */
  private enum Variable {
    /** Without this and the next, no spans are made. The path v1/traces is added to it. */
    ENDPOINT(EXPORTER + "ENDPOINT", ""),
    /** The whole address, in place of the former. */
    TRACES_ENDPOINT(EXPORTER + TRACES + "ENDPOINT", ""),
    /** name=value,… with %XX for what is no letter. */
    HEADERS(EXPORTER + "HEADERS", ""),
    TRACES_HEADERS(EXPORTER + TRACES + "HEADERS", ""),
    /** In milliseconds, from 1. */
    TIMEOUT(EXPORTER + "TIMEOUT", "10000"),
    TRACES_TIMEOUT(EXPORTER + TRACES + "TIMEOUT", ""),
    /** A file (PEM). */
    CERTIFICATE(EXPORTER + "CERTIFICATE", ""),
    TRACES_CERTIFICATE(EXPORTER + TRACES + "CERTIFICATE", ""),
    /** All but grpc: JSON is sent, which every receiver takes that takes OTLP over HTTP. */
    PROTOCOL(EXPORTER + "PROTOCOL", "http/json"),
    TRACES_PROTOCOL(EXPORTER + TRACES + "PROTOCOL", ""),
    /** A list; without otlp in it: no spans. */
    EXPORTERS("OTEL_TRACES_EXPORTER", "otlp"),
    /** true: no spans. */
    DISABLED("OTEL_SDK_DISABLED", "false"),
    SERVICE("OTEL_SERVICE_NAME", ""),
    /** name=value,… as HEADERS. */
    RESOURCE("OTEL_RESOURCE_ATTRIBUTES", ""),
    /** true: spans tell what runs were given. Ours, since OpenTelemetry has none. */
    ARGUMENTS("TOX_SERVER_TRACE_ARGS", "false");

    private final String name;
    private final String defaultValue;

    Variable(String name, String defaultValue) {
      this.name = name;
      this.defaultValue = defaultValue;
    }

    /** One that is empty counts as not set. */
    String in(Map<String, String> variables) {
      String value = variables.getOrDefault(name, "").strip();
      return value.isEmpty() ? defaultValue : value;
    }

    boolean isTrue(Map<String, String> variables) {
      return in(variables).equalsIgnoreCase("true");
    }
  }

  /** The value of the special one, else of the general one, and whose it is. */
  private record Value(Variable variable, String text) {
    static Value of(Variable special, Variable general, Map<String, String> variables) {
      String text = special.in(variables);
      return text.isEmpty() ? new Value(general, general.in(variables)) : new Value(special, text);
    }

    InvalidSettingException wrong(String why) {
      return new InvalidSettingException(variable.name + ": " + why);
    }
  }

  /**
   * Reads it. What is wrong is logged, and then no spans are made: these variables are not there
   * for this server alone, which serves all the same.
   *
   * @param version the server's
   */
  public static Optional<TraceExport> from(Map<String, String> variables, String version) {
    Value endpoint = Value.of(Variable.TRACES_ENDPOINT, Variable.ENDPOINT, variables);
    if (endpoint.text().isEmpty()
        || Variable.DISABLED.isTrue(variables)
        || !isAmongExporters("otlp", variables)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(endpoint, variables, version));
    } catch (InvalidSettingException e) {
      LOG.log(Level.WARNING, "No spans of runs are exported: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isAmongExporters(String name, Map<String, String> variables) {
    return Stream.of(Variable.EXPORTERS.in(variables).split(","))
        .anyMatch(each -> each.strip().equalsIgnoreCase(name));
  }

  private static TraceExport read(Value endpoint, Map<String, String> variables, String version) {
    Value protocol = Value.of(Variable.TRACES_PROTOCOL, Variable.PROTOCOL, variables);
    if (protocol.text().equalsIgnoreCase("grpc")) {
      throw protocol.wrong(
          "grpc is not spoken here; set "
              + Variable.TRACES_PROTOCOL.name
              + "=http/json, and the endpoint for that, usually port 4318");
    }
    Map<String, String> resource = new LinkedHashMap<>();
    resource.put("service.name", "tox-server");
    resource.put("service.version", version);
    resource.putAll(pairs(new Value(Variable.RESOURCE, Variable.RESOURCE.in(variables))));
    String service = Variable.SERVICE.in(variables);
    if (!service.isEmpty()) {
      resource.put("service.name", service);
    }
    return new TraceExport(
        address(endpoint),
        headers(Value.of(Variable.TRACES_HEADERS, Variable.HEADERS, variables)),
        millis(Value.of(Variable.TRACES_TIMEOUT, Variable.TIMEOUT, variables)),
        certificate(Value.of(Variable.TRACES_CERTIFICATE, Variable.CERTIFICATE, variables)),
        resource,
        Variable.ARGUMENTS.isTrue(variables));
  }

  /** A URL's host may be one that is none of a URI's: the name of a container may have a _. */
  private static URI address(Value value) {
    try {
      URI given = URI.create(value.text());
      boolean isHttp = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
      if (isHttp && !given.toURL().getHost().isEmpty()) {
        return value.variable() == Variable.TRACES_ENDPOINT ? given : forTraces(given);
      }
    } catch (IllegalArgumentException | MalformedURLException e) {
      // As below.
    }
    throw value.wrong("is no address like http://localhost:4318");
  }

  private static URI forTraces(URI all) {
    String slash = all.getRawPath().endsWith("/") ? "" : "/";
    String query = all.getRawQuery() == null ? "" : "?" + all.getRawQuery();
    String path = all.getRawPath() + slash + PATH;
    return URI.create(all.getScheme() + "://" + all.getRawAuthority() + path + query);
  }

  private static long millis(Value value) {
    try {
      int millis = Integer.parseInt(value.text());
      if (millis > 0) {
        return millis;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    throw value.wrong("must be milliseconds, from 1 to " + Integer.MAX_VALUE);
  }

  private static Optional<Path> certificate(Value value) {
    if (value.text().isEmpty()) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(value.text());
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) {
      // As below.
    }
    throw value.wrong("there is no such file that can be read");
  }

  private static Map<String, String> headers(Value value) {
    Map<String, String> headers = pairs(value);
    headers.forEach(
        (name, text) -> {
          if (!TOKEN.matcher(name).matches() || !PRINTABLE.matcher(text).matches()) {
            throw value.wrong("can't be headers of HTTP");
          }
        });
    return headers;
  }

  /** No message shows a value: it may be a secret. */
  private static Map<String, String> pairs(Value value) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : value.text().split(",")) {
      int end = pair.indexOf('=');
      if (end > 0) {
        pairs.put(pair.substring(0, end).strip(), decoded(value, pair.substring(end + 1).strip()));
      } else if (!pair.isBlank()) {
        throw value.wrong("must be NAME=VALUE, with commas between");
      }
    }
    return pairs;
  }

  /** A plus means itself there, not a blank. */
  private static String decoded(Value value, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw value.wrong("has a % without two hexadecimal digits behind it");
    }
  }
}
