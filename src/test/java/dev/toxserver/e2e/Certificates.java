package dev.toxserver.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes PEM files in a folder with the openssl commands that docs/security.md shows. */
public final class Certificates {
  private final Path folder;

  /** With an authority, {@code ca.pem}. */
  public Certificates(Path folder) throws Exception {
    this.folder = folder;
    openssl("ca", "-subj", "/CN=tox-server CA");
  }

  /** Makes {@code NAME.pem} and {@code NAME.key} of the authority, for a server. */
  public void server(String name, String hosts) throws Exception {
    signed(name, "-subj", "/CN=" + name, "-addext", "subjectAltName=" + hosts);
  }

  /** Makes {@code NAME.pem} and {@code NAME.key} of the authority, for a client. */
  public void client(String name) throws Exception {
    signed(name, "-subj", "/CN=" + name);
  }

  /** Makes {@code NAME.pem}, with certificate and key, which was valid for a day two days ago. */
  void expired(String name) throws Exception {
    String store = file(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    run(
        "%s -genkeypair -keystore %s -storetype PKCS12 -storepass secret -alias own -keyalg EC"
            .formatted(keytool, store),
        "-dname CN=" + name + " -startdate -3d -validity 1");
    run(
        "openssl pkcs12 -in %s -noenc -passin pass:secret -out %s"
            .formatted(store, file(name + ".pem")));
  }

  /** What serve and the clients are told to show: a certificate and its key. */
  List<String> options(String name) {
    return List.of("--tls-cert", file(name + ".pem"), "--tls-key", file(name + ".key"));
  }

  /** The path of one of the files. */
  public String file(String name) {
    return folder.resolve(name).toString();
  }

  private void signed(String name, String... more) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-addext"));
    all.add("basicConstraints=critical,CA:FALSE");
    all.addAll(List.of(more));
    openssl(name, all.toArray(String[]::new));
  }

  private void openssl(String name, String... more) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-noenc"));
    command.addAll(List.of("-days", "365", "-newkey", "ec", "-pkeyopt"));
    command.addAll(List.of("ec_paramgen_curve:P-256", "-keyout", file(name + ".key")));
    command.addAll(List.of("-out", file(name + ".pem")));
    command.addAll(List.of(more));
    run(command);
  }

  private static void run(String... words) throws IOException, InterruptedException {
    run(List.of(String.join(" ", words).split(" ")));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Captured output = new Captured(process.getInputStream());
    output.awaitEnd();
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + output.text());
    }
  }
}
