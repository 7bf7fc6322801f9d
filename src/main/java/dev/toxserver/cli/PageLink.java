package dev.toxserver.cli;

import dev.toxserver.protocol.Reply;
import dev.toxserver.protocol.RunId;
import dev.toxserver.protocol.TokenReply;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Links to a server's page.
 *
 * @param page where it is
 * @param host by which this client has reached the server: a name or an address
 */
record PageLink(Reply.Page page, String host) {

  /** One that shows the run which a token is for. */
  String to(TokenReply.Created token) {
    String run = token.status().run().map(RunId::value).orElse("");
    return page.at(host) + "#token=" + token.secret() + "&run=" + run;
  }

  /** What the user has to know of it, if anything. */
  Optional<String> hint() {
    return isOfThisMachine()
        ? Optional.of(
            "The link works on this machine only. For others, have the server listen where they"
                + " reach it ('-b' of serve) and name it as they do: tox-server -h NAME share")
        : Optional.empty();
  }

  private boolean isOfThisMachine() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
